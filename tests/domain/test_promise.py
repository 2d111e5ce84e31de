"""Promises in working time, by tables worked out by hand and by what must hold for any."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.promise import Kind, Promise, Promises, Standing, Wait, by_kind, due_at, standings, waits
from domain.report_times import Event
from domain.team_calendar import TeamCalendar, UnknownHolidaysError
from domain.telling import TellWhen
from domain.working_hours import WorkingHours

HOUR = timedelta(hours=1)
MADRID = TeamCalendar(ZoneInfo("Europe/Madrid"), country="ES", subdivision="MD")
UTC_HOURS = TeamCalendar()
TAIPEI = TeamCalendar(ZoneInfo("Asia/Taipei"), country="TW", closed=frozenset({date(2026, 11, 24)}))
AROUND_THE_CLOCK = WorkingHours(frozenset(range(7)), time(0), time(0))
CALENDARS = (
    MADRID,
    UTC_HOURS,
    TAIPEI,
    TeamCalendar(ZoneInfo("Australia/Lord_Howe"), AROUND_THE_CLOCK, "AU"),
    TeamCalendar(ZoneInfo("America/Santiago"), WorkingHours(frozenset({6}), time(0), time(4)), "CL"),
)
FILED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday


def at(text: str) -> datetime:
    """Return an instant of 2026 written as month-day hour:minute in UTC."""
    return datetime.fromisoformat(f"2026-{text}:00+00:00")


def happened(*told: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> list[Event]:
    """Return events from what happened and when."""
    return [Event(at(each[1]), each[0], details=each[2] if len(each) > 2 else {}) for each in told]


def stands(
    *told: tuple[str, str] | tuple[str, str, dict[str, Any]],
    now: str = "11-23 12:00",
    when: TellWhen = TellWhen.RESOLVED,
) -> tuple[Standing, Standing]:
    """Return response (2 h) and resolution (10 h) of a report filed on Monday at nine, in UTC hours."""
    promises = Promises((Promise(response=2 * HOUR, resolution=10 * HOUR),))
    found = by_kind(
        standings(
            promises,
            when,
            severity="high",
            tiers=(),
            filed=FILED,
            events=happened(*told),
            now=at(now),
        )
    )
    return found[Kind.RESPONSE], found[Kind.RESOLUTION]


@pytest.mark.parametrize(
    ("calendar", "since", "hours", "paused", "due"),
    [
        (UTC_HOURS, "11-23 09:00", 8, [], "11-23 17:00"),
        (UTC_HOURS, "11-23 16:00", 2, [], "11-24 10:00"),
        (UTC_HOURS, "11-28 12:00", 1, [], "11-30 10:00"),  # a Saturday
        # An hour of waiting moves it by an hour, and one at night by nothing.
        (UTC_HOURS, "11-23 09:00", 2, [("11-23 10:00", "11-23 11:00")], "11-23 12:00"),
        (UTC_HOURS, "11-23 16:00", 2, [("11-23 20:00", "11-23 22:00")], "11-24 10:00"),
        (UTC_HOURS, "11-23 09:00", 2, [("11-23 10:00", "11-26 10:30")], "11-26 11:30"),
        # It was over before the wait began, and stays so; else it is open as long as that lasts.
        (UTC_HOURS, "11-23 09:00", 2, [("11-23 11:00", None)], "11-23 11:00"),
        (UTC_HOURS, "11-23 09:00", 2, [("11-23 10:59", None)], None),
        (UTC_HOURS, "11-23 09:00", 2, [("11-23 08:00", "11-23 10:00"), ("11-23 10:30", None)], None),
        # Constitution Day of 2026 is a Sunday, in Madrid made up for on Monday 7 December.
        (MADRID, "12-04 15:00", 2, [], "12-09 09:00"),
        # 1 May is a Friday; 2 May, a Saturday, is Madrid's own.
        (MADRID, "04-30 14:30", 1, [], "05-04 07:30"),
        # The clocks go back on Sunday 25 October.
        (MADRID, "10-23 14:30", 1, [], "10-26 08:30"),
        (TAIPEI, "11-23 08:30", 1, [], "11-25 01:30"),  # the 24th is closed
    ],
)
def test_only_working_time_of_the_team_counts(
    calendar: TeamCalendar, since: str, hours: int, paused: list[tuple[str, str | None]], due: str | None
) -> None:
    """Nights, weekends, holidays, closed days and waits do not count, whatever the clocks do."""
    waiting = [Wait(at(begin), at(end) if end else None) for begin, end in paused]
    found = due_at(calendar, at(since), hours * HOUR, waiting)
    assert found == (at(due) if due else None)


def test_the_strictest_of_all_that_hold_counts() -> None:
    """Of each kind the least time counts that any promise for its severity and its customers' tiers gives."""
    promises = Promises(
        (
            Promise(response=8 * HOUR, resolution=80 * HOUR),
            Promise(frozenset({"critical"}), response=2 * HOUR),
            Promise(frozenset({"critical", "high"}), frozenset({"enterprise"}), HOUR, 16 * HOUR),
            Promise(tiers=frozenset({"gold"}), resolution=4 * HOUR),
        )
    )
    least = promises.strictest
    assert least(Kind.RESPONSE, "low", ()) == 8 * HOUR
    assert least(Kind.RESPONSE, "critical", ()) == 2 * HOUR
    assert least(Kind.RESPONSE, "critical", {"starter", "enterprise"}) == HOUR
    assert least(Kind.RESOLUTION, "critical", {"enterprise", "gold"}) == 4 * HOUR
    assert least(Kind.RESOLUTION, "low", {"enterprise"}) == 80 * HOUR
    assert Promises((promises.all[3],)).strictest(Kind.RESPONSE, "low", {"gold"}) is None


