"""What tests of rotations share: strategies over every IANA zone, and answers found by looking."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from domain.rotation import Kind, Rotation
from domain.wall_clock import change_at

ZONES = sorted(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
PEOPLE = ("ana", "bo", "chen", "dee", "eli", "fay", "gus")


def utc(text: str) -> datetime:
    """Read an instant in UTC, written without its Z."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str) -> datetime:
    """Read a wall time, which has no zone."""
    return datetime.fromisoformat(text)


def shown(at: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks of *zone* show at *at*, naive."""
    return at.astimezone(zone).replace(tzinfo=None)


@cache
def clock_changes(name: str, year: int) -> tuple[datetime, ...]:
    """Find the instants of *year* at which the clocks of a zone change, by looking once a day."""
    zone = ZoneInfo(name)
    looks = [datetime(year, 1, 1, tzinfo=UTC) + DAY * number for number in range(367)]
    jumps = [(low, high) for low, high in pairwise(looks) if _ahead(low, zone) != _ahead(high, zone)]
    return tuple(_first_after(low, high, zone) for low, high in jumps)


def _ahead(at: datetime, zone: ZoneInfo) -> timedelta:
    return shown(at, zone) - at.replace(tzinfo=None)


def _first_after(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before = _ahead(low, zone)
    while high - low > SECOND:
        middle = low + (high - low) // (2 * SECOND) * SECOND
        low, high = (middle, high) if _ahead(middle, zone) == before else (low, middle)
    return high


def highest_readings(
    start: datetime, end: datetime, zone: ZoneInfo, step: timedelta = MINUTE
) -> Iterator[tuple[datetime, datetime]]:
    """Walk from *start* to *end* and say at each step the latest time that the clocks have shown so far."""
    # A day ahead of the walk, as the clocks may have been set back by as much just before it.
    at = start - DAY
    highest = shown(at, zone)
    while at < end:
        highest = max(highest, shown(at, zone))
        if at >= start:
            yield at, highest
        at += step


@st.composite
def walls(draw: st.DrawFn, zone: str) -> datetime:
    """Draw a minute on a wall clock, half the time around a change of the zone's clocks."""
    day = draw(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
    changes = clock_changes(zone, day.year) if draw(st.booleans()) else ()
    minutes = draw(st.integers(-1_500, 1_500))
    middle = draw(st.sampled_from(changes)) if changes else datetime(day.year, day.month, day.day, tzinfo=UTC)
    return shown(middle, ZoneInfo(zone)).replace(second=0) + minutes * MINUTE


@st.composite
def clear_walls(draw: st.DrawFn, zone: str) -> datetime:
    """Draw a minute that a start may be: where the clocks skip or repeat one, the first clear one after."""
    wall = draw(walls(zone))
    while change := change_at(wall, ZoneInfo(zone)):
        wall = max(change.shown_before, change.shown_after).replace(second=0) + MINUTE
    return wall


@st.composite
def definitions(draw: st.DrawFn) -> Rotation:
    """Draw a rotation of any zone, mostly of short turns."""
    zone = draw(st.sampled_from(ZONES))
    members = PEOPLE[: draw(st.integers(1, len(PEOPLE)))]
    length = draw(st.integers(1, 4) | st.integers(1, 500))
    return Rotation(members, draw(st.sampled_from(Kind)), length, draw(clear_walls(zone)), zone)


@st.composite
def instants(draw: st.DrawFn, rotation: Rotation) -> datetime:
    """Draw an instant that matters: close to a hand-off or a change of the clocks, or some days on."""
    middle = rotation.handoff(draw(st.integers(-3, 60)))
    if changes := clock_changes(rotation.zone, middle.year) if draw(st.booleans()) else ():
        middle = draw(st.sampled_from(changes))
    off = st.sampled_from((timedelta(), -SECOND, SECOND, timedelta(microseconds=-1), 37 * MINUTE))
    return middle + draw(off | st.timedeltas(-2 * HOUR, 2 * HOUR) | st.timedeltas(timedelta(), 40 * DAY))


@st.composite
def rotations_and_instants(draw: st.DrawFn) -> tuple[Rotation, datetime]:
    """Draw a rotation and an instant that matters to it."""
    rotation = draw(definitions())
    return rotation, draw(instants(rotation))
