"""Reading what [follow_up] of bugle.toml says of telling customers how it ended."""

import re
from datetime import time
from zoneinfo import ZoneInfo

from bot.rotation_config import read_working_hours
from bot.toml_patterns import CHANNEL, CHANNEL_FIX, PERSON, PERSON_FIX
from bot.toml_reader import Table
from domain.telling import Amount, Telling, TellWhen, Weekly
from domain.wall_clock import UnknownZoneError, zone_named
from domain.working_hours import DAYS

_AMOUNT = re.compile(r"[1-9][0-9]?[hd]")
_AMOUNT_FIX = "give working time in hours or working days up to 99, such as 4h or 3d"
_MOST = 10
USUAL = Telling()


def read_telling(table: Table) -> Telling:
    """Return the part of [follow_up] that is about customers; what is left out is as usual."""
    hours = read_working_hours(table.table_if_there("hours"))
    given = table.texts("remind_after", _AMOUNT, _AMOUNT_FIX, default=("1d", "3d", "7d"))
    amounts = tuple(_amount(each) for each in given if _AMOUNT.fullmatch(each)) or USUAL.remind_after
    lengths = [each.of(hours) for each in amounts]
    if lengths != sorted(set(lengths)) or not 1 <= len(given) <= _MOST:
        fix = f"give 1 to {_MOST} of them, each later than the one before"
        table.problem("remind_after", f"is {list(given)}", fix)
    stand_ins = table.names("stand_ins", PERSON, PERSON_FIX)
    for person, other in stand_ins.items():
        if not PERSON.fullmatch(other) or other == person:
            table.problem(f"stand_ins.{person}", f"is {other!r}", f"{PERSON_FIX}, of somebody else")
    return Telling(
        when=TellWhen(table.choice("tell_when", tuple(TellWhen), TellWhen.RESOLVED)),
        remind_after=amounts,
        hours=hours,
        lead=table.text("lead", PERSON, PERSON_FIX, default="") or None,
        stand_ins=stand_ins,
        weekly=_weekly(table.table_if_there("weekly")),
    )


def _amount(given: str) -> Amount:
    number = int(given[:-1])
    return Amount(days=number) if given[-1] == "d" else Amount(hours=number)


def _weekly(table: Table | None) -> Weekly | None:
    if table is None:
        return None
    return Weekly(
        channel=table.text("channel", CHANNEL, CHANNEL_FIX),
        day=DAYS.index(table.choice("day", DAYS, "mon")),
        at=table.time_of_day("at", time(9)),
        zone=_zone(table),
    )


def _zone(table: Table) -> ZoneInfo:
    name = table.text("zone", default="UTC")
    try:
        return zone_named(name)
    except UnknownZoneError:
        table.problem("zone", f"is {name!r}", "give a zone such as Europe/Madrid")
        return ZoneInfo("UTC")
