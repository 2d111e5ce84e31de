"""Wall times and the instants they mean."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.wall_clock import ClockChange, UnknownZoneError, change_at, resolve, zone_named
from tests.domain.rotations import DAY, HOUR, MINUTE, SECOND, ZONES, clock_changes, local, shown, utc, walls

INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Madrid", "2026-07-01T09:00", "2026-07-01T07:00"),
        ("Europe/Madrid", "2026-03-29T01:59", "2026-03-29T00:59"),
        ("Europe/Madrid", "2026-03-29T02:00", "2026-03-29T01:00"),
        ("Europe/Madrid", "2026-03-29T02:59", "2026-03-29T01:00"),
        ("Europe/Madrid", "2026-03-29T02:59:59.5", "2026-03-29T01:00"),
        ("Europe/Madrid", "2026-03-29T03:00", "2026-03-29T01:00"),
        ("Europe/Madrid", "2026-10-25T02:30", "2026-10-25T00:30"),
        ("Europe/Madrid", "2026-10-25T03:00", "2026-10-25T02:00"),
        ("America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00"),
        ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00"),
        ("Africa/Cairo", "2026-04-24T00:00", "2026-04-23T22:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
        ("Asia/Kathmandu", "2026-01-01T00:00", "2025-12-31T18:15"),
        ("Africa/Monrovia", "1972-01-07T00:30", "1972-01-07T00:44:30"),
        ("America/Juneau", "1867-10-18T12:00", "1867-10-17T20:57:41"),
        ("Europe/Madrid", "2900-07-01T09:00", "2900-07-01T07:00"),
        ("UTC", "0002-01-01T00:00", "0002-01-01T00:00"),
    ],
)
def test_a_wall_time_means_one_instant(zone: str, wall: str, instant: str) -> None:
    """A time shown twice is its first showing; a time skipped is the end of the jump."""
    assert resolve(datetime.fromisoformat(wall), zone_named(zone)) == utc(instant)


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_a_wall_time_means_the_first_instant_at_which_the_clock_is_that_far(data: st.DataObject) -> None:
    """At the instant the clock shows the time or later, and never before it did."""
    name = data.draw(st.sampled_from(ZONES))
    wall, zone = data.draw(walls(name)), ZoneInfo(name)
    instant = resolve(wall, zone)
    assert instant.tzinfo is UTC
    assert shown(instant, zone) >= wall
    assert all(shown(instant - gap, zone) < wall for gap in (INSTANT, SECOND, MINUTE))
    assert all(shown(instant - quarter * 15 * MINUTE, zone) < wall for quarter in range(1, 200))


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_later_wall_times_mean_no_earlier_instants(data: st.DataObject) -> None:
    """Resolving never decreases, in any zone."""
    name = data.draw(st.sampled_from(ZONES))
    wall, zone = data.draw(walls(name)), ZoneInfo(name)
    later = wall + data.draw(st.timedeltas(timedelta(), 3 * DAY))
    assert resolve(wall, zone) <= resolve(later, zone)


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_a_clear_wall_time_is_shown_once_and_another_says_why_not(data: st.DataObject) -> None:
    """A change of the clocks is named exactly for the times that they skip or show twice."""
    name = data.draw(st.sampled_from(ZONES))
    wall, zone = data.draw(walls(name)), ZoneInfo(name)
    showings = {resolve(wall, zone)} | {
        at
        for fold in (0, 1)
        if shown(at := wall.replace(tzinfo=zone, fold=fold).astimezone(UTC), zone) == wall
    }
    change = change_at(wall, zone)
    if change is None:
        assert len(showings) == 1
        assert shown(resolve(wall, zone), zone) == wall
    else:
        assert change.at in clock_changes(name, change.at.year)
        low, high = sorted((change.shown_before, change.shown_after))
        assert low <= wall < high
        assert change.skips == (shown(resolve(wall, zone), zone) != wall)


def test_a_change_says_what_the_clocks_showed() -> None:
    """Half an hour back on Lord Howe Island: the instant and both readings are exact."""
    change = change_at(local("2026-04-05T01:45"), ZoneInfo("Australia/Lord_Howe"))
    assert change == ClockChange(
        utc("2026-04-04T15:00"), local("2026-04-05T02:00"), local("2026-04-05T01:30")
    )
    assert not change.skips


@pytest.mark.parametrize(
    "name", ["", "localtime", "Mars/Base", "europe/madrid", "../etc/passwd", "America", "EST5EST"]
)
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    """Folders, paths, wrong case and what depends on the machine are no zones."""
    with pytest.raises(UnknownZoneError, match="is no IANA time zone"):
        zone_named(name)


def test_the_refusal_of_a_zone_names_the_nearest() -> None:
    """A slip of the hand gets the name that was meant."""
    with pytest.raises(UnknownZoneError, match="Did you mean Europe/Madrid"):
        zone_named("europe/madird")


def test_every_iana_zone_is_known() -> None:
    """Each name on the published list opens."""
    assert len(ZONES) > 500
    assert all(zone_named(name).key == name for name in ZONES)


@pytest.mark.soak
@pytest.mark.parametrize("name", ZONES)
def test_every_change_of_every_zone_resolves_as_a_walk_says(name: str) -> None:
    """Around each change since 1880 a wall time means the first of all instants that show it."""
    zone = ZoneInfo(name)
    for year in range(1880, 2040):
        for change in clock_changes(name, year):
            low, high = sorted((shown(change - SECOND, zone) + SECOND, shown(change, zone)))
            for wall in (low - SECOND, low, low + (high - low) // 2, high - SECOND, high, high + HOUR):
                instant = resolve(wall, zone)
                assert shown(instant, zone) >= wall
                assert all(shown(instant - n * 29 * MINUTE - SECOND, zone) < wall for n in range(53))
