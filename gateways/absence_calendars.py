"""Calendars of absences, fetched from where people keep them, and read: when somebody is away.

An address comes from bugle.toml, yet leads wherever its owner likes: nothing but the open internet is asked,
each answer is limited in size and time, and none leads on to another address.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from itertools import islice, takewhile
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from domain.wall_clock import resolve

LARGEST = 2 * 1024 * 1024  # bytes
_PIECE = 64 * 1024
_MOST = 500  # events of one calendar that count
_DAY = timedelta(days=1)


class CalendarError(Exception):
    """A calendar that could not be fetched or read; the message says why, without its secret address."""


class Absence(NamedTuple):
    """Somebody is away in [*start*, *end*), aware UTC; *uid* names this occurrence for good."""

    uid: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class AbsenceCalendars:
    """Fetches calendars within so many *seconds*; *local* lets it ask this machine too, for the sandbox."""

    local: bool = False
    seconds: float = 20.0

    def fetch(self, url: str) -> bytes:
        """Return the calendar at an address; CalendarError where it is not given, or not to be asked."""
        address = urlsplit(url)
        deadline = time.monotonic() + self.seconds
        connection = self._connection(address)
        try:
            path = (address.path or "/") + (f"?{address.query}" if address.query else "")
            connection.request("GET", path, headers={"Accept": "text/calendar"})
            return _poured(connection.getresponse(), deadline)
        except (OSError, HTTPException) as error:
            raise CalendarError(f"{address.hostname} could not be asked: {type(error).__name__}") from error
        finally:
            connection.close()

    def _connection(self, address: SplitResult) -> HTTPConnection:
        """Return a connection to the very machine that was looked up: another time it could be another."""
        host = address.hostname or ""
        try:
            port = address.port or (443 if address.scheme == "https" else 80)
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, ValueError, UnicodeError) as error:
            raise CalendarError(f"{host} is not known") from error
        machine = str(found[0][4][0])
        loopback = ipaddress.ip_address(machine).is_loopback
        if loopback and self.local:
            return HTTPConnection(machine, port, timeout=self.seconds / 2)
        if not all(ipaddress.ip_address(each[4][0]).is_global for each in found):
            raise CalendarError(f"{host} is not on the open internet")
        if address.scheme != "https":
            raise CalendarError(f"{host} is not asked without https")
        return _To(machine, host, port, self.seconds / 2)


class _To(HTTPSConnection):
    """An encrypted connection to a machine, which must prove to be the host it is called."""

    def __init__(self, machine: str, host: str, port: int, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._machine = machine

    def connect(self) -> None:
        """Connect to the machine that was looked at."""
        plain = socket.create_connection((self._machine, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def absences(data: bytes, zone: ZoneInfo, start: datetime, end: datetime) -> list[Absence]:
    """Return when a calendar says that somebody in *zone* is away, within [*start*, *end*), aware.

    Each event counts, those that recur each time; cancelled ones do not. Days and times without a zone are
    those of *zone*. CalendarError where it is no calendar.
    """
    try:
        calendar = Calendar.from_ical(data)
        coming = recurring_ical_events.of(calendar, skip_bad_series=True).after(start)
        found = list(islice(takewhile(lambda event: _utc(event.start, zone) < end, coming), _MOST))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise CalendarError(f"it is no calendar that can be read: {type(error).__name__}") from error
    read = (_absence(event, zone) for event in found)
    return sorted({each for each in read if each is not None and each.end > start})


def _absence(event: Any, zone: ZoneInfo) -> Absence | None:
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or "DTSTART" not in event:
        return None
    begin, over = event.start, event.end
    if over == begin and not isinstance(begin, datetime):
        over = begin + _DAY
    start, end = _utc(begin, zone), _utc(over, zone)
    uid = f"{str(event.get('UID', ''))[:900]}:{start.isoformat()}"
    return Absence(uid, start, end) if start < end else None


def _utc(at: date, zone: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day)  # noqa: DTZ001 - a day begins by the person's own clock
    return resolve(at, zone) if at.tzinfo is None else at.astimezone(UTC)


def _poured(answer: HTTPResponse, deadline: float) -> bytes:
    """Return what was answered, as long as it is small and soon enough."""
    if answer.status != 200:
        raise CalendarError(f"it was answered with {answer.status}")
    return b"".join(_pieces(answer, deadline))


def _pieces(answer: HTTPResponse, deadline: float) -> Iterator[bytes]:
    size = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > LARGEST:
            raise CalendarError("it is larger than 2 MB")
        if time.monotonic() > deadline:
            raise CalendarError("it came too slowly")
        yield piece
