"""Working hours, by tables worked out by hand and against a count of minutes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.working_hours import WorkingHours, WorkingHoursError

NINE_TO_FIVE = WorkingHours()
ALWAYS = WorkingHours(frozenset(range(7)), time(0), time(0))
MINUTE = timedelta(minutes=1)
ZONES = (
    "Europe/Madrid", "America/Mexico_City", "Asia/Taipei", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Africa/Cairo", "America/Santiago", "Pacific/Apia", "America/St_Johns", "UTC",
)  # fmt: skip


def at(text: str) -> datetime:
    """Return an instant of 2026 written as month-day hour:minute in UTC."""
    return datetime.fromisoformat(f"2026-{text}:00+00:00")


@pytest.mark.parametrize(
    ("zone", "since", "worked", "over"),
    [
        # Monday 23 November; Madrid is an hour ahead of UTC.
        ("Europe/Madrid", "11-23 09:00", timedelta(hours=1), "11-23 10:00"),
        ("Europe/Madrid", "11-23 05:00", timedelta(hours=1), "11-23 09:00"),  # before work
        ("Europe/Madrid", "11-23 15:30", timedelta(hours=1), "11-24 08:30"),  # over the night
        ("Europe/Madrid", "11-23 15:00", timedelta(hours=1), "11-23 16:00"),  # just in time
        ("Europe/Madrid", "11-27 15:45", timedelta(minutes=30), "11-30 08:15"),  # over the weekend
        ("Europe/Madrid", "11-28 12:00", timedelta(minutes=15), "11-30 08:15"),  # on a Saturday
        ("Europe/Madrid", "11-23 08:00", timedelta(hours=40), "11-27 16:00"),  # a whole week
        ("America/Mexico_City", "11-23 09:00", timedelta(hours=1), "11-23 16:00"),  # still night there
        ("Asia/Taipei", "11-23 09:30", timedelta(hours=1), "11-24 02:00"),  # already evening there
        ("Asia/Taipei", "11-27 22:00", timedelta(hours=1), "11-30 02:00"),  # already Saturday there
        ("Asia/Kathmandu", "11-23 04:00", timedelta(minutes=15), "11-23 04:15"),  # 5:45 ahead
        # Spain's clocks go back on Sunday 25 October: nine o'clock comes an hour later in UTC.
        ("Europe/Madrid", "10-23 14:30", timedelta(hours=1), "10-26 08:30"),
        ("Europe/Madrid", "03-27 15:30", timedelta(hours=1), "03-30 07:30"),
    ],
)
def test_work_is_counted_in_the_members_own_hours(
    zone: str, since: str, worked: timedelta, over: str
) -> None:
    """Only working time of the member's own zone counts; what is left goes on the next working day."""
    assert NINE_TO_FIVE.after(at(since), worked, ZoneInfo(zone)) == at(over)


def test_hours_that_the_clocks_change_within() -> None:
    """In a night of 7 or 9 hours what counts is the time that passes, and skipped hours hold none."""
    nights = WorkingHours(frozenset({6}), time(0), time(8))
    madrid = ZoneInfo("Europe/Madrid")
    assert nights.after(at("03-28 23:00"), timedelta(hours=7), madrid) == at("03-29 06:00")
    assert nights.after(at("10-24 22:00"), timedelta(hours=9), madrid) == at("10-25 07:00")
    skipped = WorkingHours(frozenset({6}), time(2), time(3))
    assert skipped.after(at("03-28 23:00"), timedelta(hours=1), madrid) == at("04-05 01:00")


def test_a_day_that_a_country_skipped_holds_no_work() -> None:
    """Samoa had no Friday 30 December 2011."""
    zone = ZoneInfo("Pacific/Apia")
    thursday = datetime(2011, 12, 29, 16, tzinfo=zone)
    assert NINE_TO_FIVE.after(thursday, timedelta(hours=2), zone) == datetime(2012, 1, 2, 10, tzinfo=zone)


