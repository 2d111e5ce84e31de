"""Local clocks: from what the clocks on the walls of a zone show to the instants they mean.

A wall clock skips some times (spring) and shows some twice (autumn); here each means one instant.
Inside, "labelled" is a datetime whose tzinfo is the zone, with fold 0: adding to it moves the wall clock.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


class UnknownZoneError(ValueError):
    """A name that is no IANA time zone; the message holds the nearest ones that are."""

    def __init__(self, name: str) -> None:
        by_lower = {known.lower(): known for known in zone_names()}
        near = [by_lower[key] for key in get_close_matches(name.lower(), by_lower)]
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"{name!r} is no IANA time zone such as Europe/Madrid.{hint}")


@cache
def zone_names() -> frozenset[str]:
    """List every IANA name, from tzdata: a system's folder adds names that mean something else elsewhere."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def zone_named(name: str) -> ZoneInfo:
    """Find the IANA zone called *name*; raises UnknownZoneError."""
    if name not in zone_names():
        raise UnknownZoneError(name)
    return ZoneInfo(name)


def resolve(wall: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant, in UTC, at which the clocks of *zone* show the naive *wall* or later.

    A time shown twice means its first showing, a time that is skipped means the end of the jump.
    Never decreases as *wall* grows. Raises OverflowError at the calendar's ends (years 1 and 9999).
    """
    return resolve_labelled(wall.replace(tzinfo=zone, fold=0), zone)


def resolve_labelled(local: datetime, zone: ZoneInfo) -> datetime:
    """Resolve as above what is already labelled in *zone*, which long runs of shifts have at hand."""
    offset = zone.utcoffset(local)
    assert offset is not None
    # Relabelling by combine takes a third of what replace takes.
    shifted = local - offset
    if zone.fromutc(shifted) != local:
        shifted = _change_between(local - _offset_after(local, zone), shifted, zone)
    return datetime.combine(shifted, shifted.time(), UTC)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A change of a zone's clocks at *at* (UTC): naive, what they showed just before and just after."""

    at: datetime
    shown_before: datetime
    shown_after: datetime

    @property
    def skips(self) -> bool:
        """Whether the clocks went forward, so that the times between were never shown."""
        return self.shown_after > self.shown_before


def change_at(wall: datetime, zone: ZoneInfo) -> ClockChange | None:
    """Find the change of the clocks of *zone* that skips or repeats the naive *wall*; None if none does."""
    local = wall.replace(tzinfo=zone, fold=0)
    before, after = _offset(local, zone), _offset_after(local, zone)
    if before == after:
        return None
    at = _change_between(local - max(before, after), local - min(before, after), zone)
    utc = datetime.combine(at, at.time(), UTC)
    return ClockChange(utc, (at + before).replace(tzinfo=None), (at + after).replace(tzinfo=None))


def _offset(local: datetime, zone: ZoneInfo) -> timedelta:
    """Say how far ahead of UTC the clocks of *zone* are when they show *local*."""
    offset = zone.utcoffset(local)
    assert offset is not None
    return offset


def _offset_after(local: datetime, zone: ZoneInfo) -> timedelta:
    """Say the same for after the change that skips or repeats *local*, if one does."""
    return _offset(local.replace(fold=1), zone)


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Find the second in (*low*, *high*] at which the offset changes: UTC, labelled in *zone*."""
    low = low.replace(microsecond=0)
    before = _offset(zone.fromutc(low), zone)

    def changed(seconds: int) -> bool:
        return _offset(zone.fromutc(low + timedelta(seconds=seconds)), zone) != before

    span = int((high - low).total_seconds()) + 1
    return low + timedelta(seconds=bisect_left(range(span), True, key=changed))
