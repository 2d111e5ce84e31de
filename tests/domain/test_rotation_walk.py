"""Brute force: minute by minute around changes of the clocks, against what the clocks have shown."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.rotation import Kind, Rotation
from domain.wall_clock import change_at
from tests.domain.rotations import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    ZONES,
    clock_changes,
    highest_readings,
    shown,
    utc,
)

TURNS = [(Kind.HOURLY, 1, HOUR), (Kind.HOURLY, 5, 5 * HOUR), (Kind.DAILY, 1, DAY)]


def walk(zone: str, change: datetime, minutes: int, step: timedelta = MINUTE) -> None:
    """Require, at every step around *change*, as many hand-offs as whole turns that the clocks have shown."""
    local = ZoneInfo(zone)
    middle = shown(change - SECOND, local).replace(minute=0, second=0)
    for kind, length, turn in TURNS:
        start = (middle - 4 * DAY) + minutes * MINUTE
        if change_at(start, local) is not None:
            continue
        rotation = Rotation(("ana", "bo", "chen"), kind, length, start, zone)
        for at, highest in highest_readings(change - 1.5 * DAY, change + 1.5 * DAY, local, step):
            assert rotation.slot(at) == (highest - start) // turn, (zone, kind, length, start, at)


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Madrid", "2026-03-29T01:00"),
        ("Europe/Madrid", "2026-10-25T01:00"),
        ("America/Santiago", "2026-09-06T04:00"),
        ("America/Sao_Paulo", "2018-11-04T03:00"),
        ("America/Sao_Paulo", "2018-02-18T02:00"),
        ("Pacific/Apia", "2011-12-30T10:00"),
        ("Africa/Cairo", "2026-04-23T22:00"),
        ("Africa/Cairo", "2026-10-29T21:00"),
        ("Australia/Lord_Howe", "2026-04-04T15:00"),
        ("Australia/Lord_Howe", "2026-10-03T15:30"),
        ("Pacific/Kwajalein", "1969-09-30T13:00"),
        ("Pacific/Kwajalein", "1993-08-21T12:00"),
        ("Africa/Casablanca", "2026-02-15T02:00"),
        ("Antarctica/Troll", "2026-03-29T01:00"),
        ("Asia/Pyongyang", "2018-05-04T15:00"),
    ],
)
@pytest.mark.parametrize("minutes", [0, 30, 150, 1439])
def test_each_hand_off_comes_when_the_clock_first_shows_it(zone: str, change: str, minutes: int) -> None:
    """The slot counts whole turns up to the latest time that the clocks have ever shown."""
    assert utc(change) in clock_changes(zone, utc(change).year)
    walk(zone, utc(change), minutes)


@pytest.mark.soak
@pytest.mark.parametrize("zone", ZONES)
def test_so_it_does_around_every_change_of_every_zone(zone: str) -> None:
    """All changes from 1975 to 2037, when the last odd seconds were gone, a quarter of an hour at a time."""
    for year in range(1975, 2038):
        for change in clock_changes(zone, year):
            walk(zone, change, 30, 15 * MINUTE)
