"""Severity: what follows by rule from the facts a reporter picks."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.report import Impact, Workaround


@dataclass(frozen=True, slots=True)
class Condition:
    """Facts that must all hold; an empty set of choices holds for any."""

    impact: frozenset[Impact] = frozenset()
    workaround: frozenset[Workaround] = frozenset()

    def holds(self, impact: Impact, workaround: Workaround) -> bool:
        """Tell whether these facts meet the condition."""
        return (not self.impact or impact in self.impact) and (
            not self.workaround or workaround in self.workaround
        )


@dataclass(frozen=True, slots=True)
class Severity:
    """One step of the scale: its Jira priority, the mark on cards, and when it applies (any of these)."""

    key: str
    name: str
    priority: str | None
    mark: str
    when: tuple[Condition, ...] = ()


DEFAULT_SCALE = (
    Severity("critical", "Critical", "Highest", "🔴", (Condition(frozenset({Impact.DATA})),)),
    Severity(
        "high",
        "High",
        "High",
        "🟠",
        (Condition(frozenset({Impact.BLOCKED}), frozenset({Workaround.NONE})),),
    ),
    Severity("medium", "Medium", "Medium", "🟡", (Condition(frozenset({Impact.BLOCKED, Impact.DIFFICULT})),)),
    Severity("low", "Low", "Low", "⚪"),
)


def severity_of(scale: Sequence[Severity], impact: Impact, workaround: Workaround) -> Severity:
    """Return the first step of the scale one of whose conditions holds; the last step is for the rest."""
    for step in scale:
        if any(condition.holds(impact, workaround) for condition in step.when):
            return step
    return scale[-1]
