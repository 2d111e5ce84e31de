"""How long things took with a report: to be looked at, owned, answered, fixed and released."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.tracking import Phase

_SEEN = ("acknowledged", "taken", "assigned", "handed_over")
_OWNED = ("taken", "assigned", "handed_over")
_ANSWERED = ("asked", "not_a_bug", "duplicate", "replied")
_PHASES = {f"phase_{phase}": phase for phase in Phase}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a report, *at* aware UTC; *who* is a Slack user, None for others."""

    at: datetime
    what: str
    who: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Times:
    """When a report first came so far; None while it has not. All aware UTC.

    What was fixed and then opened again is fixed when it is fixed the last time. `told` is when its last
    customer was.
    """

    filed: datetime
    acknowledged: datetime | None = None
    taken: datetime | None = None
    answered: datetime | None = None
    fixed: datetime | None = None
    released: datetime | None = None
    told: datetime | None = None


def times_of(filed: datetime, events: Sequence[Event]) -> Times:
    """Return the times of a report by what happened to it, in order."""
    fixed, released = _ends(events)
    told = [each.at for each in events if each.what == "told"]
    return Times(
        filed,
        _first(events, _SEEN),
        _first(events, _OWNED),
        _first(events, _ANSWERED),
        fixed,
        released,
        max(told, default=None),
    )


def _first(events: Iterable[Event], kinds: tuple[str, ...]) -> datetime | None:
    return next((each.at for each in events if each.what in kinds), None)


def _ends(events: Iterable[Event]) -> tuple[datetime | None, datetime | None]:
    """Return since when it is fixed, and since when that is released, as it stands in the end."""
    fixed: datetime | None = None
    released: datetime | None = None
    for each in events:
        phase = _PHASES.get(each.what)
        if phase is Phase.FIXED:
            fixed, released = fixed or each.at, None
        elif phase is Phase.RELEASED:
            fixed, released = fixed or each.at, each.at
        elif phase is not None or each.what == "reopened":
            fixed = released = None
    return fixed, released
