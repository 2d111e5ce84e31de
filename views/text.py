"""Sentences in the reader's language, and the marks that keep foreign text harmless and within limits."""

import gettext
import html
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.dates import format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

LOCALES = Path(__file__).parent / "locales"

_NOON = time(10, 30)  # the same day from UTC-10:30 to UTC+13:29
_MARK = re.compile(r"<(?P<sign>[@#!]?)(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")


class Translator:
    """What turns an English sentence into one of a language; one not translated yet stays English.

    Sentences go through it whole, with `{names}` filled in afterwards, so that word order is the
    translator's.
    """

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, sentence: str) -> str:
        """Return a sentence in the language."""
        return self._catalogue.gettext(sentence)

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the one of two sentences that fits a count, with `{count}` filled in."""
        return self._catalogue.ngettext(one, many, count).replace(
            "{count}", format_decimal(count, locale=self.language)
        )

    def duration(self, length: timedelta) -> str:
        """Return a length of time in hours and minutes, such as "1 hour 30 minutes"."""
        hours, minutes = divmod(round(length.total_seconds() / 60), 60)
        told = [
            *([self._in("hour", timedelta(hours=hours))] if hours else []),
            *([self._in("minute", timedelta(minutes=minutes))] if minutes else []),
        ]
        return " ".join(told)

    def _in(self, unit: Literal["hour", "minute"], length: timedelta) -> str:
        # Only the finest unit ever reaches this threshold: 36 hours stay so.
        return format_timedelta(length, granularity=unit, threshold=float("inf"), locale=self.language)

    def money(self, amount: int, currency: str) -> str:
        """Return whole units of a currency (such as EUR; empty: of none that is known), as "€240,000"."""
        if not currency:
            return format_decimal(amount, locale=self.language)
        return format_currency(amount, currency, "¤#,##0", locale=self.language, currency_digits=False)

    def listing(self, items: Sequence[str]) -> str:
        """Return several things as one phrase: "A, B, and C"."""
        return format_list(items, locale=self.language)


@cache
def translator(language: str) -> Translator:
    """Return the translator of one of our languages; English needs no catalogue."""
    catalogue = LOCALES / language / "LC_MESSAGES" / "bugle.po"
    if not catalogue.exists():
        return Translator(language, gettext.NullTranslations())
    compiled = BytesIO()
    with catalogue.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translator(language, gettext.GNUTranslations(compiled))


def storable(text: str) -> str:
    """Return text from outside as every database keeps it: without NUL and half surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def escape(text: str) -> str:
    """Return text from outside so that Slack shows it as it is: it can mention, link and ping nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """Return text within a limit of characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cut_escaped(text: str, limit: int) -> str:
    """Return text from outside escaped and within a limit, never cutting an escape in two."""
    whole = escape(text)
    if len(whole) <= limit:
        return whole
    room, kept = limit - 1, ""
    for piece in map(escape, text):
        if len(kept) + len(piece) > room:
            break
        kept += piece
    return kept.rstrip() + "…"


def person(user: str) -> str:
    """Return a person as Slack shows their name."""
    return f"<@{user}>"


def link(url: str, label: str) -> str:
    """Return a link whose label comes from outside."""
    return f"<{url}|{escape(label)}>"


def ago(at: datetime) -> str:
    """Return how long ago something was, with the exact time in the reader's zone behind it."""
    return f"<!date^{int(at.timestamp())}^{{ago}}|{at:%Y-%m-%d %H:%M} UTC>"


def day(of: date) -> str:
    """Return a date; it is the same for all readers but those of a few islands."""
    noon = int(datetime.combine(of, _NOON, UTC).timestamp())
    return f"<!date^{noon}^{{date_short}}|{of:%Y-%m-%d}>"


def ago_of(second: int) -> str:
    """Return `ago` for a time given as seconds since 1970."""
    return ago(datetime.fromtimestamp(second, UTC))


def as_typed(mrkdwn: str, name: Callable[[str], str] = lambda id_: id_) -> str:
    """Return text as Slack sends it the way its writer saw it; `name` tells what an id is called."""
    return html.unescape(_MARK.sub(lambda mark: _spoken(mark, name), mrkdwn))


def _spoken(mark: re.Match[str], name: Callable[[str], str]) -> str:
    sign, target, label = mark["sign"], mark["target"], mark["label"]
    if sign in ("@", "#"):
        return f"{sign}{label or name(target)}"
    if sign == "!":
        return label or f"@{target.partition('^')[0]}"
    return f"{label} ({target})" if label and label not in target else target


def moment_of(second: int) -> str:
    """Return `moment` for a time given as seconds since 1970."""
    return moment(datetime.fromtimestamp(second, UTC))


def moment(at: datetime) -> str:
    """Return a date and time, shown in the reader's zone."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"
