"""Brute force: minute by minute around changes of the clocks, with something over every turn."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.duty import Layers, Override, TimeOff
from domain.duty_window import DutyWindow
from domain.layers import on_call, shifts
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from tests.domain.rotations import DAY, HOUR, MINUTE, SECOND, clock_changes, highest_readings, shown

CHANGES = [
    (zone, change)
    for zone, year in (
        *(
            ("Europe/Madrid", 2026),
            ("Europe/London", 2026),
            ("America/New_York", 2026),
            ("Asia/Tehran", 2021),
        ),
        *(("America/Santiago", 2026), ("Africa/Cairo", 2026), ("Australia/Lord_Howe", 2026)),
        *(("Africa/Casablanca", 2026), ("Pacific/Apia", 2011), ("America/Sao_Paulo", 2018)),
        *(("Antarctica/Troll", 2026), ("America/St_Johns", 2010), ("Asia/Beirut", 2026)),
    )
    for change in clock_changes(zone, year)
]


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_each_minute_has_who_the_clock_says(zone: str, change: datetime) -> None:
    """Turns and hours of duty follow the latest time shown; what lies over them follows the instant."""
    local = ZoneInfo(zone)
    anchor = shown(change - SECOND, local).replace(hour=12, minute=0, second=0) - 4 * DAY
    members, window = ("ana", "bo", "chen"), DutyWindow(time(0, 15), time(2, 45))
    history = begin(Rotation(members, Kind.DAILY, 1, anchor, zone), window)
    cover = Override("1", change - 50 * MINUTE, change + 20 * MINUTE, "dee")
    away = TimeOff("2", "bo", change - 2 * HOUR, change + 2 * HOUR)
    layers = Layers(overrides=(cover,), time_off=(away,))
    start, end = change - 1.5 * DAY, change + 1.5 * DAY
    stretches = list(shifts(history, layers, start, end))
    for at, highest in highest_readings(start, end, local):
        holder = members[(highest - anchor) // DAY % 3]
        expected: str | None = "chen" if holder == "bo" and away.start <= at < away.end else holder
        if not time(0, 15) <= highest.time() < time(2, 45):
            expected = None
        if cover.start <= at < cover.end:
            expected = "dee"
        while stretches[0].end <= at:
            stretches.pop(0)
        assert (on_call(history, layers, at), stretches[0].person) == (expected, expected), at
