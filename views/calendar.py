"""Shifts as an iCalendar file (RFC 5545), which Google, Outlook and Apple subscribe to or take in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from domain.duty import Why
from domain.duty_calendar import Event
from views.text import Translator, translator

CONTENT_TYPE = "text/calendar; charset=utf-8"
_AGAIN = timedelta(hours=1)


def own_title(language: str) -> str:
    """Return the name of the calendar with somebody's own shifts."""
    t = translator(language)
    return t("My bug rotation")


def calendar_file(
    events: Sequence[Event],
    sequences: Mapping[str, tuple[int, datetime]],
    names: Mapping[str, str] | None,
    title: str,
    language: str,
) -> bytes:
    """Return the file. *sequences* says how often each event changed, by uid, and when last (aware UTC).

    *names* are of the people on duty, by id; None where all is one person's, who needs no telling.
    """
    t = translator(language)
    calendar = Calendar()
    calendar.add("prodid", "-//Bugle//Bug rotation//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("name", title)
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        sequence, changed_at = sequences[event.uid]
        entry = Entry()
        entry.add("uid", event.uid)
        entry.add("sequence", sequence)
        entry.add("dtstamp", changed_at)
        entry.add("last-modified", changed_at)
        entry.add("dtstart", event.start)
        entry.add("dtend", event.end)
        entry.add("summary", _summary(t, event, names))
        if (why := _why(t, event.why)) is not None:
            entry.add("description", why)
        entry.add("transp", "TRANSPARENT")  # being on duty is no meeting
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _summary(t: Translator, event: Event, names: Mapping[str, str] | None) -> str:
    if names is None:
        return t("On duty: {rotation}").format(rotation=event.name)
    return t("{person} on duty: {rotation}").format(person=names[event.person], rotation=event.name)


def _why(t: Translator, why: Why) -> str | None:
    return {
        Why.OVERRIDE: t("Taken over for this time."),
        Why.SWAP: t("By a swap."),
        Why.STAND_IN: t("Standing in for somebody who is away."),
    }.get(why)
