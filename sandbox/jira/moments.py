"""The times JQL can name."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from sandbox.jira.errors import JiraError
from sandbox.jira.jql import Value

_PERIOD = re.compile(r"([+-]?)((?:\d+[mhdwM]\s*)+|\d+)")
_PART = re.compile(r"(\d+)([mhdwM]?)")
_UNITS = {
    "": timedelta(minutes=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "M": timedelta(days=30),
}
_FORMATS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


def moment(field: str, value: Value, now: datetime, zone: tzinfo) -> datetime:
    """Return the UTC time *value* means for *field*: now(), epoch milliseconds, a period or a date in *zone*.

    JiraError 400 where it is none of these.
    """
    said = value.text.strip()
    if value.function:
        return _function(said, now, zone)
    if not value.quoted and said.isdigit() and len(said) > 8:
        return datetime.fromtimestamp(int(said) / 1000, UTC)
    if period := _PERIOD.fullmatch(said):
        length = sum((int(number) * _UNITS[unit] for number, unit in _PART.findall(period[2])), timedelta())
        return now - length if period[1] == "-" else now + length
    for form in _FORMATS:
        try:
            return datetime.strptime(said, form).replace(tzinfo=zone).astimezone(UTC)
        except ValueError:
            continue
    raise JiraError(
        400,
        f"Date value '{said}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', "
        "'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
    )


def _function(name: str, now: datetime, zone: tzinfo) -> datetime:
    if name.lower() == "now":
        return now
    if name.lower() == "startofday":
        return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    raise JiraError(400, f"Unable to find JQL function '{name}()'.")
