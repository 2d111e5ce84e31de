"""Days on which GoAlert, linkedin/oncall and grafana/oncall go wrong, each case by name."""

from datetime import datetime

import pytest

from domain.rotation import Kind, Rotation
from tests.domain.rotations import local, utc


def starts(kind: Kind, start: str, zone: str, begin: str, end: str, *, length: int = 1) -> list[str]:
    """Return when the shifts that overlap a range of UTC start, as UTC without the zone."""
    rotation = Rotation(("ana", "bo", "chen"), kind, length, datetime.fromisoformat(start), zone)
    found = [shift.start for shift in rotation.shifts(utc(begin), utc(end))]
    return [instant.replace(tzinfo=None).isoformat(timespec="minutes") for instant in found]


@pytest.mark.parametrize(
    ("zone", "begin", "end", "expected"),
    [
        (
            "America/Santiago",
            "2026-09-05T12:00",
            "2026-09-07T12:00",
            ["2026-09-05T04:00", "2026-09-06T04:00", "2026-09-07T03:00"],
        ),
        (
            "America/Sao_Paulo",
            "2018-11-03T12:00",
            "2018-11-05T12:00",
            ["2018-11-03T03:00", "2018-11-04T03:00", "2018-11-05T02:00"],
        ),
        (
            "Africa/Cairo",
            "2026-04-23T12:00",
            "2026-04-25T12:00",
            ["2026-04-22T22:00", "2026-04-23T22:00", "2026-04-24T21:00"],
        ),
    ],
)
def test_a_skipped_midnight_hands_over_at_the_end_of_the_jump(
    zone: str, begin: str, end: str, expected: list[str]
) -> None:
    """GoAlert never ends in Santiago and Sao Paulo and is an hour late in Cairo; each day has its shift."""
    assert starts(Kind.DAILY, "2018-01-01T00:00", zone, begin, end) == expected


def test_a_skipped_day_loses_its_turn_and_moves_nobody() -> None:
    """In Apia 30 December 2011 never was: whose turn it was is left out, and the order goes on."""
    rotation = Rotation(("ana", "bo", "chen"), Kind.DAILY, 1, local("2011-12-28T00:00"), "Pacific/Apia")
    found = list(rotation.shifts(utc("2011-12-28T12:00"), utc("2012-01-01T12:00")))
    assert [(shift.holder, shift.slot) for shift in found] == [
        ("ana", 0),
        ("bo", 1),
        ("ana", 3),
        ("bo", 4),
        ("chen", 5),
    ]
    assert rotation.handoff(2) == rotation.handoff(3) == utc("2011-12-30T10:00")
    assert rotation.next_shift(utc("2011-12-30T00:00")).holder == "ana"


def test_a_skipped_day_does_not_shorten_turns_of_an_hour_around_it() -> None:
    """In Apia the hours of 30 December are lost, those before and after it are whole."""
    assert starts(
        Kind.HOURLY, "2011-12-28T00:00", "Pacific/Apia", "2011-12-30T08:30", "2011-12-30T11:30"
    ) == [
        "2011-12-30T08:00",
        "2011-12-30T09:00",
        "2011-12-30T10:00",
        "2011-12-30T11:00",
    ]


def test_half_an_hour_back_makes_a_long_hour_on_lord_howe() -> None:
    """On 5 April 2026 clocks go from 2:00 back to 1:30: the turn of 1 o'clock lasts an hour and a half."""
    assert starts(
        Kind.HOURLY, "2026-01-01T00:00", "Australia/Lord_Howe", "2026-04-04T13:30", "2026-04-04T16:00"
    ) == [
        "2026-04-04T13:00",
        "2026-04-04T14:00",
        "2026-04-04T15:30",
    ]


def test_half_an_hour_on_makes_a_short_hour_on_lord_howe() -> None:
    """On 4 October 2026 the clocks go from 2:00 to 2:30: the turn of 2 o'clock lasts half an hour."""
    assert starts(
        Kind.HOURLY, "2026-01-01T00:00", "Australia/Lord_Howe", "2026-10-03T15:00", "2026-10-03T17:00"
    ) == [
        "2026-10-03T14:30",
        "2026-10-03T15:30",
        "2026-10-03T16:00",
    ]


def test_the_shift_is_not_handed_back_in_the_repeated_hour() -> None:
    """A hand-off at 2:30 in Madrid comes at the first 2:30 and stands when the clock shows 2:00 again."""
    rotation = Rotation(("ana", "bo"), Kind.DAILY, 1, local("2026-10-01T02:30"), "Europe/Madrid")
    hour = [
        "2026-10-25T00:29",
        "2026-10-25T00:30",
        "2026-10-25T00:59",
        "2026-10-25T01:00",
        "2026-10-25T01:29",
    ]
    assert [rotation.holder(utc(at)) for at in hour] == ["bo", "ana", "ana", "ana", "ana"]


def test_the_shift_is_not_handed_over_an_hour_early_in_a_gap() -> None:
    """linkedin/oncall hands over at 1:30 where the clocks skip 2:30 in Madrid; we do when they show 3:00."""
    rotation = Rotation(("ana", "bo"), Kind.DAILY, 1, local("2026-03-28T02:30"), "Europe/Madrid")
    assert [
        rotation.holder(utc(at)) for at in ("2026-03-29T00:30", "2026-03-29T00:59:59", "2026-03-29T01:00")
    ] == [
        "ana",
        "ana",
        "bo",
    ]


def test_the_local_hour_stays_through_the_year() -> None:
    """Rules kept in UTC, as in grafana/oncall, move with the clocks; nine o'clock in New York does not."""
    assert starts(
        Kind.WEEKLY, "2026-01-05T09:00", "America/New_York", "2026-03-02T14:00", "2026-03-10T00:00"
    ) == [
        "2026-03-02T14:00",
        "2026-03-09T13:00",
    ]


def test_months_from_the_31st_do_not_run_over() -> None:
    """GoAlert hands over on 3 March; we do on the last day of February and on 31 March again."""
    assert starts(Kind.MONTHLY, "2026-01-31T09:00", "UTC", "2026-01-31T09:00", "2026-05-01T00:00") == [
        "2026-01-31T09:00",
        "2026-02-28T09:00",
        "2026-03-31T09:00",
        "2026-04-30T09:00",
    ]


def test_a_turn_begun_in_a_gap_does_not_shift_the_ones_after() -> None:
    """300 days after a hand-off at the end of a jump the next one is at half past two again, not at two."""
    assert starts(
        Kind.DAILY, "2025-06-02T02:30", "Europe/Madrid", "2026-03-29T01:00", "2027-06-01T00:00", length=300
    ) == ["2026-03-29T01:00", "2027-01-23T01:30"]


def test_a_day_and_a_night_at_once_in_kwajalein() -> None:
    """In 1969 the clocks went back 23 hours: the hours shown twice are one long turn."""
    rotation = Rotation(("ana", "bo"), Kind.HOURLY, 1, local("1969-09-30T00:00"), "Pacific/Kwajalein")
    shift = rotation.shift(utc("1969-10-01T00:00"))
    assert shift is not None
    assert (shift.start, shift.end) == (utc("1969-09-30T12:00"), utc("1969-10-01T12:00"))
