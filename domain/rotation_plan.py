"""From a form to a rotation: its settings and turns as they would be, or what is wrong with each field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import NamedTuple

from domain.duty_window import DutyWindow
from domain.revisions import History
from domain.rotation import Rotation
from domain.rotation_changes import begin, redefined, with_members, with_window
from domain.rotation_form import Field, RotationForm, changed, service_from_text
from domain.rotation_input import MAX_LENGTH, START_YEARS
from domain.rotation_profile import KeptRotation, Profile
from domain.wall_clock import ClockChange, UnknownZoneError, change_at, zone_named
from domain.working_hours import WorkingHours, WorkingHoursError


class Fault(StrEnum):
    """Why a field of a form cannot be used."""

    NO_NAME = "no_name"
    NAME_TAKEN = "name_taken"
    NO_MEMBERS = "no_members"
    OUTSIDER = "outsider"
    LENGTH = "length"
    NO_START = "no_start"
    YEAR = "year"
    UNCLEAR = "unclear"
    ZONE = "zone"
    DUTY_DAYS = "duty_days"
    WORK_DAYS = "work_days"
    WORK_HOURS = "work_hours"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a field: of a start also the *change* of clocks that makes it unclear.

    *who* is the member, by name, who cannot be one.
    """

    fault: Fault
    start: datetime | None = None
    change: ClockChange | None = None
    zone: str = ""
    who: str = ""


Flaws = Mapping[Field, Flaw]


class Plan(NamedTuple):
    """A rotation as it would be kept."""

    profile: Profile
    history: History


def flaws(form: RotationForm, base: RotationForm | None) -> Flaws:
    """Find what of a form cannot be used, by field; a start that *base*, kept already, has too is no flaw."""
    found = {
        Field.NAME: None if form.name.strip() else Flaw(Fault.NO_NAME),
        Field.MEMBERS: None if form.members else Flaw(Fault.NO_MEMBERS),
        Field.TURNS: None if 1 <= form.length <= MAX_LENGTH else Flaw(Fault.LENGTH),
        Field.ZONE: None if _zone_exists(form.zone) else Flaw(Fault.ZONE),
        Field.START: _flaw_of_start(form),
        Field.DUTY: Flaw(Fault.DUTY_DAYS) if form.is_windowed and not form.duty_days else None,
        Field.HOURS: _flaw_of_hours(form),
    }
    # A government may since have moved a start that was clear into a skipped hour.
    same_start = base is not None and not {Field.START, Field.ZONE} & {*changed(base, form)}
    return {
        field: flaw
        for field, flaw in found.items()
        if flaw is not None and not (field is Field.START and same_start)
    }


def plan(form: RotationForm, kept: KeptRotation | None, at: datetime) -> Plan:
    """Return what a form without flaws makes of a rotation (None: a new one) at the aware instant *at*."""
    return Plan(_profile(form, kept), _history(form, kept, at))


def _profile(form: RotationForm, kept: KeptRotation | None) -> Profile:
    hours = WorkingHours(frozenset(form.work_days), _time(form.work_from), _time(form.work_to))
    return replace(
        kept.profile if kept else Profile(form.name),
        name=form.name.strip(),
        rank=form.rank,
        serves=tuple(map(service_from_text, form.serves)),
        hours=hours,
        lead=form.lead,
        steps=form.steps,
        channel=form.channel,
        language=form.language,
        user_group=form.user_group,
        is_balanced=form.is_balanced,
        quiet=form.quiet,
        topic=form.topic,
        pinned=form.pinned,
    )


def _history(form: RotationForm, kept: KeptRotation | None, at: datetime) -> History:
    start, window = _start(form), _window(form)
    if kept is None:
        return begin(Rotation(form.members, form.kind, form.length, start, form.zone), window)
    latest = kept.history.latest
    history = with_members(kept.history, at, form.members)
    history = redefined(
        history,
        at,
        kind=form.kind if form.kind != latest.kind else None,
        length=form.length if form.length != latest.length else None,
        start=start if start != latest.start else None,
        zone=form.zone if form.zone != latest.zone else None,
    )
    return with_window(history, at, window)


def _start(form: RotationForm) -> datetime:
    return datetime.fromisoformat(f"{form.date}T{form.time}")


def _window(form: RotationForm) -> DutyWindow | None:
    if not form.is_windowed:
        return None
    return DutyWindow(_time(form.duty_from), _time(form.duty_to), frozenset(form.duty_days))


def _flaw_of_start(form: RotationForm) -> Flaw | None:
    try:
        start = _start(form)
    except ValueError:
        return Flaw(Fault.NO_START)
    if start.year not in START_YEARS:
        return Flaw(Fault.YEAR)
    change = change_at(start, zone_named(form.zone)) if _zone_exists(form.zone) else None
    return Flaw(Fault.UNCLEAR, start, change, form.zone) if change else None


def _flaw_of_hours(form: RotationForm) -> Flaw | None:
    if not form.work_days:
        return Flaw(Fault.WORK_DAYS)
    try:
        WorkingHours(frozenset(form.work_days), _time(form.work_from), _time(form.work_to))
    except WorkingHoursError:
        return Flaw(Fault.WORK_HOURS)
    return None


def _zone_exists(name: str) -> bool:
    try:
        zone_named(name)
    except UnknownZoneError:
        return False
    return True


def _time(text: str) -> time:
    return time.fromisoformat(text)
