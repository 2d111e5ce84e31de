"""Reading what people and other programs write about a customer: names, zones, addresses, ids.

Each function takes a text without spaces around it and returns what it means, or raises BadCell.
"""

import re
import unicodedata
from functools import cache
from urllib.parse import urlsplit

from domain.customer_faults import BadCell, Why
from domain.wall_clock import zone_names

TEXT_LIMIT, URL_LIMIT, KEY_LIMIT, FREE_VALUE_LIMIT = 64, 1000, 200, 500


def tidy(text: str) -> str:
    """Return a text in one line, without control marks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in text)
    return " ".join(shown.split())


def short(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return a short text such as a tier or a region."""
    if len(text) > limit:
        raise BadCell(Why.TOO_LONG, text)
    return text


def key(text: str) -> str:
    """Return what others know a customer by; not in the form of a key that Bugle makes."""
    if text.startswith(("named:", "erased:")):
        raise BadCell(Why.RESERVED, text)
    return short(text, KEY_LIMIT)


def zone(text: str) -> str:
    """Return an IANA zone, whatever the case of its letters."""
    found = _zones().get(text.replace(" ", "_").casefold())
    if found is None:
        raise BadCell(Why.NO_ZONE, text)
    return found


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,4}){0,2}")
_LANGUAGES = {
    **dict.fromkeys(("english", "ingles", "inglés", "英文", "英語"), "en"),
    **dict.fromkeys(("spanish", "espanol", "español", "西班牙文", "西班牙語"), "es"),
    **dict.fromkeys(("chinese", "chino", "中文", "繁體中文", "traditional chinese"), "zh_Hant"),
    **dict.fromkeys(("german", "aleman", "alemán", "deutsch", "德文"), "de"),
    **dict.fromkeys(("french", "frances", "francés", "français", "法文"), "fr"),
    **dict.fromkeys(("portuguese", "portugues", "portugués", "português", "葡萄牙文"), "pt"),
    **dict.fromkeys(("italian", "italiano", "義大利文"), "it"),
    **dict.fromkeys(("japanese", "japones", "japonés", "日本語", "日文"), "ja"),
}


def language(text: str) -> str:
    """Return a language as a code such as es, pt-BR or zh_Hant; those most met are known by name too."""
    if (named := _LANGUAGES.get(text.casefold())) is not None:
        return named
    if not _LANGUAGE.fullmatch(text):
        raise BadCell(Why.NO_LANGUAGE, text)
    return text


_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(/[A-Za-z0-9./_?=&%-]*)?")  # nearly all of them


def url(text: str) -> str:
    """Return an address that a browser opens."""
    if len(text) > URL_LIMIT:
        raise BadCell(Why.TOO_LONG, text)
    if _PLAIN_URL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and len(text.split()) == 1
    except ValueError:
        good = False
    if not good or any(mark in text for mark in '<>|"`\\'):
        raise BadCell(Why.NO_URL, text)
    return text


_PERSON = re.compile(r"[UW][A-Z0-9]{2,30}")
_EMAIL = re.compile(r"[^\s@<>|,;:\"]{1,64}@[^\s@<>|,;:\"]{1,190}\.[^\s@<>|,;:\".]{2,24}")
_CHANNEL = re.compile(r"(?:https://[a-z0-9.-]+/archives/)?([CG][A-Z0-9]{2,30})/?")


def person(text: str) -> str:
    """Return the Slack id of a person, or an e-mail address, which still has to be looked up."""
    if _PERSON.fullmatch(text):
        return text
    if _EMAIL.fullmatch(text):
        return text.casefold()
    raise BadCell(Why.NO_PERSON, text)


def channel(text: str) -> str:
    """Return the id of a Slack channel, also out of its address."""
    if found := _CHANNEL.fullmatch(text):
        return found[1]
    raise BadCell(Why.NO_CHANNEL, text)
