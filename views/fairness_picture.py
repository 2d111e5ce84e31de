"""Loads as a picture: a row for each member, a bar of their hours, and under it their pings and bugs.

It holds names and numbers alone, on white of its own, so that it reads in every language and in both of
Slack's looks; the view beneath says what each colour is. Slack shows it at half its width.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from domain.load import Load
from views.rotation_picture import label

ROWS = 20  # members who are drawn
DAY, NIGHT, WEEKEND, PINGS, BUGS = "#1f5fa8", "#7d2e86", "#a85200", "#16705a", "#b0214f"
_PAPER, _INK, _FAINT, _LINE = "#ffffff", "#1d1c1d", "#5c5b60", "#d9d8dc"
_LEFT, _WIDE, _RIGHT, _TOP, _ROW = 176, 460, 84, 14, 114
_HOURS_HIGH, _COUNT_HIGH, _SPACE = 44, 22, 6
_HOUR = timedelta(hours=1)


def drawn(loads: Sequence[Load], names: Mapping[str, str]) -> bytes:
    """Return the loads of the first ROWS members as a PNG file; names stay what Pillow's font can show."""
    shown, order = loads[:ROWS], [each.person for each in loads]
    image = Image.new("RGB", (_LEFT + _WIDE + _RIGHT, 2 * _TOP + max(1, len(shown)) * _ROW), _PAPER)
    pen = ImageDraw.Draw(image)
    most_hours = max((each.hours.total / _HOUR for each in shown), default=0) or 1
    most_counts = max((max(each.counts.pings, each.counts.taken) for each in shown), default=0) or 1
    for row, load in enumerate(shown):
        top = _TOP + row * _ROW
        if row:
            pen.line((12, top - 8, _LEFT + _WIDE + _RIGHT - 12, top - 8), fill=_LINE)
        _name(pen, label(load.person, order, names), top)
        _hours(pen, load, top, most_hours)
        first = top + _HOURS_HIGH + _SPACE
        _count(pen, load.counts.pings, first, PINGS, most_counts)
        _count(pen, load.counts.taken, first + _COUNT_HIGH + _SPACE, BUGS, most_counts)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _name(pen: ImageDraw.ImageDraw, name: str, top: int) -> None:
    font = _font(25)
    short = name = name[:80]  # each step measures it anew
    while len(name) > 1 and pen.textlength(short, font=font) > _LEFT - 24:
        name = name[:-1]
        short = f"{name.rstrip()}."
    pen.text((12, top + _HOURS_HIGH // 2), short, _INK, font, anchor="lm")


def _hours(pen: ImageDraw.ImageDraw, load: Load, top: int, most: float) -> None:
    left = float(_LEFT)
    for part, colour in ((load.hours.day, DAY), (load.hours.night, NIGHT), (load.hours.weekend, WEEKEND)):
        hours = part / _HOUR
        right = left + hours / most * _WIDE
        if right - left >= 1:
            pen.rectangle((left, top, right, top + _HOURS_HIGH), fill=colour, outline=_PAPER)
            said = f"{hours:.0f}"
            if pen.textlength(said, font=_font(24)) + 10 < right - left:
                middle = ((left + right) / 2, top + _HOURS_HIGH / 2)
                pen.text(middle, said, _PAPER, _font(24), anchor="mm")
        left = right
    total = f"{load.hours.total / _HOUR:.0f}"
    pen.text((left + 10, top + _HOURS_HIGH / 2), total, _INK, _font(24), anchor="lm")


def _count(pen: ImageDraw.ImageDraw, count: int, top: int, colour: str, most: int) -> None:
    # Shorter than the hours, so that nobody reads a ping as an hour.
    right = _LEFT + count / most * _WIDE * 0.6
    pen.rectangle((_LEFT, top, max(right, _LEFT + 2), top + _COUNT_HIGH), fill=colour)
    pen.text((max(right, _LEFT + 2) + 10, top + _COUNT_HIGH / 2), str(count), _FAINT, _font(22), anchor="lm")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
