"""What being on duty meant: each hour counted once, by people's own clocks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duty import NOTHING_OVER
from domain.layers import shifts
from domain.load import Counts, Hours, Load, Stretch, hours_in, loads, stretches
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from tests.domain.rotations import DAY, HOUR, ZONES, local, utc

MADRID, TAIPEI = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Taipei")
MONDAY = utc("2026-01-05T00:00")


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        ("2026-01-05T09:00", "2026-01-05T17:00", "UTC", (8, 0, 0)),
        ("2026-01-05T20:00", "2026-01-06T08:00", "UTC", (4, 8, 0)),
        ("2026-01-09T20:00", "2026-01-10T08:00", "UTC", (2, 8, 2)),
        ("2026-01-05T09:00", "2026-01-12T09:00", "UTC", (80, 56, 32)),
        ("2026-01-05T09:00", "2026-01-05T17:00", "Asia/Taipei", (5, 3, 0)),
        ("2026-03-28T21:00", "2026-03-29T05:00", "Europe/Madrid", (0, 7, 1)),
        ("2026-10-24T20:00", "2026-10-25T05:00", "Europe/Madrid", (0, 9, 0)),
    ],
)
def test_hours_are_parted_by_the_clocks_of_a_zone(
    start: str, end: str, zone: str, expected: tuple[int, int, int]
) -> None:
    """Nights are from ten to six, weekends Saturday and Sunday by day; changes of the clocks count."""
    day, night, weekend = (each * HOUR for each in expected)
    assert hours_in(utc(start), utc(end), ZoneInfo(zone)) == Hours(day, night, weekend)


@given(st.datetimes(local("1950-01-01"), local("2100-01-01")), st.integers(1, 2000), st.sampled_from(ZONES))
def test_every_hour_counts_once(start: datetime, minutes: int, zone: str) -> None:
    """In any zone the three parts are none of them negative and add up to the time that passed."""
    begin_at = utc(start.isoformat())
    found = hours_in(begin_at, begin_at + timedelta(minutes=minutes), ZoneInfo(zone))
    assert found.total == timedelta(minutes=minutes)
    assert min(found.day, found.night, found.weekend) >= timedelta(0)


def test_loads_are_told_member_by_member() -> None:
    """Turns are counted once though cut, hours go by each one's zone, and who helped out comes last."""
    worked = [
        Stretch(MONDAY + 9 * HOUR, MONDAY + 12 * HOUR, "ana", (0, 1)),
        Stretch(MONDAY + 13 * HOUR, MONDAY + 17 * HOUR, "ana", (0, 1)),
        Stretch(MONDAY + 17 * HOUR, MONDAY + 18 * HOUR, "chen", (0, 2)),
        Stretch(MONDAY + 12 * HOUR, MONDAY + 13 * HOUR, "zoe", (0, 1)),
    ]
    counts = {"ana": Counts(3, 1, 2, 1)}
    told = loads(("chen", "ana", "ben"), worked, counts, [("ana", 4), ("ana", 1)], {"chen": TAIPEI})
    assert told == (
        Load("chen", 1, Hours(night=HOUR)),
        Load("ana", 1, Hours(day=7 * HOUR), Counts(3, 1, 2, 1), (4, 1)),
        Load("ben"),
        Load("zoe", 1, Hours(day=HOUR)),
    )
    assert (told[1].effort, told[0].effort, told[1].weight) == (2.5, None, 3 + 1 + 2 * 2 + 5)


@given(st.permutations(range(6)))
def test_the_order_of_what_was_worked_does_not_matter(order: list[int]) -> None:
    """However the stretches come, the loads are the same."""
    worked = [
        Stretch(MONDAY + each * 9 * HOUR, MONDAY + (each + 1) * 9 * HOUR, "ab"[each % 2], (0, each))
        for each in range(6)
    ]
    assert loads("ab", [worked[each] for each in order], {}, [], {}) == loads("ab", worked, {}, [], {})


def test_stretches_are_cut_to_the_period() -> None:
    """What began before and goes on after counts as far as it lies in the period."""
    history = begin(Rotation(("ana", "ben"), Kind.WEEKLY, 1, local("2026-01-05T00:00"), "UTC"))
    start, end = MONDAY + 3 * DAY, MONDAY + 9 * DAY
    found = stretches(shifts(history, NOTHING_OVER, start, end), start, end)
    assert [(each.person, each.end - each.start, each.turn) for each in found] == [
        ("ana", 4 * DAY, (0, 0)),
        ("ben", 2 * DAY, (0, 1)),
    ]
