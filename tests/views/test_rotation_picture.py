"""The coming shifts as a picture, looked at by its pixels."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image

from domain.duty import Layers, TimeOff
from domain.layers import shifts
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from views.rotation_picture import Strip, drawn, label, span_of

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
MEMBERS = ("U0ANA", "U0BEN")
NAMES = {"U0ANA": "Ana Muñoz", "U0BEN": "陳怡婷"}
WHITE, NOBODY = (255, 255, 255), (232, 231, 234)


def picture(*off: TimeOff) -> Image.Image:
    """Draw two members who take weeks from Mondays at ten."""
    start = datetime.fromisoformat("2026-11-02T10:00")
    history = begin(Rotation(MEMBERS, Kind.WEEKLY, 1, start, "Europe/Madrid"))
    monday, weeks = span_of(Kind.WEEKLY, NOW, MADRID)
    first = datetime(monday.year, monday.month, monday.day, tzinfo=MADRID)
    duties = tuple(shifts(history, Layers(time_off=off), first, first + timedelta(weeks=weeks)))
    return Image.open(BytesIO(drawn(Strip(monday, weeks, MADRID, NOW, duties, MEMBERS, NAMES))))


def bar(image: Image.Image, week: int, day: float) -> object:
    """Return the colour of the bar of a week (from 0) so many days after its first midnight."""
    return image.getpixel((160 + int(day * 180), 16 + week * 150 + 56))


def test_it_is_a_png_that_slack_takes() -> None:
    """Opaque, so that it reads on light and dark alike, and no larger than it must be."""
    image = picture()
    assert (image.format, image.mode) == ("PNG", "RGB")
    assert image.width <= 1600


def test_a_bar_changes_colour_at_the_hand_off() -> None:
    """Before ten on Monday it is the one before, from then on the other, in the zone of the rotation."""
    image = picture()
    ben, ana = bar(image, 0, 0.4), bar(image, 0, 0.45)
    assert len({ben, ana, WHITE, NOBODY}) == 4
    assert bar(image, 1, 0.4) == ana
    assert bar(image, 1, 0.45) == ben


def test_a_gap_is_neither_name_nor_paper() -> None:
    """While everybody is away there is a grey that nobody has."""
    start, end = datetime(2026, 12, 2, tzinfo=UTC), datetime(2026, 12, 4, tzinfo=UTC)
    image = picture(*(TimeOff(user, user, start, end) for user in MEMBERS))
    seen = {bar(image, 1, 2.2 + step / 100) for step in range(60)}
    assert NOBODY in seen
    assert len(seen) == 2  # hatched


def test_names_that_cannot_be_drawn_are_numbers() -> None:
    """Accents are dropped, Latin parts stand for a name, others go by their place; strangers by a plus."""
    order, names = ("U1", "U2", "U3"), {"U1": "Ærlig Søndergård", "U2": "陳怡婷", "U3": "Fang Wei-Lun 方威倫"}
    assert [label(each, order, names) for each in ("U1", "U2", "U3", "U9")] == [
        "AErlig Sondergard",
        "2",
        "Fang Wei-Lun",
        "+",
    ]
