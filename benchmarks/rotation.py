"""How long 1,000 rotations take to say who is on call now, and to list their shifts of a year.

Run by `python -m benchmarks.rotation`. The floor is the definition written down as plainly as possible. It
runs beside ours in the same process, and both have to give the same answers before anything is timed.
"""

import sys
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter
from zoneinfo import ZoneInfo

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
# Milliseconds of GoAlert's Go code (with its state row) and of a plain closed form, measured elsewhere.
PUBLISHED = {"who is on call now": ("3.6", "11.7"), "a year of shifts": ("56-145", "942")}
_STEPS = {Kind.HOURLY: timedelta(hours=1), Kind.DAILY: timedelta(days=1), Kind.WEEKLY: timedelta(weeks=1)}


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
    """Time *work*: the best of *rounds*, in milliseconds, as the rest is other people's noise."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return min(times) * 1_000


def year_of(ours: Sequence[Rotation | History]) -> Callable[[], None]:
    """Make the work of listing a year of shifts, one rotation after the other."""

    def work() -> None:
        for one in ours:
            list(one.shifts(*YEAR))

    return work


def plain_year_of(rotations: Sequence[Rotation]) -> Callable[[], None]:
    """Make the same work for the floor."""

    def work() -> None:
        for rotation in rotations:
            plain_shifts(rotation, *YEAR)

    return work


def agree(rotations: Sequence[Rotation]) -> None:
    """Require that ours and the floor answer alike, on a seventh of *rotations*."""
    for rotation in rotations[::7]:
        assert rotation.slot(NOW) == plain_slot(rotation, NOW)
        assert [shift[:4] for shift in rotation.shifts(*YEAR)] == plain_shifts(rotation, *YEAR)


def main() -> None:
    """Time ours and the floor and print the table."""
    rotations = mixed_rotations()
    histories = [begin(rotation) for rotation in rotations]
    changed = [revised(rotation) for rotation in rotations]
    agree(rotations)
    timings = {
        "who is on call now": (
            milliseconds(lambda: [one.holder(NOW) for one in rotations], 20),
            milliseconds(lambda: [one.holder(NOW) for one in histories], 20),
            milliseconds(lambda: [one.holder(NOW) for one in changed], 20),
            milliseconds(lambda: [plain_slot(one, NOW) for one in rotations], 20),
        ),
        "a year of shifts": (
            milliseconds(year_of(rotations), 5),
            milliseconds(year_of(histories), 5),
            milliseconds(year_of(changed), 5),
            milliseconds(plain_year_of(rotations), 2),
        ),
    }
    shifts = sum(1 for rotation in rotations for _ in rotation.shifts(*YEAR))
    say(f"{COUNT:,} mixed rotations, {shifts:,} shifts in the year; milliseconds, best round")
    say(f"{'':18} {'rotation':>9} {'history':>9} {'changed 4x':>10} {'plain':>9}   elsewhere: GoAlert, plain")
    for name, row in timings.items():
        ours, kept, with_changes, plain = row
        elsewhere = ", ".join(PUBLISHED[name])
        say(f"{name:18} {ours:9.1f} {kept:9.1f} {with_changes:10.1f} {plain:9.1f}   {elsewhere}")


def say(line: str) -> None:
    """Write one line of the table."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
