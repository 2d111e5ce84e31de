"""The picture of loads: as long as what it shows, whatever people are called."""

from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageColor

from domain.load import Counts, Hours, Load
from tests.views.worst import TEXTS
from views.fairness_picture import BUGS, DAY, NIGHT, PINGS, ROWS, WEEKEND, drawn

HOUR = timedelta(hours=1)


def wide(image: Image.Image, top: int, high: int, colour: str) -> int:
    """Return how many pixels of a row are of a colour, at most, on any line of it."""
    wanted = ImageColor.getrgb(colour)
    lines = range(top, min(top + high, image.height))
    return max(sum(image.getpixel((x, y)) == wanted for x in range(image.width)) for y in lines)


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    """Twice the hours, pings or bugs are twice as long; parts of hours have their own colours."""
    much = Load("U1", 2, Hours(80 * HOUR, 40 * HOUR, 20 * HOUR), Counts(pings=20, taken=10))
    less = Load("U2", 1, Hours(40 * HOUR, 20 * HOUR, 10 * HOUR), Counts(pings=10, taken=5))
    image = Image.open(BytesIO(drawn((much, less), {"U1": "Elsa Lind", "U2": "Diego Mora"})))
    assert image.format == "PNG"
    half = image.height // 2
    for colour in (DAY, NIGHT, WEEKEND, PINGS, BUGS):
        first, second = (wide(image, top, half, colour) for top in (0, half))
        assert abs(first - 2 * second) <= 6
        assert second > 10


def test_any_names_and_any_number_of_members_can_be_drawn() -> None:
    """Names of any letters and length, nobody at all, and more than there is room for."""
    loads = [Load(f"U{each}", 1, Hours(HOUR)) for each in range(2 * ROWS)]
    names = {each.person: text for each, text in zip(loads, TEXTS * 4, strict=False)}
    for shown in (loads, loads[:1], []):
        image = Image.open(BytesIO(drawn(shown, names)))
        assert image.width < 2000
        assert image.height < 3000
