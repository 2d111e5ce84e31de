"""Calendars of absences: what is fetched and what is refused, and when they say that somebody is away."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest

from gateways.absence_calendars import LARGEST, AbsenceCalendars, CalendarError, absences

TAIPEI = ZoneInfo("Asia/Taipei")
START = datetime(2026, 11, 23, tzinfo=UTC)
END = START + timedelta(days=60)
Answer = Callable[[BaseHTTPRequestHandler], None]


def calendar(*events: str) -> bytes:
    """Return a calendar with these events."""
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    for number, event in enumerate(events):
        parts += ["BEGIN:VEVENT", f"UID:{number}", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*parts, "END:VCALENDAR", ""]).encode()


HOLIDAY = "DTSTART;VALUE=DATE:20261201|DTEND;VALUE=DATE:20261203"


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """Yield the address of a server on this machine that answers so."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/fang.ics"
    server.shutdown()
    thread.join()
    server.server_close()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with a body."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def drips(request: BaseHTTPRequestHandler) -> None:
    """Answer with a byte now and then, until the other side has enough of it."""
    request.send_response(200)
    request.end_headers()
    waiting = threading.Event()
    try:
        while not waiting.wait(0.05):
            request.wfile.write(b"x")
    except OSError:
        return


def test_a_calendar_is_fetched() -> None:
    """What the address holds comes as it is."""
    with served(says(calendar(HOLIDAY))) as url:
        assert AbsenceCalendars(local=True).fetch(url) == calendar(HOLIDAY)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (says(b"", 404), "404"),
        (says(b"", 302, Location="http://169.254.169.254/"), "302"),
        (says(b"x" * (LARGEST + 1)), "larger"),
        (drips, "slowly"),
    ],
)
def test_an_answer_that_is_no_good_is_refused(answer: Answer, why: str) -> None:
    """Missing, leading elsewhere, too large, too slow: each says so, and nothing goes on for ever."""
    with served(answer) as url, pytest.raises(CalendarError, match=why):
        AbsenceCalendars(local=True, seconds=0.5).fetch(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/a.ics",
        "https://127.0.0.1/a.ics",
        "https://localhost/a.ics",
        "https://10.0.0.1/a.ics",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/a.ics",
        "https://[::ffff:127.0.0.1]/a.ics",
        "https://2130706433/a.ics",
        "file:///etc/passwd",
        "https://",
    ],
)
def test_what_is_not_on_the_open_internet_is_not_asked(url: str) -> None:
    """Machines of one's own network are none of an address's business, however they are written."""
    with pytest.raises(CalendarError, match=r"open internet|not known"):
        AbsenceCalendars().fetch(url)


def test_a_day_is_one_by_the_clocks_of_its_person() -> None:
    """An all-day event ends at the midnight after its last day, in the person's zone."""
    (found,) = absences(calendar(HOLIDAY), TAIPEI, START, END)
    assert (found.start, found.end) == (
        datetime(2026, 11, 30, 16, tzinfo=UTC),
        datetime(2026, 12, 2, 16, tzinfo=UTC),
    )


def test_an_absence_under_way_counts() -> None:
    """Read on its second day it is the same one, from its first."""
    found = absences(calendar(HOLIDAY), TAIPEI, START, END)
    assert absences(calendar(HOLIDAY), TAIPEI, datetime(2026, 12, 2, 3, tzinfo=UTC), END) == found


def test_what_recurs_counts_each_time_but_where_it_is_left_out() -> None:
    """Every Friday but one; each has a name of its own, the same when read again."""
    fridays = "DTSTART;VALUE=DATE:20261127|RRULE:FREQ=WEEKLY;COUNT=4|EXDATE;VALUE=DATE:20261204"
    found = absences(calendar(fridays), TAIPEI, START, END)
    assert [each.start.astimezone(TAIPEI).day for each in found] == [27, 11, 18]
    assert len({each.uid for each in found}) == 3
    assert absences(calendar(fridays), TAIPEI, START + timedelta(days=1), END) == found


def test_times_have_their_own_zone_or_the_persons() -> None:
    """UTC stays, floating times are local, and one that is cancelled or empty does not count."""
    found = absences(
        calendar(
            "DTSTART:20261125T080000Z|DTEND:20261125T120000Z",
            "DTSTART:20261126T080000|DTEND:20261126T120000",
            "DTSTART:20261127T080000Z|DTEND:20261127T120000Z|STATUS:CANCELLED",
            "DTSTART:20261128T080000Z|DTEND:20261128T080000Z",
        ),
        TAIPEI,
        START,
        END,
    )
    assert [each.start for each in found] == [
        datetime(2026, 11, 25, 8, tzinfo=UTC),
        datetime(2026, 11, 26, 0, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>sign in</html>",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\n",
        calendar("DTSTART;VALUE=DATE:19000101|DTEND;VALUE=DATE:99991231"),
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    """A page to sign in at, for one, says nothing of who is away."""
    with pytest.raises(CalendarError):
        absences(data, TAIPEI, START, END)


def test_a_rule_without_sense_or_end_does_no_harm() -> None:
    """Every second for ever: at most so many count, and soon."""
    hostile = calendar(
        "DTSTART:20261125T080000Z|DTEND:20261125T080001Z|RRULE:FREQ=SECONDLY",
        "DTSTART:garbage",
        HOLIDAY,
    )
    assert len(absences(hostile, TAIPEI, START, END)) <= 500
