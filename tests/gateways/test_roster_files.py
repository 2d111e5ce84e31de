"""Rosters as other tools write them."""

from zoneinfo import ZoneInfo

import pytest

from domain.roster import Entry
from gateways.roster_files import RosterError, read_csv, read_ical
from tests.domain.rotations import DAY, utc

MADRID = ZoneInfo("Europe/Madrid")
START, END = utc("2026-03-01T00:00"), utc("2026-05-01T00:00")


def test_columns_are_found_by_their_names() -> None:
    """Order, case, separator and further columns do not matter; empty lines are none."""
    text = "\ufeffNotes;Name;E-Mail;END;Start\n;Elsa;elsa@a.example;2026-03-09 09:00;2026-03-02 09:00\n;;;;\n"
    assert list(read_csv(text, MADRID)) == [
        Entry(2, utc("2026-03-02T08:00"), utc("2026-03-09T08:00"), ("elsa@a.example", "Elsa"))
    ]


def test_times_are_local_unless_they_say_otherwise() -> None:
    """A time in the hour that spring skips is the end of the jump; one with an offset is what it says."""
    text = "start,end,person\n2026-03-29T02:30,2026-03-29T12:00+00:00,U0ELSA\n"
    (found,) = read_csv(text, MADRID)
    assert found == Entry(2, utc("2026-03-29T01:00"), utc("2026-03-29T12:00"), ("U0ELSA",))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("tomorrow,2026-03-09,U0ELSA", "'tomorrow' is no date and time"),
        ("2026-03-09,2026-03-02,U0ELSA", "ends before it begins"),
        ("2026-03-02,2026-03-09,", "names nobody"),
        ("2026-03-02", "'' is no date and time"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(row: str, reason: str) -> None:
    """Its number and what is wrong with it come in its place."""
    bad, good = read_csv(f"start,end,person\n{row}\n2026-03-09,2026-03-16,U0FANG\n", MADRID)
    assert isinstance(bad, tuple)
    assert bad[0] == 2
    assert reason in bad[1]
    assert isinstance(good, Entry)


@pytest.mark.parametrize("text", ["", "begin,person\n", "start,end\n", "a,b,c\n1,2,3\n"])
def test_a_file_without_its_columns_is_refused(text: str) -> None:
    """What is missing is named."""
    with pytest.raises(RosterError, match="column"):
        list(read_csv(text, MADRID))


def test_events_that_recur_come_each_time() -> None:
    """Each occurrence is an entry, at the same local time on both sides of a clock change."""
    data = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        b"DTSTART;TZID=Europe/Madrid:20260316T090000\r\nDTEND;TZID=Europe/Madrid:20260323T090000\r\n"
        b"RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2\r\nSUMMARY:Elsa on call\r\nATTENDEE:mailto:elsa@a.example\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    who = ("elsa@a.example", "Elsa on call")
    assert list(read_ical(data, MADRID, START, END)) == [
        Entry(1, utc("2026-03-16T08:00"), utc("2026-03-23T08:00"), who),
        Entry(2, utc("2026-03-30T07:00"), utc("2026-04-06T07:00"), who),
    ]


def test_whole_days_are_the_zones() -> None:
    """An event of days begins and ends at local midnight."""
    data = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        b"DTSTART;VALUE=DATE:20260401\r\nDTEND;VALUE=DATE:20260403\r\nSUMMARY:Fang\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (found,) = read_ical(data, MADRID, START, END)
    assert isinstance(found, Entry)
    assert (found.start, found.end - found.start) == (utc("2026-03-31T22:00"), 2 * DAY)


@pytest.mark.parametrize(
    "data", [b"", b"no calendar", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfe\x00"]
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    """Whatever else the file holds, the refusal says that it is no iCalendar."""
    with pytest.raises(RosterError, match="iCalendar"):
        list(read_ical(data, MADRID, START, END))
