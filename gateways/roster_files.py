"""Rosters that other tools wrote, as CSV or iCalendar: who has which stretch, as the file says it."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from io import StringIO
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from domain.roster import Entry
from domain.wall_clock import resolve

_START = ("start", "begin", "begins", "from")
_END = ("end", "ends", "until", "to")
_WHO = ("person", "email", "e-mail", "name", "user", "who")


class RosterError(ValueError):
    """A file, or a line of it, that cannot be read; the message says what is wrong and what to give."""


def read_csv(text: str, zone: ZoneInfo) -> Iterator[Entry | tuple[int, str]]:
    """Yield the entries of a CSV file with a header, and of lines that cannot be read number and reason.

    Columns are found by their header, in any order: start, end, and person, email or name. Times without an
    offset are local times of *zone*. RosterError where a column is missing.
    """
    rows = csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter(text))
    header = [name.strip().casefold() for name in next(rows, [])]
    start, end = _column(header, _START), _column(header, _END)
    who = [place for name in _WHO for place, each in enumerate(header) if each == name]
    if not who:
        raise RosterError(f"has no column for people: name one {', '.join(_WHO)}")
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            named = tuple(cell for place in who if place < len(row) and (cell := row[place].strip()))
            yield _entry(rows.line_num, _instant(row, start, zone), _instant(row, end, zone), named)
        except RosterError as error:
            yield rows.line_num, str(error)


def read_ical(
    data: bytes, zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[Entry | tuple[int, str]]:
    """Yield the events of an iCalendar file that overlap [*start*, *end*), those that recur each time.

    People are named by an attendee's address or the title. Times without a zone, and days, are local ones of
    *zone*. RosterError where it is no iCalendar file.
    """
    try:
        calendar = Calendar.from_ical(data)
        found = recurring_ical_events.of(calendar).between(start, end)
    except ValueError as error:
        raise RosterError(f"is no iCalendar file ({error})") from error
    ordered = sorted(found, key=lambda event: _utc(event.start, zone))
    for number, event in enumerate(ordered, 1):
        try:
            yield _entry(number, _utc(event.start, zone), _utc(event.end, zone), tuple(_named(event)))
        except RosterError as error:
            yield number, str(error)


def _entry(line: int, start: datetime, end: datetime, who: tuple[str, ...]) -> Entry:
    if end <= start:
        raise RosterError("ends before it begins: give a later end")
    if not who:
        raise RosterError("names nobody: give a person, an e-mail address or a name")
    return Entry(line, start, end, who)


def _named(event: Event) -> Iterator[str]:
    attendees = event.get("attendee", [])
    for each in attendees if isinstance(attendees, list) else [attendees]:
        yield str(each).removeprefix("mailto:").removeprefix("MAILTO:")
    if summary := str(event.get("summary", "")).strip():
        yield summary


def _utc(given: date, zone: ZoneInfo) -> datetime:
    """Return the instant of a time or of the beginning of a day."""
    if not isinstance(given, datetime):
        return resolve(datetime.combine(given, time(0)), zone)
    return resolve(given, zone) if given.tzinfo is None else given.astimezone(UTC)


def _instant(row: list[str], place: int, zone: ZoneInfo) -> datetime:
    text = row[place].strip() if place < len(row) else ""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise RosterError(f"{text!r} is no date and time such as 2026-01-05T09:00") from None
    return _utc(given, zone)


def _column(header: list[str], names: tuple[str, ...]) -> int:
    found = next((place for name in names for place, each in enumerate(header) if each == name), None)
    if found is None:
        raise RosterError(f"has no column {names[0]!r}: the first line names the columns start, end, person")
    return found


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)
