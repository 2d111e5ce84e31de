"""The coming shifts as a picture: a row for each week, a bar for each shift, gaps hatched, now marked.

Outside the hours of duty it is grey: that is no gap.

Drawn on white of its own, so that it reads in Slack's light and dark looks alike. Pillow's own font knows
plain Latin letters alone and no other is there for certain: names lose their accents, and who has no such
letters is shown by their number in the order of turns.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont

from domain.duty import Duty, Why
from domain.rotation import Kind

# Large enough to be read at a phone's width, which is a third of it.
_LEFT, _TOP, _DAY_WIDE, _ROW_HIGH, _BAR_TOP, _EDGE = 160, 16, 180, 150, 52, 16
_NAME, _DATE, _SMALL = 48, 36, 26
_PAPER, _INK, _FAINT, _LINE, _WEEKEND, _NOW = "#ffffff", "#1d1c1d", "#5c5b60", "#c9c8cc", "#f1f1f4", "#c8102e"
_GAP, _HATCH = "#e8e7ea", "#8a898e"
# Each with at least 4.5 : 1 against the white of the names.
_COLOURS = ("#1f5fa8", "#9c3d00", "#16705a", "#7d2e86", "#7a5900", "#b0214f", "#3f4a9e", "#4c6a12")
_LATIN = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "œ": "oe",
    "ı": "i", "þ": "th", "ð": "d",
})  # fmt: skip
_WEEKS = {Kind.HOURLY: 2, Kind.DAILY: 3, Kind.WEEKLY: 6, Kind.MONTHLY: 10}


@dataclass(frozen=True, slots=True)
class Strip:
    """What a picture shows: stretches of duty from *monday* on, by the clocks of *zone*; *now* is aware.

    `order` are the members in the order of their turns, `names` what they are called.
    """

    monday: date
    weeks: int
    zone: ZoneInfo
    now: datetime
    duties: tuple[Duty, ...]
    order: tuple[str, ...]
    names: Mapping[str, str]


def span_of(kind: Kind, first: datetime, zone: ZoneInfo) -> tuple[date, int]:
    """Return the Monday from which a strip shows what begins at the aware instant *first*, and its weeks."""
    day = first.astimezone(zone).date()
    return day - timedelta(days=day.weekday()), _WEEKS[kind]


def drawn(strip: Strip) -> bytes:
    """Return a strip as a PNG file."""
    high = _TOP + strip.weeks * _ROW_HIGH + _EDGE
    image = Image.new("RGB", (_LEFT + 7 * _DAY_WIDE + _EDGE, high), _PAPER)
    pen = ImageDraw.Draw(image)
    for row in range(strip.weeks):
        _week(pen, row, strip.monday + timedelta(weeks=row))
    for duty in strip.duties:
        for row, left, right in _pieces(strip, duty.start, duty.end):
            _bar(pen, strip, duty, (left, _top_of(row) + _BAR_TOP, right, _top_of(row) + _ROW_HIGH - 10))
    _now(pen, strip)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def label(user: str, order: Sequence[str], names: Mapping[str, str]) -> str:
    """Return what stands for somebody in a picture: their name in plain letters, else their number."""
    folded = unicodedata.normalize("NFKD", names.get(user, "").translate(_LATIN))
    plain = "".join(letter for letter in folded if letter.isascii() and letter.isprintable())
    if any(letter.isalpha() for letter in plain):
        return " ".join(plain.split())
    return str(order.index(user) + 1) if user in order else "+"


def _week(pen: ImageDraw.ImageDraw, row: int, monday: date) -> None:
    top = _top_of(row)
    middle = top + (_BAR_TOP + _ROW_HIGH) // 2
    pen.text((_EDGE, middle), f"{monday:%m-%d}", _FAINT, _font(_NAME), anchor="lm")
    for day in range(7):
        left = _LEFT + day * _DAY_WIDE
        box = (left, top, left + _DAY_WIDE, top + _ROW_HIGH)
        pen.rectangle(box, fill=_WEEKEND if day > 4 else _PAPER, outline=_LINE)
        pen.text((left + 10, top + 8), str((monday + timedelta(days=day)).day), _FAINT, _font(_DATE))


def _bar(pen: ImageDraw.ImageDraw, strip: Strip, duty: Duty, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    if duty.person is None:
        pen.rectangle(box, fill=_GAP)
        if duty.why is not Why.CLOSED:
            _hatch(pen, box)
        return
    place = strip.order.index(duty.person) if duty.person in strip.order else len(strip.order)
    pen.rectangle(box, fill=_COLOURS[place % len(_COLOURS)], outline=_PAPER)
    name, size = _fitting(pen, label(duty.person, strip.order, strip.names), right - left - 12)
    pen.text((left + 6, (top + bottom) // 2), name, _PAPER, _font(size), anchor="lm")


def _hatch(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    high = bottom - top
    for at in range(left - high, right, 20):
        begin, end = max(at, left), min(at + high, right)
        if begin < end:
            pen.line((begin, bottom - (begin - at), end, bottom - (end - at)), fill=_HATCH, width=3)


def _fitting(pen: ImageDraw.ImageDraw, name: str, wide: int) -> tuple[str, int]:
    """Return a name, its first word or its initials, and in which size, as fits; nothing where none does."""
    words = name.split()
    shorter = (name, words[0], "".join(word[0] for word in words))
    choices = [(said, size) for size in (_NAME, _DATE, _SMALL) for said in shorter]
    fitting = (each for each in choices if pen.textlength(each[0], font=_font(each[1])) <= wide)
    return next(fitting, ("", _SMALL))


def _now(pen: ImageDraw.ImageDraw, strip: Strip) -> None:
    for row, left, _ in _pieces(strip, strip.now, strip.now + timedelta(minutes=1)):
        top = _top_of(row)
        pen.line((left, top, left, top + _ROW_HIGH), fill=_NOW, width=6)
        pen.polygon(((left - 14, top), (left + 14, top), (left, top + 22)), fill=_NOW)


def _pieces(strip: Strip, start: datetime, end: datetime) -> Iterator[tuple[int, int, int]]:
    """Part a stretch by weeks: the row of each piece, and where it begins and ends from the left."""
    begin, over = (_days(strip, each) for each in (start, end))
    for row in range(strip.weeks):
        left, right = max(begin, row * 7), min(over, row * 7 + 7)
        if left < right:
            yield row, _x(left - row * 7), max(_x(right - row * 7), _x(left - row * 7) + 2)


def _days(strip: Strip, at: datetime) -> float:
    """Return how many days after the strip's first midnight the clocks show *at*."""
    local = at.astimezone(strip.zone).replace(tzinfo=None)
    return (local - datetime.combine(strip.monday, datetime.min.time())) / timedelta(days=1)


def _x(days: float) -> int:
    return _LEFT + round(days * _DAY_WIDE)


def _top_of(row: int) -> int:
    return _TOP + row * _ROW_HIGH


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
