"""When a snoozed ping may come back: times that mean something to the one who snoozes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from domain.wall_clock import resolve
from domain.working_hours import WorkingHours

_DAY = timedelta(days=1)


class Until(StrEnum):
    """Until when, as people say it."""

    HOUR = "hour"
    HOURS = "hours"  # four
    TOMORROW = "tomorrow"  # when they begin to work
    WORKING_DAY = "working_day"  # the next one, when they begin
    HAND_OFF = "hand_off"  # the end of their duty: nobody snoozes what will be another's


@dataclass(frozen=True, slots=True)
class Snooze:
    """One time that can be chosen: what it is called, and the instant (aware UTC)."""

    until: Until
    at: datetime


def offered(now: datetime, hours: WorkingHours, zone: ZoneInfo, duty_ends: datetime | None) -> list[Snooze]:
    """List what somebody in *zone* who works these *hours* is offered at *now*, the soonest first.

    Where they are on duty until *duty_ends*, none comes later than that. Each instant is there once. *now*
    is aware.
    """
    found: dict[datetime, Snooze] = {}
    for each in sorted(_all(now, hours, zone), key=lambda each: each.at):
        if duty_ends is not None and each.at >= duty_ends:
            found.setdefault(duty_ends, Snooze(Until.HAND_OFF, duty_ends))
            break
        found.setdefault(each.at, each)
    return list(found.values())


def _all(now: datetime, hours: WorkingHours, zone: ZoneInfo) -> Iterator[Snooze]:
    now = now.astimezone(UTC)
    today = now.astimezone(zone).date()
    yield Snooze(Until.HOUR, now + timedelta(hours=1))
    yield Snooze(Until.HOURS, now + timedelta(hours=4))
    yield Snooze(Until.TOMORROW, resolve(datetime.combine(today + _DAY, hours.start), zone))
    days = (today + number * _DAY for number in range(1, 9))
    for day in islice((each for each in days if each.weekday() in hours.days), 1):
        yield Snooze(Until.WORKING_DAY, resolve(datetime.combine(day, hours.start), zone))
