"""Finding a time zone by what somebody types: a city, a country's region, or the IANA name."""

from datetime import datetime

from domain.wall_clock import zone_named, zone_names

MOST = 100
# What nobody means by a place: names without one, and those kept for old systems alone.
_PLACES = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


def zones_like(typed: str) -> list[str]:
    """Return the IANA names, at most MOST, that hold every word typed, in any order; cities first."""
    words = typed.casefold().replace("_", " ").replace("/", " ").split()
    found = [name for name in _choices() if all(word in name.casefold().replace("_", " ") for word in words)]
    first = words[0] if words else ""
    return sorted(found, key=lambda name: (not _city(name).startswith(first), name))[:MOST]


def offset_of(zone: str, at: datetime) -> str:
    """Return how far the clocks of a zone are from UTC at the aware instant *at*, as "UTC+05:30"."""
    offset = at.astimezone(zone_named(zone)).strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:5]}"


def _choices() -> list[str]:
    return [name for name in zone_names() if name == "UTC" or name.startswith(_PLACES)]


def _city(name: str) -> str:
    return name.rpartition("/")[2].casefold().replace("_", " ")
