"""What is promised for a report: how soon somebody responds, and how soon it is resolved.

Only the team's working time counts, and none in which the report waits for its reporter or is closed. It is
judged from the filing on by what happened, so that it is right again whenever something changes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.report_times import Event, times_of
from domain.team_calendar import TeamCalendar
from domain.telling import TellWhen
from domain.tracking import Phase

_CLOSED = frozenset({"duplicate", "not_a_bug"})
_PHASES = {f"phase_{phase}": phase for phase in Phase}
_UNANSWERED = (Phase.WAITING, Phase.GONE)


class Kind(StrEnum):
    """What is promised."""

    RESPONSE = "response"  # somebody acknowledges, takes or answers it
    RESOLUTION = "resolution"  # it has come to where customers are told: fixed, or its fix released


@dataclass(frozen=True, slots=True)
class Promise:
    """How much working time there is for reports of these severities with a customer of these tiers.

    Empty: of any severity; also without any customer. None: nothing is promised.
    """

    severities: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    response: timedelta | None = None
    resolution: timedelta | None = None

    def holds(self, severity: str, tiers: Collection[str]) -> bool:
        """Tell whether it is for a report of this severity, whose customers are of these tiers."""
        return (not self.severities or severity in self.severities) and (
            not self.tiers or not self.tiers.isdisjoint(tiers)
        )

    def length(self, kind: Kind) -> timedelta | None:
        """Return how much time it gives for the one or the other."""
        return self.response if kind is Kind.RESPONSE else self.resolution


@dataclass(frozen=True, slots=True)
class Promises:
    """All that a team promises. `warn_at` is after how much of the time, in percent, people are warned."""

    all: tuple[Promise, ...] = ()
    calendar: TeamCalendar = field(default_factory=TeamCalendar)
    warn_at: int = 75

    def strictest(self, kind: Kind, severity: str, tiers: Collection[str]) -> timedelta | None:
        """Return the least time that any of those gives which hold for a report; None where none does."""
        held = (each.length(kind) for each in self.all if each.holds(severity, tiers))
        return min((each for each in held if each is not None), default=None)


class Wait(NamedTuple):
    """A time that does not count, aware UTC; `until` None: it has not ended."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one promise for a report stands. Times are aware UTC.

    `length` is the working time promised, `warn` and `due` when so much of it is over that people are warned,
    and all of it; None while time stands still before that (`is_paused`: it stands still now). `met` is when
    it was kept, or at least done.
    """

    kind: Kind
    length: timedelta
    warn: datetime | None
    due: datetime | None
    met: datetime | None = None
    is_overdue: bool = False
    is_paused: bool = False

    @property
    def was_kept(self) -> bool | None:
        """Whether it was kept; None while that is open."""
        if self.met is not None:
            return self.due is None or self.met <= self.due
        return False if self.is_overdue else None


def standings(
    promises: Promises,
    when: TellWhen,
    *,
    severity: str,
    tiers: Collection[str],
    filed: datetime,
    events: Sequence[Event],
    now: datetime,
) -> tuple[Standing, ...]:
    """Return how all stands that is promised for a report, by what happened to it, in order, until *now*."""
    found = []
    for kind in Kind:
        length = promises.strictest(kind, severity, tiers)
        if length is None:
            continue
        paused = waits(events, when)
        warn, due = (
            due_at(promises.calendar, filed, each, paused)
            for each in (length * promises.warn_at / 100, length)
        )
        met = _met(kind, filed, events, when)
        is_overdue = met is None and due is not None and due <= now
        is_paused = bool(paused) and paused[-1].until is None
        found.append(Standing(kind, length, warn, due, met, is_overdue, is_paused))
    return tuple(found)


def due_at(
    calendar: TeamCalendar, since: datetime, length: timedelta, paused: Iterable[Wait]
) -> datetime | None:
    """Return when so much working time has passed since, without the waits (in order, apart from each other).

    None where the last wait has no end and begins before.
    """
    left = length
    for begin, end in _between(since, paused):
        for start, stop in calendar.spells(begin):
            if end is not None and start >= end:
                break
            last = stop if end is None else min(stop, end)
            if start + left <= last:
                return start + left
            left -= last - start
    return None


def waits(events: Iterable[Event], when: TellWhen) -> list[Wait]:
    """List when a report waited for its reporter or was closed, by what happened to it, in order."""
    found: list[Wait] = []
    state, since = _State(), None
    for each in events:
        state = state.after(each, when)
        if state.is_waiting and since is None:
            since = each.at
        elif not state.is_waiting and since is not None:
            found.append(Wait(since, each.at))
            since = None
    return [*found, Wait(since, None)] if since is not None else found


@dataclass(frozen=True, slots=True)
class _State:
    """Why a report's time stands still: asked, by the phase of its issue, or closed in Slack."""

    asked: bool = False
    closed: bool = False
    phase: Phase = Phase.WAITING
    stands_by_phase: bool = False

    @property
    def is_waiting(self) -> bool:
        return self.asked or self.closed or self.stands_by_phase

    def after(self, event: Event, when: TellWhen) -> "_State":
        what = event.what
        if what in ("asked", "answered"):
            return _State(what == "asked", self.closed, self.phase, self.stands_by_phase)
        if what in _CLOSED:
            return _State(self.asked, True, self.phase, self.stands_by_phase)
        if what == "reopened":
            return _State(self.asked, False, self.phase, False)
        phase = _PHASES.get(what)
        if phase is None:
            return self
        # Opened again in Jira, it is open in Slack too.
        closed = self.closed and not (self.phase.is_over and not phase.is_over)
        goes_on = phase is Phase.FIXED and _waits_for_release(event, when)
        stands = phase is Phase.NEEDS_INFO or (phase.is_over and not goes_on)
        return _State(self.asked, closed, phase, stands)


def _between(since: datetime, paused: Iterable[Wait]) -> Iterator[tuple[datetime, datetime | None]]:
    """List the times since then that are no waits; the last has no end unless a wait has none."""
    for each in paused:
        if each.since > since:
            yield since, each.since
        if each.until is None:
            return
        since = max(since, each.until)
    yield since, None


def _met(kind: Kind, filed: datetime, events: Sequence[Event], when: TellWhen) -> datetime | None:
    times = times_of(filed, events)
    if kind is Kind.RESOLUTION:
        last = next((each for each in reversed(events) if each.what in _PHASES), None)
        if last is not None and _waits_for_release(last, when):
            return None
        return (times.released if when is TellWhen.RELEASED else None) or times.fixed
    moved = (each.at for each in events if _PHASES.get(each.what, Phase.WAITING) not in _UNANSWERED)
    found = (times.acknowledged, times.answered, next(moved, None))
    return min((each for each in found if each is not None), default=None)


def by_kind(standing: Iterable[Standing]) -> Mapping[Kind, Standing]:
    """Return standings by what is promised."""
    return {each.kind: each for each in standing}


def _waits_for_release(event: Event, when: TellWhen) -> bool:
    """Tell whether a fix counts only once the versions are out that it is in; without versions it counts."""
    return when is TellWhen.RELEASED and event.what == "phase_fixed" and bool(event.details.get("versions"))
