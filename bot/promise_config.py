"""Reading what bugle.toml promises: [calendar] with the days that count, and [[promises]]."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.rotation_config import read_working_hours
from bot.toml_patterns import KEY, KEY_FIX
from bot.toml_reader import Table
from domain.config import Config
from domain.promise import Promise, Promises
from domain.team_calendar import TeamCalendar, UnknownHolidaysError
from domain.wall_clock import UnknownZoneError, zone_named

_AMOUNT = re.compile(r"[1-9][0-9]{0,3}[mh]")
_AMOUNT_FIX = "give minutes or hours of working time up to 9999, such as 30m or 40h"
_TIER = re.compile(r"\S(.{0,148}\S)?")
_TIER_FIX = "give names of 1 to 150 characters"
_COUNTRY_FIX = "give a country by its code of two letters (ISO 3166-1), such as ES"
_SUBDIVISION_FIX = "give a part of the country by its code (ISO 3166-2, behind the hyphen), such as MD"


def read_promises(top: Table) -> Promises:
    """Return what is promised, and in which hours; nothing where there are no [[promises]]."""
    table = top.table_if_there("calendar")
    promises = tuple(map(_promise, top.tables("promises")))
    if table is None:
        return Promises(promises)
    warn_at = table.number("warn_at", default=75)
    if warn_at not in range(1, 100):
        table.problem("warn_at", f"is {warn_at}", "give a percentage from 1 to 99")
    return Promises(promises, _calendar(table), warn_at)


def cross_check_promises(config: Config, top: Table) -> None:
    """Note which severities and tiers promises name that are defined nowhere."""
    severities = {each.key for each in config.severities}
    for number, promise in enumerate(config.promises.all):
        named: tuple[tuple[str, frozenset[str], set[str], str], ...] = (
            ("severities", promise.severities, severities, "add a [[severities]] with that key"),
            ("tiers", promise.tiers, set(config.customers.tiers), "name it in tiers of [customers]"),
        )
        for key, given, known, fix in named:
            for each in sorted(given - known):
                what = f"names {each!r}, which is defined nowhere"
                top.problem(f"promises[{number}].{key}", what, top.nearest(each, known, fix))


def _promise(table: Table) -> Promise:
    response, resolution = (_amount(table, key) for key in ("response", "resolution"))
    if not table.has("response") and not table.has("resolution"):
        table.problem("response", "is missing", f"{_AMOUNT_FIX}, or give resolution")
    return Promise(
        frozenset(table.texts("severities", KEY, KEY_FIX)),
        frozenset(table.texts("tiers", _TIER, _TIER_FIX)),
        response,
        resolution,
    )


def _amount(table: Table, key: str) -> timedelta | None:
    given = table.text(key, _AMOUNT, _AMOUNT_FIX, default="")
    if not _AMOUNT.fullmatch(given):
        return None
    amount = int(given[:-1])
    return timedelta(minutes=amount) if given.endswith("m") else timedelta(hours=amount)


def _calendar(table: Table) -> TeamCalendar:
    told: dict[str, Any] = {
        "zone": _zone(table),
        "hours": read_working_hours(table.table_if_there("hours")),
        "closed": frozenset(table.dates("closed")),
    }
    country = table.text("country", default="") or None
    subdivision = table.text("subdivision", default="") or None
    if subdivision is not None and country is None:
        table.problem("country", "is missing", f"{_COUNTRY_FIX}, or leave subdivision out")
        return TeamCalendar(**told)
    try:
        return TeamCalendar(**told, country=country, subdivision=subdivision)
    except UnknownHolidaysError as error:
        key, fix = ("country", _COUNTRY_FIX) if error.name == country else ("subdivision", _SUBDIVISION_FIX)
        what = f"is {error.name!r}, whose holidays Bugle does not know"
        meant = next((each for each in error.known if each == error.name.upper()), None)
        if meant is not None:
            fix = f"did you mean {meant}?"
        elif key == "subdivision" and error.known:
            fix = f"{fix}; known here: {', '.join(error.known)}"
        table.problem(key, what, fix)
        return TeamCalendar(**told)


def _zone(table: Table) -> ZoneInfo:
    try:
        return zone_named(table.text("zone", default="UTC"))
    except UnknownZoneError as error:
        table.problem("zone", "cannot be used", str(error))
        return ZoneInfo("UTC")
