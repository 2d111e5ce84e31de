"""What a team decides about telling customers how it ended: when, who, and when somebody is reminded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.wall_clock import resolve
from domain.working_hours import USUAL, WorkingHours

_DAY = timedelta(days=1)


class TellWhen(StrEnum):
    """At which moment customers are told of a fix: when it is made, or when all its versions are out."""

    RESOLVED = "resolved"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Amount:
    """So much working time: days as long as the hours of whoever works them, and hours."""

    days: int = 0
    hours: int = 0

    def of(self, working: WorkingHours) -> timedelta:
        """Return how long that is for somebody with these working hours."""
        return self.days * working.length + timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class Weekly:
    """When a channel reads each week how many were told: a day (0 is Monday) and a time in a zone."""

    channel: str
    day: int = 0
    at: time = time(9)
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 - immutable

    def last(self, now: datetime) -> datetime:
        """Return the last time at or before *now* (aware) at which it was due; aware UTC."""
        day = now.astimezone(self.zone).date() + _DAY
        while True:
            if day.weekday() == self.day:
                due = resolve(datetime.combine(day, self.at), self.zone)
                if due <= now:
                    return due
            day -= _DAY


@dataclass(frozen=True, slots=True)
class Telling:
    """The part of [follow_up] that is about customers.

    `remind_after` are the times, each later than the one before, at which whoever has to tell a customer is
    reminded, in their working hours (`hours`, in their own zone). With the last the `lead` hears of it too,
    and from then on both do each time that long has passed again. `stand_ins` is who does it for somebody
    who is out, by Slack ids; else the lead does.
    """

    when: TellWhen = TellWhen.RESOLVED
    remind_after: tuple[Amount, ...] = (Amount(days=1), Amount(days=3), Amount(days=7))
    hours: WorkingHours = USUAL
    lead: str | None = None
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    weekly: Weekly | None = None

    def next_reminder(self, sent: int, base: datetime, now: datetime, zone: ZoneInfo) -> datetime:
        """Return when somebody in *zone* is reminded who was *sent* times so far, the last time at *base*.

        Never in the past: after a longer stop of Bugle the time counts from *now*. All aware; UTC.
        """
        amounts = [each.of(self.hours) for each in self.remind_after]
        before = amounts[sent - 1] if 0 < sent < len(amounts) else timedelta(0)
        gap = amounts[min(sent, len(amounts) - 1)] - before
        due = self._in_hours(base, gap, zone)
        return due if due > now else self._in_hours(now, gap, zone)

    def is_leads(self, sent: int) -> bool:
        """Tell whether the lead hears of what somebody was reminded of so many times."""
        return sent >= len(self.remind_after)

    def _in_hours(self, base: datetime, gap: timedelta, zone: ZoneInfo) -> datetime:
        due = self.hours.after(base, gap, zone)
        # What is over at the end of a day is said at the beginning of the next.
        return next(self.hours.spells(due, zone))[0].astimezone(UTC)
