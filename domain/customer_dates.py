"""Reading dates, however a spreadsheet or a person writes them, where only one day can be meant."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from domain.customer_faults import BadCell, Why


class Order(StrEnum):
    """What comes first in dates such as 03/04/2026, where the one who gives them says so."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.*)?")
_CHINESE = re.compile(r"(民國)?\s*(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_DAY_MONTH = re.compile(r"(\d{1,2})[\s.-]*(?:de )?([a-z]+)\.?(?: de | del |[\s,-]+)(\d{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, whole in enumerate(names.split(), 1)
    for name in (whole, whole[:3], whole[:4])
} | {"setiembre": 9}


def day(text: str, order: Order | None = None) -> date:
    """Return a date: ISO, in words, or as written locally where only one day can be meant or *order* says.

    With full stops the day comes first, wherever dates are written so.
    """
    bare = unicodedata.normalize("NFKC", text).strip().casefold()
    if found := _ISO.fullmatch(bare):
        return _date(text, found[1], found[3], found[4])
    if found := _CHINESE.fullmatch(bare):
        year = int(found[2]) + 1911 if found[1] else found[2]
        return _date(text, year, found[3], found[4])
    if found := _DAY_MONTH.fullmatch(bare):
        return _date(text, found[3], _MONTHS.get(found[2], 0), found[1])
    if found := _MONTH_DAY.fullmatch(bare):
        return _date(text, found[3], _MONTHS.get(found[1], 0), found[2])
    if found := _YEAR_LAST.fullmatch(bare):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > 12 or order is Order.DAY_FIRST:
            return _date(text, found[4], second, first)
        if second > 12 or first == second or order is Order.MONTH_FIRST:
            return _date(text, found[4], first, second)
        raise BadCell(Why.UNCLEAR_DATE, text)
    raise BadCell(Why.NO_DATE, text)


def _date(text: str, year: str | int, month: str | int, day: str | int) -> date:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        raise BadCell(Why.NO_DATE, text) from None
    if not 1900 <= made.year <= 2200:
        raise BadCell(Why.NO_DATE, text)
    return made
