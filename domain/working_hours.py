"""Working hours: when somebody works by the clocks of their own zone, and when an amount of it is over.

A day's hours are from one local time to another; where the clocks change in between, what counts is the time
that really passes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.wall_clock import resolve

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = time(0)
_DAY = timedelta(days=1)


class WorkingHoursError(ValueError):
    """Hours that cannot be; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The same hours on each of these days (0 is Monday), from `start` up to `end`; both naive local times.

    `end` 00:00 is the end of the day. At least half an hour, so that every amount of work comes to an end.
    """

    days: frozenset[int] = frozenset(range(5))
    start: time = time(9)
    end: time = time(17)

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise WorkingHoursError(f"give at least one of {', '.join(DAYS)}")
        if _minutes(self.end) - _minutes(self.start) < 30 and self.end != _MIDNIGHT:
            raise WorkingHoursError("give an end at least half an hour after the start, on the same day")
        if self.end == _MIDNIGHT and _minutes(self.start) > 24 * 60 - 30:
            raise WorkingHoursError("give a start at least half an hour before midnight")

    @property
    def length(self) -> timedelta:
        """How long a day of them is, where the clocks do not change."""
        return timedelta(minutes=(_minutes(self.end) or 24 * 60) - _minutes(self.start))

    def after(self, at: datetime, worked: timedelta, zone: ZoneInfo) -> datetime:
        """Return the first instant (aware UTC) by which somebody in *zone* has worked so long since *at*.

        Nothing worked yet is over at once. *at* is aware. OverflowError past the year 9999.
        """
        left, at = worked, at.astimezone(UTC)
        if left <= timedelta(0):
            return at
        for begin, end in self.spells(at, zone):
            if begin + left <= end:
                return begin + left
            left -= end - begin
        raise AssertionError("days do not come to an end")

    def includes(self, at: datetime, zone: ZoneInfo) -> bool:
        """Tell whether somebody in *zone* works at the aware instant *at*."""
        return next(self.spells(at, zone))[0] <= at

    def spells(self, at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """List the stretches of work from *at* on, in UTC, in order, none of them empty; without end."""
        day = at.astimezone(zone).date() - _DAY
        while True:
            if day.weekday() in self.days:
                begin, end = max(self._instant(day, self.start, zone), at), self._end(day, zone)
                if begin < end:
                    yield begin, end
            day += _DAY

    def _end(self, day: date, zone: ZoneInfo) -> datetime:
        if self.end == _MIDNIGHT:
            return self._instant(day + _DAY, _MIDNIGHT, zone)
        return self._instant(day, self.end, zone)

    @staticmethod
    def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
        return resolve(datetime.combine(day, wall), zone)


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


USUAL = WorkingHours()
