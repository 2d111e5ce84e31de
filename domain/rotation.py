"""A rotation: members who take turns on a wall-clock grid, and who holds which shift.

Hand-off n comes when the local clock first shows start + n * length or later. Every answer is computed from
that in constant time, never by stepping from hand-off to hand-off. Changes over time: domain/revisions.py.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.rotation_input import check_length, check_members, check_start, check_start_is_clear, checked_zone
from domain.wall_clock import resolve_labelled


class Kind(StrEnum):
    """The unit in which a rotation's turns are counted."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


# Months are missing: they have no fixed length.
_UNITS = {Kind.HOURLY: timedelta(hours=1), Kind.DAILY: timedelta(days=1), Kind.WEEKLY: timedelta(weeks=1)}


class Shift(NamedTuple):
    """One turn of one member: from *start* up to, and without, *end* (aware UTC).

    *slot* counts the hand-offs from the rotation's start. With *revision*, the index of the revision under
    which the holder took over, it names the shift for good.
    """

    start: datetime
    end: datetime
    holder: str
    slot: int
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Rotation:
    """The definition of a rotation, checked when it is made; raises RotationError.

    *members* are ids in the order of their turns; *start* is naive local time in the IANA *zone*, to the
    minute; a turn lasts *length* hours, days, weeks or months. *stored* says that the start was checked when
    it was given: a government may since have moved it into a skipped hour, and somebody must stay on call.
    Instants asked about are aware, in any zone, up to the year 9000 or so; naive ones raise TypeError.
    """

    members: tuple[str, ...]
    kind: Kind
    length: int
    start: datetime
    zone: str
    stored: InitVar[bool] = False
    first: datetime = field(init=False, repr=False, compare=False)
    """Hand-off 0, in UTC: before it nobody holds."""
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)
    _anchor: datetime = field(init=False, repr=False, compare=False)
    _step: timedelta | None = field(init=False, repr=False, compare=False)

    def __post_init__(self, stored: bool) -> None:
        check_members(self.members)
        check_length(self.length)
        check_start(self.start)
        zone = checked_zone(self.zone)
        if not stored:
            check_start_is_clear(self.start, zone)
        unit = _UNITS.get(self.kind)
        keep = object.__setattr__
        keep(self, "_zone", zone)
        keep(self, "_anchor", self.start.replace(tzinfo=zone, fold=0))
        keep(self, "_step", unit and unit * self.length)
        keep(self, "first", self.handoff(0))

    def handoff(self, n: int) -> datetime:
        """Find the instant of hand-off *n*, in UTC; months end early from the start, not from each other."""
        if self._step is not None:
            return resolve_labelled(self._anchor + self._step * n, self._zone)
        start = self.start
        year, month = divmod(start.year * 12 + start.month - 1 + n * self.length, 12)
        day = start.day if start.day <= 28 else min(start.day, monthrange(year, month + 1)[1])
        local = datetime(year, month + 1, day, start.hour, start.minute, tzinfo=self._zone)
        return resolve_labelled(local, self._zone)

    def locate(self, at: datetime) -> tuple[int, datetime, datetime]:
        """Find the last slot begun by *at* and its two hand-offs; the grid reaches back before the start."""
        n = self._guess(at)
        begin, end = self.handoff(n), self.handoff(n + 1)
        while end <= at:
            n, begin, end = n + 1, end, self.handoff(n + 2)
        while begin > at:
            n, begin, end = n - 1, self.handoff(n - 1), begin
        return n, begin, end

    def _guess(self, at: datetime) -> int:
        """Guess the slot from what the clock shows: a little off where it repeats itself or a month ends."""
        local, start = at.astimezone(self._zone), self.start
        if self._step is not None:
            return (local - self._anchor) // self._step
        months = (local.year - start.year) * 12 + local.month - start.month
        return (months - (local.day < start.day)) // self.length

    def slot(self, at: datetime) -> int | None:
        """Say the number of the last hand-off up to *at*; None before the start."""
        return None if at < self.first else self.locate(at)[0]

    def holder(self, at: datetime) -> str | None:
        """Say who is on call at *at*; None before the start."""
        return None if at < self.first else self.members[self.locate(at)[0] % len(self.members)]

    def shift(self, at: datetime) -> Shift | None:
        """Find the shift under way at *at*; None before the start."""
        return None if at < self.first else self._shift_at(at)

    def next_shift(self, at: datetime) -> Shift:
        """Find the first shift that starts after *at*."""
        return self._shift_at(self.first if at < self.first else self.locate(at)[2])

    def _shift_at(self, at: datetime) -> Shift:
        slot, begin, end = self.locate(at)
        return Shift(begin, end, self.members[slot % len(self.members)], slot)

    def shifts(self, start: datetime, end: datetime) -> Iterator[Shift]:
        """List the shifts, whole and in order, that overlap [*start*, *end*)."""
        return self.walk(max(start, self.first), end)

    def walk(self, start: datetime, end: datetime, turn: int = 0, revision: int = 0) -> Iterator[Shift]:
        """List shifts as `shifts` does, also before the start, each held by the member *turn* places on."""
        if start >= end:
            return
        members, size = self.members, len(self.members)
        first = self.locate(start)[0]
        for slot, (begin, finish) in enumerate(pairwise(self._handoffs(first)), first):
            if begin >= end:
                return
            # A slot that a jump of the clocks swallows is nobody's: its turn is lost.
            if begin < finish:
                yield Shift(begin, finish, members[(slot + turn) % size], slot, revision)

    def _handoffs(self, n: int) -> Iterator[datetime]:
        """List the hand-offs from *n* on, as `handoff` says, without end."""
        return map(self.handoff, count(n)) if self._step is None else self._stepped(n, self._step)

    def _stepped(self, n: int, step: timedelta) -> Iterator[datetime]:
        """List them for turns of one length on the wall clock's face, several times as fast."""
        zone, local = self._zone, self._anchor + step * n
        instant, previous = self.first, None
        while True:
            offset = zone.utcoffset(local)
            assert offset is not None
            shown = zone.fromutc(local - offset) == local
            # Most hand-offs are as far from UTC as the one before, so that the same step leads to them.
            instant = instant + step if shown and offset == previous else resolve_labelled(local, zone)
            yield instant
            previous = offset if shown else None
            local += step
