"""Severity: what follows by rule from the facts a reporter picks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.report import Impact, Workaround


@dataclass(frozen=True, slots=True)
class Condition:
    """Facts that must all hold; an empty set of choices holds for any. `customers` is how many at least."""

    impact: frozenset[Impact] = frozenset()
    workaround: frozenset[Workaround] = frozenset()
    customers: int = 0

    def holds(self, facts: "Facts") -> bool:
        """Tell whether these facts meet the condition."""
        return (
            (not self.impact or facts.impact in self.impact)
            and (not self.workaround or facts.workaround in self.workaround)
            and facts.customers >= self.customers
        )

    def reasons(self, facts: "Facts") -> dict[str, Any]:
        """Return those of the facts that the condition is about, by name, as JSON."""
        return {
            **({"impact": facts.impact.value} if self.impact else {}),
            **({"workaround": facts.workaround.value} if self.workaround else {}),
            **({"customers": self.customers} if self.customers else {}),
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report's severity follows from; `customers` is how many it is about."""

    impact: Impact
    workaround: Workaround
    customers: int = 0


@dataclass(frozen=True, slots=True)
class Severity:
    """One step of the scale: its Jira priority, the mark on cards, and when it applies (any of these).

    `target` is how much working time somebody has to react before the next in line is pinged; None: any.
    `acknowledged_for` is for how much of it an acknowledgement counts while nothing happens; None: for ever.
    """

    key: str
    name: str
    priority: str | None
    mark: str
    when: tuple[Condition, ...] = ()
    target: timedelta | None = None
    acknowledged_for: timedelta | None = None


DEFAULT_SCALE = (
    Severity(
        "critical",
        "Critical",
        "Highest",
        "🔴",
        (Condition(frozenset({Impact.DATA})),),
        timedelta(minutes=15),
        timedelta(hours=1),
    ),
    Severity(
        "high",
        "High",
        "High",
        "🟠",
        (
            Condition(frozenset({Impact.BLOCKED}), frozenset({Workaround.NONE})),
            Condition(frozenset({Impact.BLOCKED, Impact.DIFFICULT}), customers=10),
        ),
        timedelta(hours=1),
        timedelta(hours=4),
    ),
    Severity(
        "medium",
        "Medium",
        "Medium",
        "🟡",
        (Condition(frozenset({Impact.BLOCKED, Impact.DIFFICULT})),),
        timedelta(hours=4),
        timedelta(hours=16),
    ),
    Severity("low", "Low", "Low", "⚪", target=timedelta(hours=16), acknowledged_for=timedelta(hours=40)),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A severity with the facts that led to it.

    `reasons` has `impact`, `workaround` and `customers` (so many at least), whichever the rule is about; it
    is empty where none of the rules held and the last step is for the rest.
    """

    severity: Severity
    reasons: Mapping[str, Any]


def judge(scale: Sequence[Severity], facts: Facts) -> Judged:
    """Return the first step of the scale one of whose conditions holds; the last step is for the rest."""
    for step in scale:
        for condition in step.when:
            if condition.holds(facts):
                return Judged(step, condition.reasons(facts))
    return Judged(scale[-1], {})
