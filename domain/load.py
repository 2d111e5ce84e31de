"""What being on duty has meant for each member: turns, hours by day, by night and on weekends, and bugs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import IntEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.duty import Duty
from domain.duty_window import DutyWindow

NIGHT = DutyWindow(time(22), time(6))
WEEKEND = DutyWindow(time(6), time(22), frozenset((5, 6)))
_NONE = timedelta(0)
_UTC = ZoneInfo("UTC")


class Period(IntEnum):
    """How far back people look, in days."""

    FOUR_WEEKS = 28
    QUARTER = 91
    YEAR = 365


class Stretch(NamedTuple):
    """Somebody on duty in [*start*, *end*), aware UTC, as a part of the turn that slot and revision name."""

    start: datetime
    end: datetime
    person: str
    turn: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """Time on duty, each moment of it once: at night, else on a weekend, else by day."""

    day: timedelta = _NONE
    night: timedelta = _NONE
    weekend: timedelta = _NONE

    @property
    def total(self) -> timedelta:
        """All of it."""
        return self.day + self.night + self.weekend

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(self.day + other.day, self.night + other.night, self.weekend + other.weekend)


@dataclass(frozen=True, slots=True)
class Counts:
    """What came with it: pings, those of them outside working hours, bugs taken, bugs closed."""

    pings: int = 0
    after_hours: int = 0
    taken: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """One member's part of a period; *efforts* is what they said of their turns, from 1, quiet, to 5."""

    person: str
    shifts: int = 0
    hours: Hours = field(default_factory=Hours)
    counts: Counts = field(default_factory=Counts)
    efforts: tuple[int, ...] = ()

    @property
    def effort(self) -> float | None:
        """What they said on average; None where they said nothing."""
        return sum(self.efforts) / len(self.efforts) if self.efforts else None

    @property
    def weight(self) -> int:
        """How much it was, in points: what to order members by where hours alone are not fair.

        One for each ping and one more where it came outside working hours, two for each bug taken, and the
        effort said of each turn.
        """
        return self.counts.pings + self.counts.after_hours + 2 * self.counts.taken + sum(self.efforts)


def hours_in(start: datetime, end: datetime, zone: ZoneInfo) -> Hours:
    """Part [*start*, *end*), aware, by the clocks of *zone*.

    Night is from 22:00 to 06:00; the weekend Saturday and Sunday, but for their nights.
    """
    night, weekend = (_overlap(window, start, end, zone) for window in (NIGHT, WEEKEND))
    return Hours(max(end - start - night - weekend, _NONE), night, weekend)


def stretches(duties: Iterable[Duty], start: datetime, end: datetime) -> list[Stretch]:
    """Return who was on duty in [*start*, *end*), cut to it; gaps are left out."""
    found = []
    for each in duties:
        begin, over = max(each.start, start), min(each.end, end)
        if each.person is not None and begin < over:
            found.append(Stretch(begin, over, each.person, (each.turn.revision, each.turn.slot)))
    return found


def loads(
    members: Iterable[str],
    worked: Iterable[Stretch],
    counts: Mapping[str, Counts],
    efforts: Iterable[tuple[str, int]],
    zones: Mapping[str, ZoneInfo],
) -> tuple[Load, ...]:
    """Return the part of each member, in their order, and of everybody else who was on duty or said effort.

    *zones* are people's own; who is not in it is seen by UTC. The order of what is *worked* does not matter.
    """
    hours: dict[str, Hours] = defaultdict(Hours)
    turns: dict[str, set[tuple[int, int]]] = defaultdict(set)
    said: dict[str, list[int]] = defaultdict(list)
    for start, end, person, turn in _joined(worked):
        hours[person] += hours_in(start, end, zones.get(person, _UTC))
        turns[person].update(turn)
    for person, effort in efforts:
        said[person].append(effort)
    people = dict.fromkeys([*members, *sorted(hours), *sorted(said)])
    return tuple(
        Load(each, len(turns[each]), hours[each], counts.get(each, Counts()), tuple(said[each]))
        for each in people
    )


class _Joined(NamedTuple):
    start: datetime
    end: datetime
    person: str
    turns: tuple[tuple[int, int], ...]


def _joined(worked: Iterable[Stretch]) -> list[_Joined]:
    """Join what follows on each other, so that a year of hourly turns is parted into nights but once."""
    found: list[_Joined] = []
    for start, end, person, turn in sorted(worked):
        last = found[-1] if found else None
        if last is not None and last.person == person and last.end == start:
            found[-1] = _Joined(last.start, end, person, (*last.turns, turn))
        else:
            found.append(_Joined(start, end, person, (turn,)))
    return found


def _overlap(window: DutyWindow, start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    spells = window.spells(start, end, zone)
    return sum((min(over, end) - max(begin, start) for begin, over in spells), _NONE)
