"""Until when a ping can be snoozed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.snooze import Until, offered
from domain.working_hours import USUAL, WorkingHours

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
zones = st.sampled_from(["UTC", "Asia/Taipei", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe"])
some_hours = st.builds(
    WorkingHours,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times(time(0), time(12)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.just(time(18)),
)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def names(now: datetime, ends: datetime | None = None) -> list[str]:
    """Return what is offered to somebody in Stockholm."""
    return [each.until for each in offered(now, USUAL, STOCKHOLM, ends)]


def test_on_a_monday_tomorrow_is_the_next_working_day() -> None:
    """An hour, four hours and tomorrow, when they begin to work: one instant has one name."""
    found = offered(MONDAY, USUAL, STOCKHOLM, None)
    assert [each.until for each in found] == [Until.HOUR, Until.HOURS, Until.TOMORROW]
    assert found[-1].at == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_on_a_friday_the_next_working_day_is_monday() -> None:
    """Before a weekend tomorrow and the next working day are two."""
    friday = MONDAY + timedelta(days=4)
    found = {each.until: each.at for each in offered(friday, USUAL, STOCKHOLM, None)}
    assert found[Until.TOMORROW] == datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
    assert found[Until.WORKING_DAY] == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def test_nobody_snoozes_past_their_duty() -> None:
    """What would be later than the hand-off ends with it."""
    assert names(MONDAY, MONDAY + 3 * HOUR) == [Until.HOUR, Until.HAND_OFF]
    assert names(MONDAY, MONDAY + HOUR) == [Until.HAND_OFF]
    assert names(MONDAY, MONDAY + timedelta(days=6)) == [Until.HOUR, Until.HOURS, Until.TOMORROW]


@given(instants, some_hours, zones, st.none() | st.timedeltas(timedelta(seconds=1), timedelta(days=9)))
def test_all_that_is_offered_is_to_come_and_in_order(
    now: datetime, hours: WorkingHours, zone: str, left: timedelta | None
) -> None:
    """Each time is later than now and than the one before, and none is past the hand-off."""
    ends = now + left if left is not None else None
    found = offered(now, hours, ZoneInfo(zone), ends)
    times = [each.at for each in found]
    assert found
    assert times == sorted(set(times))
    assert times[0] > now
    assert ends is None or times[-1] <= ends
