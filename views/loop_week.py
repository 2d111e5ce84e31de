"""The weekly line about customers: how many were told, and how many wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.message import Message
from views.blocks import section
from views.text import Translator, ago, translator


@dataclass(frozen=True, slots=True)
class Week:
    """What became of customers in a week: how many were told or let go, how many wait, the first since when.

    `median` is half of how long it took from the end to telling them; None where nobody was told.
    """

    told: int
    let_go: int
    waiting: int
    oldest: datetime | None
    median: timedelta | None


def week_line(week: Week, language: str) -> Message:
    """Return the line in the language of its channel."""
    t = translator(language)
    said = [
        t.plural("{count} customer told", "{count} customers told", week.told),
        *([t.plural("{count} let go", "{count} let go", week.let_go)] if week.let_go else []),
        _waiting(t, week),
        *([_median(t, week.median)] if week.median is not None else []),
    ]
    title = t("How bugs ended, the week for customers")
    text = f"{title}: {', '.join(said)}"
    return Message(text, (section(f"📣 *{title}*\n{' · '.join(said)}"),))


def _waiting(t: Translator, week: Week) -> str:
    if not week.waiting or week.oldest is None:
        return t("nobody waits")
    said = t.plural("{count} waits", "{count} wait", week.waiting)
    oldest = t("the first since {ago}").format(ago=ago(week.oldest))
    return f"{said}, {oldest}"


def _median(t: Translator, median: timedelta) -> str:
    days = f"{median / timedelta(days=1):.1f}"
    return t("told after {days} days at the median").format(days=days)
