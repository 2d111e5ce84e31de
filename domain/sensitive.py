"""Personal data and secrets in what people type: where they are, and the text with them masked.

Cards, IBANs and identity numbers count only with the right check digits, so that order numbers, phone numbers
and timestamps stay as they are. Every search runs in time linear in the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from stdnum import iban, luhn

from domain import credentials, identity_numbers


class Kind(StrEnum):
    """What was found."""

    TOKEN = "token"  # noqa: S105 (a name, no secret)
    PASSWORD = "password"  # noqa: S105 (as above)
    IBAN = "iban"
    CARD = "card"
    NATIONAL_ID = "national_id"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of a text that others should not read: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


@lru_cache(maxsize=1024)  # asked of each part while it is typed, when it is filed, and after
def find(text: str) -> tuple[Finding, ...]:
    """Return what a text gives away, in the order of the text, none overlapping another."""
    plain = text.translate(_AS_TYPED)
    searches = (
        (Kind.TOKEN, credentials.token_spans),
        (Kind.PASSWORD, credentials.password_spans),
        (Kind.IBAN, _ibans),
        (Kind.CARD, _cards),
        (Kind.NATIONAL_ID, identity_numbers.spans),
    )
    kept: list[Finding] = []
    taken = bytearray(len(text))
    for kind, search in searches:
        for start, end in search(plain):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                kept.append(Finding(kind, start, end))
    return tuple(sorted(kept, key=lambda finding: finding.start))


def mask(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with each finding made unreadable but recognisable: of a card the last four digits."""
    pieces, at = [], 0
    for finding in sorted(findings, key=lambda each: each.start):
        pieces += [text[at : finding.start], _masked(finding.kind, text[finding.start : finding.end])]
        at = finding.end
    return "".join([*pieces, text[at:]])


MASK = "••••"


def _masked(kind: Kind, secret: str) -> str:
    known = "".join(each for each in secret if each.isalnum())
    if kind in (Kind.CARD, Kind.IBAN) and len(known) > 8:
        start = known[:2] if kind is Kind.IBAN else ""
        return f"{start}{MASK}{known[-4:]}"
    if kind is Kind.NATIONAL_ID:
        return f"{MASK}{known[-3:]}"
    return MASK


# One character for one, so that places in the text stay the same: what Asian keyboards and web pages put in
# place of ASCII digits, letters, spaces and dashes.
_AS_TYPED: dict[int, int | str] = {
    **{full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000, 0x200B, 0x2060, 0xFEFF), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-"),
}

_GAP = r"(?:[ -]{1,3}|\.)"
_CARD = re.compile(
    rf"""
    (?<![A-Za-z0-9_+•])(?<![0-9•][-.,])
    (?:
        \d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?
      | \d{{4}}{_GAP}\d{{6}}{_GAP}\d{{4,5}}
      | \d{{13,19}}
    )
    (?![A-Za-z0-9_]|[-.,]\d)
    """,
    re.VERBOSE | re.ASCII,
)
# The first digits that issuers of cards use, with the lengths of their numbers.
_ISSUERS = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}"
    r"|(?:6(?:011|4[4-9]\d|5\d\d)|35[2-8]\d|62\d\d)\d{12,15}|(?:50|5[6-9]|6[37])\d{14}"
)
_NOT_A_CARD = re.compile(
    r"(?:orders?|invoice|tracking|ticket|shipment|parcel|case|reference|ref|request|trace|transaction|serial|sku"
    r"|pedido|factura|env[íi]o|seguimiento|referencia|訂單|订单|發票|发票|單號|单号|編號|编号)"
    r"[ _-]?(?:number|no|n[úu]mero|num|nr|n[.º°]?|id|編號|编号|號碼|号码|號|号)?[.\"']?[ :=#º°]{0,4}$",
    re.IGNORECASE,
)
_SECURITY_CODE = re.compile(
    r"(?<![A-Za-z])(?:cvv2?|cvc2?|csc|security code|c[óo]digo de seguridad|安全碼|安全码)"
    r"[ \t]{0,3}(?:[:=]|is|es|是)?[ \t]{0,3}(?P<value>\d{3,4})(?![A-Za-z0-9_])",
    re.IGNORECASE | re.ASCII,
)


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        is_other = _NOT_A_CARD.search(text, max(0, found.start() - 40), found.start())
        if not is_other and _ISSUERS.fullmatch(digits) and luhn.is_valid(digits):
            yield found.span()
    yield from (found.span("value") for found in _SECURITY_CODE.finditer(text))


_IBAN = re.compile(
    r"(?<![A-Za-z0-9_•])(?P<group>[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11,30})(?![A-Za-z0-9_])",
    re.IGNORECASE | re.ASCII,
)


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _IBAN.search(text, at):
        at = _iban_end(text, found.start(), found.end()) or found.start() + 4
        if at > found.start() + 4:
            yield found.start(), at


def _iban_end(text: str, start: int, end: int) -> int | None:
    """Return where an IBAN ends that begins at `start`: words may follow it without a mark between."""
    for gap in re.finditer(r"(?![A-Za-z0-9])|\Z", text[start:end]):
        candidate = text[start : start + gap.start()]
        if len(candidate) > 14 and iban.is_valid(candidate):
            return start + gap.start()
    return None
