"""How long to wait for the other side: as a 429 asks, or until a lost request has landed."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

UNSAID = 10.0
LEAST = 1.0
# A request that timed out may still be on its way in: look for its effect when it has had time to land.
SETTLING = timedelta(seconds=10)


def seconds_to_wait(header: str | None, now: datetime) -> float:
    """Read a Retry-After header, seconds or an HTTP date, as seconds from *now* (aware, real time).

    At least 1 s, so that nobody hammers at a limit; 10 s where the header is missing or unreadable.
    """
    if header is None:
        return UNSAID
    if header.strip().isdecimal():
        return max(float(header), LEAST)
    return _until(header, now)


def _until(date: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return UNSAID
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # "-0000" is read as naive, and is UTC
    return max((aware - now).total_seconds(), LEAST)