def test_who_always_works_has_no_pauses() -> None:
    """Around the clock, working time is time."""
    since = at("10-25 00:30")
    for zone in ZONES:
        assert ALWAYS.after(since, timedelta(hours=100), ZoneInfo(zone)) == since + timedelta(hours=100)


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [
        (frozenset(), time(9), time(17)),
        (frozenset({7}), time(9), time(17)),
        (frozenset({0}), time(17), time(9)),
        (frozenset({0}), time(9), time(9)),
        (frozenset({0}), time(9), time(9, 10)),
        (frozenset({0}), time(23, 45), time(0)),
    ],
)
def test_hours_that_cannot_be_are_refused(days: frozenset[int], start: time, end: time) -> None:
    """No days, an end before the start, or hardly any time: refused with what to give instead."""
    with pytest.raises(WorkingHoursError, match="give"):
        WorkingHours(days, start, end)


HALVES = st.tuples(st.integers(0, 48), st.integers(0, 48)).filter(lambda pair: pair[0] < pair[1])
HOURS = st.builds(
    lambda days, halves: WorkingHours(days, wall(halves[0]), wall(halves[1])),
    st.frozensets(st.integers(0, 6), min_size=1),
    HALVES,
)
FIRST = datetime(2011, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 19 * 365 * 24 * 60).map(lambda minutes: FIRST + minutes * MINUTE)
AMOUNTS = st.integers(1, 60 * 24).map(lambda minutes: minutes * MINUTE)
PLACES = st.sampled_from(ZONES).map(ZoneInfo)


def wall(halves: int) -> time:
    """Return so many half hours after midnight."""
    return time(halves // 2 % 24, halves % 2 * 30)


@given(HOURS, INSTANTS, AMOUNTS, PLACES)
def test_exactly_the_amount_is_worked(
    hours: WorkingHours, since: datetime, worked: timedelta, zone: ZoneInfo
) -> None:
    """Between since and the answer lies exactly that much work, and the last of it ends there."""
    over = hours.after(since, worked, zone)
    between = timedelta(0)
    for begin, end in hours.spells(since, zone):
        assert begin < end
        between += max(min(end, over) - begin, timedelta(0))
        if end >= over:
            assert begin < over
            break
    assert between == worked


@given(HOURS, INSTANTS, AMOUNTS, AMOUNTS, PLACES)
def test_work_adds_up_and_never_runs_backwards(
    hours: WorkingHours, since: datetime, worked: timedelta, more: timedelta, zone: ZoneInfo
) -> None:
    """An amount and then another is both at once; who begins later is not done earlier."""
    both = hours.after(since, worked + more, zone)
    assert hours.after(hours.after(since, worked, zone), more, zone) == both
    assert hours.after(since + more, worked, zone) >= hours.after(since, worked, zone)


@settings(max_examples=50)
@given(HOURS, INSTANTS, st.integers(1, 300), st.sampled_from(["UTC", "Asia/Kathmandu", "Asia/Taipei"]))
def test_a_count_of_minutes_says_the_same(
    hours: WorkingHours, since: datetime, minutes: int, name: str
) -> None:
    """Where the clocks never change, going through time minute by minute comes to the same end."""
    zone, now, left = ZoneInfo(name), since, minutes
    while left:
        local = now.astimezone(zone)
        ends = hours.end if hours.end != time(0) else time.max
        left -= local.weekday() in hours.days and hours.start <= local.time() < ends
        now += MINUTE
    assert hours.after(since, minutes * MINUTE, zone) == now


def test_the_least_work_and_the_most_comes_to_an_end() -> None:
    """A month of work at half an hour a week is over some day."""
    scarce = WorkingHours(frozenset({2}), time(12), time(12, 30))
    assert scarce.after(at("11-23 09:00"), timedelta(hours=160), ZoneInfo("UTC")).year == 2033


@given(HOURS, INSTANTS, PLACES)
def test_work_includes_an_instant_when_a_minute_of_it_counts(
    hours: WorkingHours, since: datetime, zone: ZoneInfo
) -> None:
    """Somebody works at an instant exactly where work begun then goes on at once."""
    tick = timedelta(microseconds=1)
    assert hours.includes(since, zone) == (hours.after(since, tick, zone) == since + tick)
