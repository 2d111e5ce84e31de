"""What a text is about, as terms to search by: the same for a report, a Jira issue and a question.

Nobody says which language a text is in, and many mix two, so every word goes through the English and the
Spanish stemmer alike, until neither changes it: a term of a term is that term. Chinese and Japanese put no
spaces between words; they, and Korean, are cut into pairs of characters.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

import Stemmer  # type: ignore[import-not-found]

MOST_WORDS = 400  # what a text is about is said early; dumps and logs come after it
LONGEST = 40  # characters of a term: what is longer is data, and its beginning will do

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<cjk>[{_CJK}]+)|[^\W{_CJK}]+")
# paymentFailed, HTTPError and ERR_RESET are looked for whole and by their parts.
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\dA-Za-z_]+")

# Too frequent to tell one text from another; written as they are after folding.
_STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be because been before but by can cannot could did
    do does doing done for from had has have he her here him his how i if in into is it its just
    like me my no nor not nt of off on one only or our out over please she should so some such than
    that the their them then there these they this those to too up us use very was we were what when
    where which while who why will with would you your d don ll m re s t ve al algo ante asi aun
    aunque cada como con cual cuando de del desde donde dos el ella ellas ello ellos en entonces era
    es esa ese eso esta estaba estan estar este esto estos fue ha hace hacer han hasta hay la las le
    les lo los mas me mi mientras muy ni nos nosotros o otra otro para pero por porque pues que
    quien se sea ser si sido sin sobre solo son su sus tal tambien tan tiene tienen todo todos tras
    tu un una uno unos usted y ya yo
    """.split()  # noqa: SIM905 - a list of 200 strings is not for people
)


def terms(text: str) -> list[str]:
    """Return the terms of a text in its order, repeated as often as they are said; never raises."""
    found: list[str] = []
    for number, run in enumerate(_RUN.finditer(_plain(text))):
        if number == MOST_WORDS:
            break
        found.extend(_pairs(run[0]) if run["cjk"] else _words(run[0]))
        if len(found) >= MOST_WORDS:
            break
    return found[:MOST_WORDS]


def _plain(text: str) -> str:
    """Return the text without accents, compatibility forms and characters that cannot be seen."""
    if text.isascii():
        return text
    spread = unicodedata.normalize("NFKD", text)
    visible = (each for each in spread if unicodedata.category(each) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFC", "".join(visible))


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for first, second in pairwise(run):
        yield first + second


def _words(run: str) -> Iterator[str]:
    """Give the word itself and, where it is put together from several, its parts."""
    run = run[:LONGEST]
    parts = [] if run.islower() and run.isalpha() else [*_PART.findall(run), *_PART.findall(run.lower())]
    for word in dict.fromkeys(part.lower() for part in (run.strip("_"), *parts)):
        term = _term(word)
        if term and (len(term) > 1 or not term.isascii()):
            yield term


@lru_cache(maxsize=50_000)
def _term(word: str) -> str | None:
    """Return the stem of a word in small letters, or None where it says nothing; codes stay as they are."""
    if not word.isalpha():
        return word
    english, spanish = _stemmers(threading.get_ident())
    term = ""
    while word != term:
        if word in _STOP_WORDS:
            return None
        term, word = word, spanish.stemWord(english.stemWord(word))
    return term or None


@lru_cache(maxsize=64)
def _stemmers(_thread: int) -> tuple[Any, Any]:
    """Return the stemmers of one thread: they keep the word they are at in themselves."""
    return Stemmer.Stemmer("english", 0), Stemmer.Stemmer("spanish", 0)  # 0: what they found is kept above