@pytest.mark.parametrize(
    "first", ["acknowledged", "taken", "assigned", "asked", "replied", "phase_in_progress"]
)
def test_who_reacts_keeps_the_response(first: str) -> None:
    """The first sign of anybody keeps it, or comes too late."""
    assert stands((first, "11-23 11:00"))[0].was_kept is True
    assert stands((first, "11-23 11:01"))[0].was_kept is False
    assert (stands()[0].is_overdue, stands(now="11-23 10:59")[0].was_kept) == (True, None)


def test_waiting_for_the_reporter_does_not_count() -> None:
    """Neither between question and answer, nor while the issue needs info in Jira."""
    asked = ("asked", "11-23 10:00"), ("answered", "11-23 16:00")
    assert stands(*asked)[1].due == at("11-24 17:00")
    assert stands(*asked[:1])[1].due is None
    jira = ("phase_needs_info", "11-23 10:00"), ("phase_in_progress", "11-23 16:00")
    assert stands(*jira)[1].due == stands(*asked)[1].due
    both = (*asked[:1], ("phase_needs_info", "11-23 12:00"), ("answered", "11-23 14:00"), jira[1])
    assert stands(*both)[1].due == stands(*asked)[1].due


@pytest.mark.parametrize(
    "closed", ["not_a_bug", "duplicate", "phase_wont_fix", "phase_duplicate", "phase_gone"]
)
def test_what_is_closed_stands_still_and_goes_on_when_reopened(closed: str) -> None:
    """Nothing is due of what is closed; opened again it has as much time as it had."""
    assert stands((closed, "11-23 10:00"))[1].due is None
    opened = (closed, "11-23 10:00"), ("reopened", "11-23 14:00")
    assert stands(*opened)[1].due == at("11-24 15:00")
    in_jira = ("phase_fixed", "11-23 10:00"), ("phase_waiting", "11-23 14:00")
    assert (stands(*in_jira)[1].due, stands(*in_jira)[1].met) == (at("11-24 15:00"), None)


def test_a_fix_resolves_it_or_its_release() -> None:
    """By [follow_up] a fix keeps it, or all versions it is in; one in no version counts at once."""
    fixed = ("phase_fixed", "11-24 10:00", {"versions": ["2.1"]})
    assert stands(fixed)[1].was_kept is True
    later = {"when": TellWhen.RELEASED}
    assert stands(fixed, now="11-24 11:01", **later)[1].is_overdue
    assert stands(fixed, ("phase_released", "11-24 10:30"), **later)[1].was_kept is True
    assert stands(fixed, ("phase_released", "11-25 10:30"), **later)[1].was_kept is False
    assert stands(("phase_fixed", "11-24 10:00"), **later)[1].was_kept is True


