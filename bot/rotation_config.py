"""Reading a rotation of bugle.toml: its turns and what it begins with besides."""

import re

from bot.toml_patterns import CHANNEL, CHANNEL_FIX, GROUP, GROUP_FIX, KEY, KEY_FIX, PERSON, PERSON_FIX
from bot.toml_reader import Table
from domain.config import LANGUAGES, RotationEntry
from domain.duty_window import DutyWindow, DutyWindowError
from domain.rotation import Kind, Rotation
from domain.rotation_drift import SETTINGS
from domain.rotation_form import service_from_text
from domain.rotation_input import RotationError
from domain.rotation_profile import USUAL_STEPS, Profile, Rank, Step
from domain.working_hours import DAYS, USUAL, WorkingHours, WorkingHoursError

SERVED = re.compile(r"(?=.{1,150}\Z)[a-z0-9][a-z0-9-]{0,63}(/\S.*)?")
_SERVED_FIX = "give keys of products, such as shop, and areas of them, such as shop/Payment"


def read_rotation(table: Table) -> RotationEntry | None:
    """Return a rotation; None where it has no turns, with what is wrong noted."""
    key = table.text("key", KEY, KEY_FIX)
    profile = _profile(table, key)
    window = _window(table.table_if_there("hours_of_duty"))
    members = table.texts("members", PERSON, PERSON_FIX, needed=True)
    kind = table.choice("kind", tuple(Kind), Kind.WEEKLY)
    length = table.number("length", default=1)
    start = table.local_time("start")
    zone = table.text("zone", default="UTC")
    if start is None or not members:
        return None
    try:
        rotation = Rotation(members, Kind(kind), length, start, zone)
    except RotationError as error:
        table.problem(error.field, "cannot be used", str(error))
        return None
    given = frozenset(each for each in SETTINGS if table.has(each))
    return RotationEntry(key, profile, rotation, window, given)


def _profile(table: Table, key: str) -> Profile:
    steps = table.choices("steps", tuple(Step), USUAL_STEPS)
    return Profile(
        table.text("name", default=key),
        rank=Rank(table.choice("rank", tuple(Rank), Rank.PRIMARY)),
        serves=tuple(map(service_from_text, table.texts("serves", SERVED, _SERVED_FIX))),
        hours=read_working_hours(table.table_if_there("working_hours")),
        lead=table.text("lead", PERSON, PERSON_FIX, default="") or None,
        steps=tuple(dict.fromkeys(map(Step, steps))),
        channel=table.text("channel", CHANNEL, CHANNEL_FIX, default="") or None,
        language=table.choice("language", LANGUAGES, "en"),
        user_group=table.text("user_group", GROUP, GROUP_FIX, default="") or None,
        topic=table.flag("topic"),
        pinned=table.flag("pinned"),
        is_balanced=table.flag("balanced"),
        quiet=table.flag("quiet"),
    )


def read_working_hours(table: Table | None) -> WorkingHours:
    """Return `days`, `start` and `end`; Monday to Friday from nine to five where they are left out."""
    if table is None:
        return USUAL
    days = frozenset(map(DAYS.index, table.choices("days", DAYS, default=DAYS[:5])))
    start, end = table.time_of_day("start", USUAL.start), table.time_of_day("end", USUAL.end)
    try:
        return WorkingHours(days, start, end)
    except WorkingHoursError as error:
        table.problem("days" if not days else "end", "cannot be used", str(error))
        return USUAL


def _window(table: Table | None) -> DutyWindow | None:
    """Read the same of the hours of duty, every day where none is named; None: round the clock."""
    if table is None:
        return None
    days = frozenset(map(DAYS.index, table.choices("days", DAYS, default=DAYS)))
    start, end = table.time_of_day("start", USUAL.start), table.time_of_day("end", USUAL.end)
    try:
        return DutyWindow(start, end, days)
    except DutyWindowError as error:
        table.problem("days", "cannot be used", str(error))
        return None
