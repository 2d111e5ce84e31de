"""When whoever has to tell a customer is reminded, and with whom that is while they are out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.standing_in import holder_of
from domain.telling import Amount, Telling, Weekly

MADRID, TAIPEI = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Taipei")
TELLING = Telling(lead="U0LEAD")
PEOPLE = ["U0ANA", "U0BEN", "U0CHEN", "U0LEAD", "U0IRIS"]


def reminders(since: datetime, zone: ZoneInfo, count: int) -> list[str]:
    """Return when somebody is reminded of what is never told, by their own clocks."""
    found, base = [], since
    for sent in range(count):
        base = TELLING.next_reminder(sent, base, base, zone)
        found.append(f"{base.astimezone(zone):%a %d %H:%M}")
    return found


def test_reminders_come_after_working_days_of_their_own() -> None:
    """After one, three and seven working days, then each seven, at the hour at which it began."""
    since = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # a Monday, 15:30 in Madrid
    assert reminders(since, MADRID, 5) == [
        *("Tue 24 15:30", "Thu 26 15:30", "Wed 02 15:30", "Fri 11 15:30", "Tue 22 15:30"),
    ]


def test_what_ends_in_the_night_counts_from_the_morning() -> None:
    """Fixed on Friday night: the first working day is Monday, so the reminder comes on Tuesday morning."""
    since = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    assert reminders(since, TAIPEI, 2) == ["Tue 24 09:00", "Thu 26 09:00"]


@given(
    hours=st.integers(0, 9000),
    stopped=st.timedeltas(timedelta(0), timedelta(days=40)),
    sent=st.integers(0, 9),
    zone=st.sampled_from([MADRID, TAIPEI, ZoneInfo("America/St_Johns")]),
)
def test_nobody_is_reminded_of_the_past_or_at_night(
    hours: int, stopped: timedelta, sent: int, zone: ZoneInfo
) -> None:
    """After a stop of Bugle of any length, a reminder is ahead, and in working hours."""
    since = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    now = since + stopped
    due = TELLING.next_reminder(sent, since, now, zone)
    assert due > now or due == TELLING.next_reminder(sent, now, now, zone)
    assert TELLING.hours.includes(due, zone)


def test_the_lead_hears_of_it_with_the_last() -> None:
    """Not with the first two, and each time from the third on."""
    assert [TELLING.is_leads(sent) for sent in (1, 2, 3, 4)] == [False, False, True, True]
    assert Amount(days=2, hours=1).of(TELLING.hours) == timedelta(hours=17)


@pytest.mark.parametrize(
    ("away", "gone", "holder"),
    [
        ((), (), "U0ANA"),
        (("U0ANA",), (), "U0BEN"),
        (("U0ANA", "U0BEN"), (), "U0LEAD"),
        ((), ("U0ANA", "U0BEN"), "U0LEAD"),
        (("U0LEAD",), ("U0ANA", "U0BEN"), "U0IRIS"),
        (("U0ANA", "U0BEN", "U0LEAD", "U0IRIS"), (), "U0LEAD"),
        (("U0ANA", "U0BEN", "U0IRIS"), ("U0LEAD",), "U0ANA"),
        ((), ("U0ANA", "U0BEN", "U0LEAD", "U0IRIS"), None),
    ],
)
def test_who_stands_in(away: tuple[str, ...], gone: tuple[str, ...], holder: str | None) -> None:
    """Whoever was named, then the lead, then others whose it could be; of people all away, the lead."""
    found = holder_of(
        ("U0ANA", "U0IRIS"),
        away=away,
        gone=gone,
        stand_ins={"U0ANA": "U0BEN", "U0BEN": "U0ANA"},
        lead="U0LEAD",
    )
    assert found == holder


@given(
    claims=st.lists(st.sampled_from(PEOPLE), max_size=4),
    away=st.sets(st.sampled_from(PEOPLE)),
    gone=st.sets(st.sampled_from(PEOPLE)),
    stand_ins=st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    lead=st.none() | st.sampled_from(PEOPLE),
)
def test_somebody_has_it_while_anybody_is_left(
    claims: list[str], away: set[str], gone: set[str], stand_ins: dict[str, str], lead: str | None
) -> None:
    """Nobody who has left, and nobody who is away while somebody whose it may be is here."""
    holder = holder_of(claims, away=away, gone=gone, stand_ins=stand_ins, lead=lead)
    left = {*claims, *([lead] if lead else [])} - gone
    assert (holder is not None) >= bool(left)
    assert holder not in gone
    if left - away:
        assert holder not in away


def test_the_week_ends_when_it_is_said() -> None:
    """On the day and at the time of the zone, through a change of the clocks."""
    weekly = Weekly("C0", day=0, zone=MADRID)
    assert weekly.last(datetime(2026, 3, 30, 7, 0, tzinfo=UTC)) == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
    assert weekly.last(datetime(2026, 3, 30, 6, 59, tzinfo=UTC)) == datetime(2026, 3, 23, 8, 0, tzinfo=UTC)
