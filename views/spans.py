"""Stretches of duty as people read them: in messages by Slack's clock, in menus by their own zone's."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from views.text import moment


def span(start: datetime, end: datetime) -> str:
    """Return a stretch in mrkdwn, each end shown in its reader's zone."""
    return f"{moment(start)} – {moment(end)}"


def plain_span(start: datetime, end: datetime, zone: ZoneInfo, language: str) -> str:
    """Return a stretch for where Slack shows no dates by itself, such as menus, in a reader's zone."""
    ends = (start.astimezone(zone), end.astimezone(zone))
    days = [format_date(each, "EEE d MMM", locale=language) for each in ends]
    times = [format_time(each, "short", locale=language) for each in ends]
    return f"{days[0]} {times[0]} – {days[1]} {times[1]}"
