"""The daily hours in which a rotation has somebody on duty, as in following the sun from region to region."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.wall_clock import resolve

_DAY = timedelta(days=1)


class DutyWindowError(ValueError):
    """Hours that cannot be; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class DutyWindow:
    """From `start` to `end` on each of these days (0 is Monday), naive local times in the rotation's zone.

    An `end` that is not after the start is that of the next day: 22:00 to 06:00 is a night, 09:00 to 09:00
    the whole day.
    """

    start: time
    end: time
    days: frozenset[int] = frozenset(range(7))

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise DutyWindowError("give at least one day, from 0 for Monday to 6 for Sunday")

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Tell whether the aware instant *at* lies in it; its ends do not."""
        return any(begin <= at < end for begin, end in self.spells(at, at + timedelta(seconds=1), zone))

    def spells(self, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """List, whole and in UTC, the stretches that overlap [*start*, *end*); a skipped one is left out."""
        # A stretch may begin the day before, and clocks that jump by a day make it one more.
        day = start.astimezone(zone).date() - 2 * _DAY
        while True:
            begin, over = self._on(day, zone)
            if begin >= end:
                return
            if day.weekday() in self.days and begin < over and over > start:
                yield begin, over
            day += _DAY

    def _on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        until = day if self.end > self.start else day + _DAY
        begin = resolve(datetime.combine(day, self.start), zone)
        return begin, resolve(datetime.combine(until, self.end), zone)
