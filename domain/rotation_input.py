"""What may be given for a rotation: each refusal names the field and the way out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.wall_clock import ClockChange, UnknownZoneError, change_at, zone_named

MAX_LENGTH = 10_000
START_YEARS = range(1900, 3000)
_MINUTE = "%Y-%m-%d %H:%M"


class RotationError(ValueError):
    """Something asked of a rotation that cannot be: *field* is where, the message why and the way out."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


def check_members(members: tuple[str, ...]) -> None:
    """Refuse nobody, blanks and doubles."""
    if not members:
        raise RotationError("members", "there are none. Name at least one person.")
    if not all(member.strip() for member in members):
        raise RotationError("members", "one is blank. Give that person's id, or leave the entry out.")
    doubles = sorted({member for member in members if members.count(member) > 1})
    if doubles:
        raise RotationError("members", f"{', '.join(doubles)} comes more than once. Name each person once.")


def check_length(length: int) -> None:
    """Refuse turns of no length, and those that would run off the calendar."""
    if not 1 <= length <= MAX_LENGTH:
        raise RotationError("length", f"{length} is out of range. Give one from 1 to {MAX_LENGTH}.")


def checked_zone(name: str) -> ZoneInfo:
    """Find the zone called *name*; the refusal names the nearest ones."""
    try:
        return zone_named(name)
    except UnknownZoneError as error:
        raise RotationError("zone", str(error)) from error


def check_start(start: datetime) -> None:
    """Refuse a start that is not local time to the minute, of a year that can be meant."""
    if start.tzinfo is not None:
        raise RotationError("start", f"{start} carries an offset. Give local time alone; zone says where.")
    if start.second or start.microsecond:
        raise RotationError("start", f"{start} has seconds. Give hours and minutes only.")
    if start.year not in START_YEARS:
        raise RotationError("start", f"{start:%Y-%m-%d} is out of range. Give a year from 1900 to 2999.")


def check_start_is_clear(start: datetime, zone: ZoneInfo) -> None:
    """Refuse a start that the clocks of *zone* never show, or show twice."""
    change = change_at(start, zone)
    if change is not None:
        raise RotationError("start", f"{start:{_MINUTE}} {_why_unclear(change, zone)}.")


def _why_unclear(change: ClockChange, zone: ZoneInfo) -> str:
    """Say what the clocks do there, and from which minute on they are clear again."""
    before, after = change.shown_before, change.shown_after
    clear = max(before, after)
    clear += timedelta(seconds=-clear.second % 60)
    jump = f"{before} straight to {after}" if change.skips else f"{before} back to {after}"
    verdict = "does not exist" if change.skips else "comes twice"
    return f"{verdict} in {zone.key}, whose clocks go from {jump}. Give {clear:{_MINUTE}} or later"
