"""What help desks tell in words and numbers of their own: satisfaction, effort, languages, addresses."""

import math
import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from babel import Locale

Scale = tuple[int, int]  # the worst and the best that can be given

HUNDRED: Scale = (0, 100)
_URL_LIMIT = 2_000
_NUMBER = re.compile(r"(?P<value>-?\d{1,6}(?:[.,]\d{1,6})?)(?: ?(?P<of>%|/ ?\d{1,6}))?")
_LANGUAGE = re.compile(r"(?P<tongue>[a-z]{2,3})(?:[-_](?P<rest>[a-z0-9_-]{2,20}))?", re.IGNORECASE)

# Of 100, by the word that people choose, in small letters and without what follows a comma.
_SAID = {
    0: "bad, very bad, terrible, negative, dissatisfied, very dissatisfied, unsatisfied, extremely unhappy,"
    " mala, malo, mal, muy mala, negativa, insatisfecho, 差, 很差, 不滿意, 👎, 😡, 😠, 🤬, 😭, 😞",
    17: "very unhappy",
    33: "poor, unhappy, 🙁, ☹️, ☹, 😟, 😕",
    50: "neutral, okay, ok, average, fair, regular, normal, 普通, 😐, 😑",
    67: "happy, 🙂, 😊",
    83: "very happy",
    100: "good, very good, great, excellent, amazing, positive, satisfied, very satisfied, extremely happy,"
    " buena, bueno, bien, muy buena, excelente, positiva, satisfecho, 好, 很好, 滿意, 非常滿意, 👍, 😀, 😃,"
    " 😄, 😁, 🤩, 😍",
}
_BY_WORD = {word: score for score, words in _SAID.items() for word in words.split(", ")}
# Freshdesk's API tells its seven faces by these numbers.
_FACES = {-103: 0, -102: 17, -101: 33, 100: 50, 101: 67, 102: 83, 103: 100}


def satisfaction(told: Any, scale: Scale, *, faces: bool = False) -> int | None:
    """Return 0 to 100 for a score as it was told, or None where it cannot be understood.

    A number is on *scale*, unless it says of what it is, as in `4/5` and `80%`. *faces*: 100 to 103 and below
    nought are Freshdesk's.
    """
    text = str(told).strip()
    word = re.split(r"[,，.。]", text.casefold(), maxsplit=1)[0].strip()
    if word in _BY_WORD:
        return _BY_WORD[word]
    found = _NUMBER.fullmatch(text)
    if found is None or isinstance(told, bool):
        return None
    value = float(found["value"].replace(",", "."))
    if faces and found["of"] is None and value in _FACES:
        return _FACES[int(value)]
    worst, best = _scale_of(found["of"], scale)
    if worst == best or not min(worst, best) <= value <= max(worst, best):
        return None
    return math.floor((value - worst) / (best - worst) * 100 + 0.5)


def _scale_of(told: str | None, scale: Scale) -> Scale:
    if told is None:
        return scale
    if told == "%":
        return HUNDRED
    best = int(told.removeprefix("/"))
    return (0 if best >= 10 or best < 2 else 1, best)  # of five and of seven nobody gives nought


def effort(told: Any) -> int | None:
    """Return 1 to 7 for an effort as it was told, or None."""
    found = re.fullmatch(r"([1-7])(?:\.0+)?(?: ?/ ?7)?", str(told).strip(), re.ASCII)
    return int(found[1]) if found and not isinstance(told, bool) else None


def language(told: Any) -> str | None:
    """Return a language as routes name it, such as es or zh_Hant, for its code or English name; or None."""
    text = str(told).strip()
    code = _by_name().get(text.casefold())
    found = _LANGUAGE.fullmatch(code or text)
    if found is None:
        return None
    tongue, rest = found["tongue"].lower(), (found["rest"] or "").lower()
    if tongue == "zh":
        return "zh_Hant" if any(each in rest for each in ("hant", "tw", "hk", "mo")) else "zh"
    return tongue if tongue in _codes() else None


def address(told: Any) -> str | None:
    """Return the address of a page, whole; None where it is none that a browser should open."""
    text = str(told).strip()
    if not text or len(text) > _URL_LIMIT or not text.isprintable() or " " in text:
        return None
    if "://" not in text and re.match(r"[\w-]+(\.[\w-]+)+/", text):
        text = f"https://{text}"  # Zendesk's own {{ticket.url}} says it without
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return text if is_whole and not set("<>|\"'`") & set(text) else None


def domain_of(told: Any) -> str | None:
    """Return the domain of an e-mail address, in small letters; None where it is none."""
    found = re.fullmatch(r"[^@\s]{1,64}@(?P<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)+)", str(told).strip().lower())
    return found["domain"] if found else None


@cache
def _by_name() -> dict[str, str]:
    names = {name.casefold(): code for code, name in Locale("en").languages.items()}
    return names | {
        "traditional chinese": "zh_Hant",
        "chinese (traditional)": "zh_Hant",
        "繁體中文": "zh_Hant",
    }


@cache
def _codes() -> frozenset[str]:
    return frozenset(Locale("en").languages)