def test_what_was_fixed_too_late_was_not_kept() -> None:
    """Fixed after its time it is not kept, also where the report waited in between."""
    assert stands(("phase_fixed", "11-24 11:01"))[1].was_kept is False
    assert stands(("asked", "11-23 10:00"), ("phase_fixed", "11-30 10:00"))[1].was_kept is True


def test_holidays_nobody_knows_are_refused() -> None:
    """A country or a part of one that the library does not have is named, with those it has."""
    with pytest.raises(UnknownHolidaysError) as refused:
        TeamCalendar(country="XX")
    assert "ES" in refused.value.known
    with pytest.raises(UnknownHolidaysError) as refused:
        TeamCalendar(country="ES", subdivision="ZZ")
    assert (refused.value.name, "MD" in refused.value.known) == ("ZZ", True)


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
LENGTHS = st.integers(1, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def pauses(draw: st.DrawFn) -> list[Wait]:
    """Draw waits in order, apart from each other, all of which have ended."""
    found = sorted(draw(st.lists(INSTANTS, unique=True, max_size=6)))
    return [Wait(*each) for each in zip(found[::2], found[1::2], strict=False)]


@given(st.sampled_from(CALENDARS), st.tuples(INSTANTS, INSTANTS), LENGTHS, LENGTHS, pauses())
@settings(max_examples=300, deadline=None)
def test_later_and_longer_is_never_due_sooner(
    calendar: TeamCalendar,
    between: tuple[datetime, datetime],
    short: timedelta,
    more: timedelta,
    paused: list[Wait],
) -> None:
    """What begins later, or has more time, is due at the same time or later."""
    since, later = sorted(between)
    due = due_at(calendar, since, short, paused)
    assert due is not None
    assert due <= (due_at(calendar, later, short, paused) or since)
    assert due < (due_at(calendar, since, short + more, paused) or since)


@given(st.sampled_from(CALENDARS), INSTANTS, LENGTHS, pauses())
@settings(max_examples=300, deadline=None)
def test_it_is_due_in_working_time_that_is_no_wait(
    calendar: TeamCalendar, since: datetime, length: timedelta, paused: list[Wait]
) -> None:
    """The last moment before it is due is one of work, on no closed day, while nobody waits."""
    due = due_at(calendar, since, length, paused)
    assert due is not None
    before = due - timedelta(microseconds=1)
    assert next(calendar.spells(before))[0] == before
    assert not calendar.is_closed(before.astimezone(calendar.zone).date())
    assert not any(each.since <= before < (each.until or due) for each in paused)


@given(st.sampled_from(CALENDARS), INSTANTS, LENGTHS, pauses())
@settings(max_examples=300, deadline=None)
def test_waiting_only_postpones_by_what_was_waited(
    calendar: TeamCalendar, since: datetime, length: timedelta, paused: list[Wait]
) -> None:
    """With waits it is never due sooner; in between lies exactly the time promised."""
    due, at_once = due_at(calendar, since, length, paused), due_at(calendar, since, length, [])
    assert due is not None
    assert at_once is not None
    assert due >= at_once
    worked = timedelta(0)
    for begin, end in calendar.spells(since):
        if begin >= due:
            break
        stop = min(end, due)
        lost = (max(min(stop, each.until or stop) - max(begin, each.since), timedelta(0)) for each in paused)
        worked += stop - begin - sum(lost, timedelta(0))
    assert worked == length


KINDS = ("asked", "answered", "duplicate", "not_a_bug", "reopened", "phase_fixed", "phase_needs_info",
         "phase_waiting", "phase_wont_fix", "taken")  # fmt: skip


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_waits_come_in_order_and_apart(told: list[str]) -> None:
    """Whatever happens, waits do not overlap, and only the last may have no end."""
    events = [Event(FILED + number * HOUR, what) for number, what in enumerate(told)]
    found = waits(events, TellWhen.RESOLVED)
    assert all(each.until is not None and each.since < each.until for each in found[:-1])
    ends = [each.until for each in found[:-1]]
    assert all(end is not None and end < then.since for end, then in zip(ends, found[1:], strict=True))
