"""What the views about rotations are given at their worst."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

from domain.duty import Duty, TimeOff, Why
from domain.rotation import Kind, Rotation, Shift
from domain.rotation_changes import begin
from domain.rotation_edit import Deed, Edit
from domain.rotation_form import Field, RotationForm
from domain.rotation_overview import Overview
from domain.rotation_plan import Fault, Flaw
from domain.rotation_profile import KeptRotation, Profile, Rank, Step
from domain.wall_clock import change_at, zone_named
from tests.views.worst import IDS, MOMENT, TEXTS
from views.rotation_form.building import Meanwhile, Shown
from views.rotation_form.ids import MOST_MEMBERS, Opened
from views.rotation_list import ROWS, Listed, Row
from views.rotation_news import Concern
from views.text import translator

Arguments = list[dict[str, Any]]

LONG_ZONE = "America/Argentina/ComodRivadavia"
UNCLEAR = datetime.fromisoformat("2026-03-29T02:30")
TWICE = datetime.fromisoformat("2026-10-25T02:30")


def _rotation(text: str, rank: Rank = Rank.PRIMARY, key: str = "k" * 64) -> KeptRotation:
    """Return a rotation with a name that somebody typed."""
    start = datetime.fromisoformat("2026-01-05T09:00")
    history = begin(Rotation(tuple(IDS["members"]), Kind.WEEKLY, 1, start, "Europe/Madrid"))
    return KeptRotation(key, Profile(text, rank, lead="U0HUGO"), history)


def _duties(*reasons: Why) -> list[Duty]:
    turn = Shift(MOMENT, MOMENT, "U0ELSA", 0)
    return [
        Duty(MOMENT, MOMENT, None if why in (Why.ALL_AWAY, Why.CLOSED) else "U0FANG", why, turn)
        for why in reasons
    ]


def _lists(language: str) -> Arguments:
    off = tuple(TimeOff(str(number), "U0ELSA", MOMENT, MOMENT) for number in range(40))
    now, then = cycle((None, *_duties(*Why))), cycle((*_duties(*Why), None))
    rows = []
    for number, text, rank, may in zip(
        range(ROWS), cycle(TEXTS), cycle(Rank), cycle((True, True, False)), strict=False
    ):
        on, rotation = next(now), _rotation(text, rank, f"{number}".rjust(64, "k"))
        rows.append(Row(Overview(rotation, on, MOMENT if on else None, next(then), off), may))
    listed = (Listed((), False), Listed(tuple(rows), True, offset=ROWS, has_more=True))
    return [{"listed": each, "language": language} for each in listed]


def _form(text: str) -> RotationForm:
    """Return a form as full as it gets."""
    return RotationForm(
        name=text[:80],
        members=tuple(f"U{number:08}" for number in range(MOST_MEMBERS + 20)),
        kind=Kind.MONTHLY,
        length=10_000,
        date="2026-01-05",
        zone=LONG_ZONE,
        serves=("shop", *(f"shop/{number} {text[:100]}"[:150] for number in range(99))),
        is_windowed=True,
        work_days=(),
        lead="U0HUGO",
        channel="C0SHOPBUGS",
        user_group="S0ONDUTY",
        steps=tuple(Step),
        quiet=True,
        pinned=True,
    )


def _flaws() -> list[Flaw]:
    zone = zone_named("Europe/Madrid")
    unclear = [Flaw(Fault.UNCLEAR, at, change_at(at, zone), LONG_ZONE) for at in (UNCLEAR, TWICE)]
    return [*(Flaw(fault, who="x" * 80) for fault in Fault), *unclear]


def _shown(text: str) -> list[Shown]:
    coming = tuple(_duties(*Why, *Why))
    names = {"shop": text}
    others = tuple(Meanwhile(by, MOMENT, tuple(Field), tuple(Field)) for by in ("U0ELSA", "U0FANG", None))
    flaws = dict(zip(Field, _flaws(), strict=False))
    return [
        Shown(_form(text), 12, False, MOMENT, "U00000001", coming, {}, names, others),
        Shown(RotationForm(zone=LONG_ZONE), 0, True, MOMENT, flaws=flaws),
    ]


def _opened(language: str) -> Opened:
    return Opened("n" * 64, language, under="V" * 20)


def _each_shown(language: str, **more: Any) -> Arguments:
    return [{"shown": shown, "opened": _opened(language), **more} for text in TEXTS for shown in _shown(text)]


def _with_picture(language: str) -> Arguments:
    names = {f"U{number:08}": text for number, text in enumerate(TEXTS)} | {"U0FANG": "方" * 80}
    return _each_shown(language, picture="F0123456789", names=names)


def _settings(language: str) -> Arguments:
    many = {f"S{number:08}": f"group-{number}".ljust(80, "x") for number in range(900)}
    few = {"S0ONDUTY": "bug-duty"}
    return [
        {"form": form, "handles": handles, "opened": _opened(language)}
        for form in (_form("x"), RotationForm())
        for handles in (None, {}, few, many)
    ]


def _edit(deed: Deed) -> Edit:
    people = tuple(IDS["members"]) * 10
    return Edit("shop", 2, "U0ELSA", MOMENT, deed, tuple(Field), people, people, MOMENT)


def _lines(language: str) -> Arguments:
    return [
        {
            "edit": _edit(deed),
            "rotation": text,
            "first": ("U0ELSA", datetime(2026, 1, 5, tzinfo=UTC)),
            "names": dict.fromkeys(IDS["members"], text),
            "language": language,
        }
        for text in TEXTS
        for deed in Deed
    ]


def _notes(language: str) -> Arguments:
    return [
        {
            "concern": concern,
            "edit": _edit(Deed.CHANGED),
            "rotation": text,
            "by": text,
            "shift": shift,
            "language": language,
        }
        for text in TEXTS
        for concern in Concern
        for shift in (None, *_duties(Why.TURN))
    ]


def _endings(language: str) -> Arguments:
    return [
        {"rotation": "k" * 64, "name": text, "left_without": lost, "language": language}
        for text in TEXTS
        for lost in ((), (text,) * 40)
    ]


def _with(language: str, name: str, values: list[Any]) -> Arguments:
    return [{"t": translator(language), name: each} for each in values]


ROTATIONS: Mapping[str, Callable[[str], Arguments]] = {
    "views.rotation_list.list_view": _lists,
    "views.rotation_form.building.form_view": _each_shown,
    "views.rotation_form.building.coming_text": lambda language: [
        {"t": translator(language), "shown": each["shown"]} for each in _each_shown(language)
    ],
    "views.rotation_form.settings.settings_view": _settings,
    "views.rotation_form.words.flaw_text": lambda language: _with(language, "flaw", _flaws()),
    "views.rotation_form.words.day_name": lambda language: _with(language, "day", list(range(7))),
    "views.rotation_calendar.drawing_view": _each_shown,
    "views.rotation_calendar.picture_view": _with_picture,
    "views.rotation_calendar.no_picture_view": lambda language: [
        *_each_shown(language, lacks_scope=True),
        *_each_shown(language, lacks_scope=False),
    ],
    "views.rotation_news.edit_line": _lines,
    "views.rotation_news.edit_note": _notes,
    "views.rotation_end.ending_view": _endings,
}
