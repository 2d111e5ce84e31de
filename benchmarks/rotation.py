"""How long 1,000 rotations take to say who is on call now, and to list their shifts of a year.

Run by `python -m benchmarks.rotation`, and by `make bench`. Two floors run beside ours in the same process:
the definition written down as plainly as possible, which has to give the same answers before anything is
timed, and the usual way, a recurring calendar entry for each member, expanded by python-dateutil.
"""

import sys
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, HOURLY, MONTHLY, WEEKLY, rrule

from benchmarks.saying import say
from domain.duty import Layers, Override, TimeOff
from domain.layers import on_call, shifts
from domain.revisions import History
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, with_members

COUNT = 1_000
NOW = datetime(2026, 3, 30, 12, 34, 56, tzinfo=UTC)
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
ZONES = (
    *("UTC", "Europe/Madrid", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/Santiago"),
    *("Africa/Cairo", "Asia/Taipei", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran"),
)
MIX = (
    *((Kind.HOURLY, 8), (Kind.HOURLY, 12), (Kind.HOURLY, 24)),
    *((Kind.DAILY, 1), (Kind.DAILY, 2), (Kind.DAILY, 3)),
    *((Kind.WEEKLY, 1), (Kind.WEEKLY, 1), (Kind.WEEKLY, 2)),
    *((Kind.MONTHLY, 1), (Kind.MONTHLY, 1), (Kind.MONTHLY, 3)),
)
NOW_LIMIT, YEAR_LIMIT = 15.0, 1_200.0  # milliseconds, for all of them on two cores
_STEPS = {Kind.HOURLY: timedelta(hours=1), Kind.DAILY: timedelta(days=1), Kind.WEEKLY: timedelta(weeks=1)}
_RULES: dict[Kind, tuple[Literal[0, 1, 2, 3, 4, 5, 6], relativedelta]] = {
    Kind.HOURLY: (HOURLY, relativedelta(hours=1)),
    Kind.DAILY: (DAILY, relativedelta(days=1)),
    Kind.WEEKLY: (WEEKLY, relativedelta(weeks=1)),
    Kind.MONTHLY: (MONTHLY, relativedelta(months=1)),
}


def mixed_rotations(seed: int = 1) -> list[Rotation]:
    """Make the rotations that are timed: every kind and zone in turn, 2 to 9 members, begun since 2020."""
    random = Random(seed)  # noqa: S311  # the same mix each time is what is wanted
    rotations = []
    for number in range(COUNT):
        kind, length = MIX[number % len(MIX)]
        members = tuple(f"U{number}{place}" for place in range(random.randint(2, 9)))
        day, minute = random.randrange(2_000), random.randrange(600)
        start = datetime(2020, 1, 1, 9) + timedelta(days=day, minutes=minute)  # noqa: DTZ001  # wall time
        rotations.append(Rotation(members, kind, length, start, ZONES[number * 7 % len(ZONES)]))
    return rotations


def revised(rotation: Rotation) -> History:
    """Give *rotation* four changes of members, one a quarter."""
    history = begin(rotation)
    for quarter in range(4):
        members = tuple(reversed(history.latest.members))
        history = with_members(history, YEAR[0] + timedelta(days=20 + 91 * quarter), members)
    return history


def layers_over(rotation: Rotation, seed: int) -> Layers:
    """Lay a busy year over a rotation: an override or a swap a month, two weeks off for each member."""
    random, day = Random(seed), timedelta(days=1)  # noqa: S311  # the same each time is what is wanted
    overrides = tuple(
        Override(
            f"{month}", begun := YEAR[0] + month * 30 * day + random.random() * 20 * day, begun + day, "U0"
        )
        for month in range(12)
    )
    time_off = tuple(
        TimeOff(member, member, begun := YEAR[0] + random.random() * 350 * day, begun + 14 * day)
        for member in rotation.members
    )
    return Layers(overrides=overrides, time_off=time_off)


def plain_handoff(rotation: Rotation, n: int) -> datetime:
    """Find hand-off *n* by the plainest code that is right."""
    zone, start = ZoneInfo(rotation.zone), rotation.start
    if rotation.kind is Kind.MONTHLY:
        year, month = divmod(start.year * 12 + start.month - 1 + n * rotation.length, 12)
        last = monthrange(year, month + 1)[1]
        wall = start.replace(year=year, month=month + 1, day=min(start.day, last))
    else:
        wall = start + n * rotation.length * _STEPS[rotation.kind]
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    low, high = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (low, middle) if middle.astimezone(zone).replace(tzinfo=None) >= wall else (middle, high)
    return high


def plain_slot(rotation: Rotation, at: datetime) -> int:
    """Find the slot at *at* by the plainest code that is right."""
    local = at.astimezone(ZoneInfo(rotation.zone)).replace(tzinfo=None)
    if rotation.kind is Kind.MONTHLY:
        n = ((local.year - rotation.start.year) * 12 + local.month - rotation.start.month) // rotation.length
    else:
        n = (local - rotation.start) // (rotation.length * _STEPS[rotation.kind])
    while plain_handoff(rotation, n + 1) <= at:
        n += 1
    while plain_handoff(rotation, n) > at:
        n -= 1
    return n


def plain_shifts(rotation: Rotation, start: datetime, end: datetime) -> list[tuple[object, ...]]:
    """List the shifts that overlap [*start*, *end*) by the plainest code that is right."""
    shifts: list[tuple[object, ...]] = []
    n = plain_slot(rotation, start)
    while (begun := plain_handoff(rotation, n)) < end:
        over = plain_handoff(rotation, n + 1)
        if begun < over:
            shifts.append((begun, over, rotation.members[n % len(rotation.members)], n))
        n += 1
    return shifts


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Time *work*, as milliseconds of the processor: the best of *rounds*."""
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return min(times) * 1_000


def calendar(rotation: Rotation) -> list[tuple[rrule, str]]:
    """Write a rotation as calendars have it: for each member one entry that recurs, in wall-clock time."""
    every = rotation.length * len(rotation.members)
    # rrule leaves out the months that are too short.
    first = rotation.start.replace(day=min(rotation.start.day, 28))
    frequency, unit = _RULES[rotation.kind]
    starts = [first + unit * (place * rotation.length) for place in range(len(rotation.members))]
    rules = [rrule(frequency, dtstart=start, interval=every) for start in starts]
    return list(zip(rules, rotation.members, strict=True))


def expanded_now(rotations: Sequence[Rotation]) -> None:
    """Find who is on call now by expanding calendars."""
    for rotation in rotations:
        local = NOW.astimezone(ZoneInfo(rotation.zone)).replace(tzinfo=None)
        begun = [(rule.before(local, inc=True), member) for rule, member in calendar(rotation)]
        max((each for each in begun if each[0] is not None), default=None)


def expanded_year(rotations: Sequence[Rotation]) -> None:
    """List a year of shifts by expanding calendars."""
    for rotation in rotations:
        zone = ZoneInfo(rotation.zone)
        start, end = (each.astimezone(zone).replace(tzinfo=None) for each in YEAR)
        sorted(each for rule, _ in calendar(rotation) for each in rule.between(start, end))


def agree(rotations: Sequence[Rotation]) -> None:
    """Require that ours and the plain floor answer alike, on a seventh of *rotations*."""
    for rotation in rotations[::7]:
        history = begin(rotation)
        slot = plain_slot(rotation, NOW)
        assert rotation.slot(NOW) == slot
        assert on_call(history, Layers(), NOW) == rotation.members[slot % len(rotation.members)]
        found = [each.turn[:4] for each in shifts(history, Layers(), *YEAR)]
        assert found == plain_shifts(rotation, *YEAR)


def all_now(ours: Sequence[tuple[History, Layers]]) -> Callable[[], object]:
    """Make the work of saying who is on call now in each."""
    return lambda: [on_call(history, layers, NOW) for history, layers in ours]


def all_year(ours: Sequence[tuple[History, Layers]]) -> Callable[[], object]:
    """Make the work of listing the shifts of the year of each."""
    return lambda: [list(shifts(history, layers, *YEAR)) for history, layers in ours]


def figures() -> Iterator[bool]:
    """Time ours beside the floors."""
    rotations = mixed_rotations()
    agree(rotations)
    bare = [(begin(rotation), Layers()) for rotation in rotations]
    full = [(revised(rotation), layers_over(rotation, number)) for number, rotation in enumerate(rotations)]
    both = (("by turns alone", bare), ("with 4 changes, 12 overrides and all holidays", full))
    floors = (
        milliseconds(lambda: [plain_slot(one, NOW) for one in rotations], 5),
        milliseconds(lambda: expanded_now(rotations), 1),
    )
    for name, ours in both:
        took = milliseconds(all_now(ours), 20)
        yield told("who is on call now", name, took, floors, NOW_LIMIT)
    floors = (
        milliseconds(lambda: [plain_shifts(one, *YEAR) for one in rotations], 2),
        milliseconds(lambda: expanded_year(rotations), 1),
    )
    for name, ours in both:
        took = milliseconds(all_year(ours), 3)
        yield told("a year of shifts", name, took, floors, YEAR_LIMIT)


def told(what: str, name: str, took: float, floors: tuple[float, float], limit: float) -> bool:
    """Print one figure."""
    plain, expanded = floors
    beside = f"{took:.1f} ms, plain floor {plain:.1f} ms, calendars by dateutil {expanded:.1f} ms"
    return say(f"{COUNT:,} rotations, {what}, {name}", beside, f"under {limit:.0f} ms", took < limit)


if __name__ == "__main__":
    sys.exit(0 if all(list(figures())) else 1)
