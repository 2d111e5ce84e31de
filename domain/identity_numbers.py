"""National identity numbers in running text, by the check digits that python-stdnum knows.

A number whose written form and check digits hardly occur by chance is found anywhere. Others look like phone
or order numbers, or have no check digit: they are found only just after a word that says what they are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.ar import cuit
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.ec import ci
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import cc, nif
from stdnum.se import personnummer
from stdnum.us import ssn

WORD_DISTANCE = 40
"""How far before a number, in characters, the word that says what it is may begin."""


@dataclass(frozen=True, slots=True)
class _Number:
    """How a number is written, what its check digits say, and the word it needs before it, if any."""

    form: re.Pattern[str]
    is_valid: Callable[[str], bool]
    word: re.Pattern[str] | None = None


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each identity number in a text."""
    for number in _NUMBERS:
        for found in number.form.finditer(text):
            if _is_said(number.word, text, found.start()) and number.is_valid(found.group()):
                yield found.span()


def _is_said(word: re.Pattern[str] | None, text: str, start: int) -> bool:
    return word is None or word.search(text, max(0, start - WORD_DISTANCE), start) is not None


def _form(pattern: str) -> re.Pattern[str]:
    # Letters of other scripts may touch a number: 身分證A123456789.
    return re.compile(
        rf"(?<![A-Za-z0-9_•])(?<![0-9•][-.])(?:{pattern})(?![A-Za-z0-9_]|[-.][0-9])", re.IGNORECASE
    )


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", re.IGNORECASE)


_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def _is_taiwanese(number: str) -> bool:
    """Tell whether the check digit of a 身分證字號 (or of a resident's 統一證號) is right."""
    place = _LETTERS.index(number[0].upper()) + 10
    digits = [place // 10, place % 10, *map(int, number[1:])]
    return (
        sum(digit * weight for digit, weight in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True))
        % 10
        == 0
    )


def _is_anything(_: str) -> bool:
    """Take a number that has no check digit: only its word speaks for it."""
    return True


_NUMBERS = (
    _Number(_form(r"\d{8}[ -]?[A-Z]|\d{2}\.\d{3}\.\d{3}[ -]?[A-Z]"), dni.is_valid),
    _Number(_form(r"[XYZ][ -]?\d{7}[ -]?[A-Z]"), nie.is_valid),
    _Number(_form(r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]"), codicefiscale.is_valid),
    _Number(_form(r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d"), curp.is_valid),
    _Number(_form(r"(?-i:[A-Z])[1289]\d{8}"), _is_taiwanese),
    _Number(_form(r"(?:\d\d)?\d{6}[-+]\d{4}"), personnummer.is_valid),
    _Number(_form(r"\d{6}[-+]\d{3}[0-9A-Z]"), hetu.is_valid),
    _Number(_form(r"[12] ?\d\d ?[0-9]\d ?\d[0-9AB] ?\d{3} ?\d{3} ?\d\d"), nir.is_valid),
    _Number(_form(r"\d{3}\.\d{3}\.\d{3}-\d\d"), cpf.is_valid),
    _Number(_form(r"\d{1,2}\.\d{3}\.\d{3}-[0-9K]"), rut.is_valid),
    _Number(_form(r"\d\d-\d{8}-\d"), cuit.is_valid),
    _Number(_form(r"\d{6}-[1-8]\d{6}"), rrn.is_valid),
    _Number(_form(r"\d{17}[0-9X]"), ric.is_valid),
    _Number(_form(r"\d\d\.\d\d\.\d\d-\d{3}[. ]\d\d"), nn.is_valid),
    _Number(_form(r"756\.\d{4}\.\d{4}\.\d\d"), ahv.is_valid),
    _Number(_form(r"\d{3}[- ]?\d\d[- ]?\d{4}"), ssn.is_valid, _word("ssn|social security(?: number| no)?")),
    _Number(
        _form(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]"),
        _is_anything,
        _word("nino?|national insurance(?: number| no)?"),
    ),
    _Number(_form(r"\d{3}[ -]?\d{3}[ -]?\d{4}"), nhs.is_valid, _word("nhs(?: number| no)?")),
    _Number(_form(r"\d{3}[ -]?\d{3}[ -]?\d{3}"), sin.is_valid, _word("sin|social insurance(?: number)?")),
    _Number(
        _form(r"\d\d ?\d{3} ?\d{3} ?\d{3}"),
        idnr.is_valid,
        _word("steuer-?id|idnr|steuerliche identifikationsnummer|tax id(?: number)?"),
    ),
    _Number(_form(r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}"), bsn.is_valid, _word("bsn|burgerservicenummer")),
    _Number(_form(r"\d{3} ?\d{3} ?\d{3}"), nif.is_valid, _word("nif|contribuinte")),
    _Number(_form(r"\d{8} ?\d ?[A-Z]{2}\d"), cc.is_valid, _word("cart[ãa]o de cidad[ãa]o|cc")),
    _Number(_form(r"\d{6}[A-FU-Y]\d{3}[0-9A-Z]"), hetu.is_valid, _word("hetu|henkilötunnus")),
    _Number(_form(r"\d{11}"), cpf.is_valid, _word("cpf")),
    _Number(_form(r"\d{7,8}-?[0-9K]"), rut.is_valid, _word("rut|run")),
    _Number(_form(r"\d{11}"), cuit.is_valid, _word("cui[tl]")),
    _Number(_form(r"\d{11}"), pesel.is_valid, _word("pesel")),
    _Number(_form(r"\d{6,8}\d{4}"), personnummer.is_valid, _word("personnummer|personal identity number")),
    _Number(_form(r"\d{4} ?\d{4} ?\d{4}"), aadhaar.is_valid, _word("aadhaar|aadhar")),
    _Number(_form(r"\d{9}-?\d"), ci.is_valid, _word("c[ée]dula")),
    _Number(
        _form(r"\d{1,2}\.?\d{3}\.?\d{3}"),
        _is_anything,
        _word(r"dni|documento(?: nacional)? de identidad|c[ée]dula(?: de (?:identidad|ciudadan[íi]a))?"),
    ),
    _Number(
        _form(r"[A-Z]{0,3}\d{6,9}"),
        _is_anything,
        _word(r"passport(?: number| no)?|pasaporte|護照(?:號碼)?|护照(?:号码)?"),
    ),
)
