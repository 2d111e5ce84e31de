"""What the views of fairness are given at their worst."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from domain.duty_quality import Advice, Cause, Finding
from tests.views.worst import MOMENT, TEXTS
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


FAIRNESS: Mapping[str, Callable[[str], list[dict[str, Any]]]] = {
    "views.schedule_words.finding_words": _words,
}
