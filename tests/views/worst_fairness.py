"""What the views of fairness are given at their worst."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import cycle
from typing import Any

from domain.duty_quality import Advice, Cause, Finding, Quality
from domain.load import Counts, Hours, Load, Period
from tests.views.worst import MOMENT, TEXTS
from views.fairness import Shown
from views.schedule_words import Naming
from views.text import cut_escaped, moment, person, translator

LONG = timedelta(days=365, minutes=59)


def findings() -> list[Finding]:
    """Return every cause with every advice."""
    return [
        Finding(cause, LONG, MOMENT, "U0ELSA", "k" * 64, advice, "U0DIEGO")
        for cause in Cause
        for advice in Advice
    ]


def _words(language: str) -> list[dict[str, Any]]:
    naming = Naming(person, lambda _: cut_escaped(TEXTS[1], 80), moment)
    return [{"t": translator(language), "found": each, "naming": naming} for each in findings()]


def _views(language: str) -> list[dict[str, Any]]:
    hours = Hours(LONG, LONG, LONG)
    many = tuple(Load(f"U{each:010}", 12_345, hours, Counts(*[12_345] * 4), (5, 4)) for each in range(120))
    names = {each.person: text for each, text in zip(many, cycle(TEXTS), strict=False)}
    return [
        {
            "shown": Shown(
                "k" * 64, TEXTS[1], period, MOMENT, loads, judged, weeks, weeks > 1, {"k": TEXTS[0]}
            ),
            "language": language,
            "picture": picture,
            "names": names,
        }
        for period, loads, judged, weeks, picture in (
            (Period.YEAR, many, Quality(0, tuple(findings())), 8, "F0123456789"),
            (Period.QUARTER, (), Quality(100, ()), 1, None),
        )
    ]


FAIRNESS: Mapping[str, Callable[[str], list[dict[str, Any]]]] = {
    "views.fairness.fairness_view": _views,
    "views.schedule_words.finding_words": _words,
}
