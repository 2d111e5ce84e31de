"""A rotation as it stands in a form: what people picked so far, whether or not it can be used like that.

What two people change in the same rotation at once is put together field by field.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.duty_window import DutyWindow
from domain.rotation import Kind
from domain.rotation_profile import USUAL_STEPS, KeptRotation, Rank, Service, Step
from domain.wall_clock import zone_named

_NINE_TO_FIVE = ("09:00", "17:00")


class Field(StrEnum):
    """What of a rotation can be changed, as people are told of it."""

    NAME = "name"
    MEMBERS = "members"
    TURNS = "turns"
    START = "start"
    ZONE = "zone"
    SERVES = "serves"
    DUTY = "duty"
    HOURS = "hours"
    LEAD = "lead"
    CHANNEL = "channel"
    LANGUAGE = "language"
    USER_GROUP = "user_group"
    STEPS = "steps"
    RANK = "rank"
    ORDER = "order"
    QUIET = "quiet"
    TOPIC = "topic"
    PINNED = "pinned"


TIMING = frozenset({Field.TURNS, Field.START, Field.ZONE})


@dataclass(frozen=True, slots=True)
class RotationForm:
    """The fields of a rotation. Days are numbers from 0 for Monday, times local as "09:00", dates ISO.

    `serves` holds products by key, and areas after it: "shop" or "shop/Payment". With `is_windowed` somebody
    is on duty only on the `duty_days` from `duty_from` to `duty_to`. People, channels and groups: Slack ids.
    """

    name: str = ""
    members: tuple[str, ...] = ()
    kind: Kind = Kind.WEEKLY
    length: int = 1
    date: str = ""
    time: str = "10:00"
    zone: str = "UTC"
    serves: tuple[str, ...] = ()
    is_windowed: bool = False
    duty_days: tuple[int, ...] = tuple(range(7))
    duty_from: str = _NINE_TO_FIVE[0]
    duty_to: str = _NINE_TO_FIVE[1]
    work_days: tuple[int, ...] = tuple(range(5))
    work_from: str = _NINE_TO_FIVE[0]
    work_to: str = _NINE_TO_FIVE[1]
    lead: str | None = None
    channel: str | None = None
    language: str = "en"
    user_group: str | None = None
    steps: tuple[Step, ...] = USUAL_STEPS
    rank: Rank = Rank.PRIMARY
    is_balanced: bool = False
    quiet: bool = False
    topic: bool = False
    pinned: bool = False


_HELD_IN: Mapping[Field, tuple[str, ...]] = {
    **{each: (each.value,) for each in Field if each.value in {one.name for one in fields(RotationForm)}},
    Field.TURNS: ("kind", "length"),
    Field.START: ("date", "time"),
    Field.DUTY: ("is_windowed", "duty_days", "duty_from", "duty_to"),
    Field.HOURS: ("work_days", "work_from", "work_to"),
    Field.ORDER: ("is_balanced",),
}


def form_of(kept: KeptRotation) -> RotationForm:
    """Return the form of a rotation as it is kept."""
    rotation, window = kept.history.latest, kept.history.revisions[-1].window
    profile, hours = kept.profile, kept.profile.hours
    duty = _duty(window) if window else {}
    return RotationForm(
        name=profile.name,
        members=rotation.members,
        kind=rotation.kind,
        length=rotation.length,
        date=f"{rotation.start:%Y-%m-%d}",
        time=f"{rotation.start:%H:%M}",
        zone=rotation.zone,
        serves=tuple(map(service_to_text, profile.serves)),
        work_days=tuple(sorted(hours.days)),
        work_from=f"{hours.start:%H:%M}",
        work_to=f"{hours.end:%H:%M}",
        lead=profile.lead,
        channel=profile.channel,
        language=profile.language,
        user_group=profile.user_group,
        steps=profile.steps,
        rank=profile.rank,
        is_balanced=profile.is_balanced,
        quiet=profile.quiet,
        topic=profile.topic,
        pinned=profile.pinned,
        **duty,
    )


def new_form(zone: str, language: str, at: datetime) -> RotationForm:
    """Return the form of a rotation to be made: by the week, from the next Monday in somebody's *zone* on."""
    today = at.astimezone(zone_named(zone)).date()
    monday = today + timedelta(days=7 - today.weekday())
    return RotationForm(date=monday.isoformat(), zone=zone, language=language)


def changed(before: RotationForm, after: RotationForm) -> tuple[Field, ...]:
    """List the fields in which two forms differ."""
    return tuple(each for each in Field if _held(before, each) != _held(after, each))


def merged(
    base: RotationForm, mine: RotationForm, theirs: RotationForm
) -> tuple[RotationForm, tuple[Field, ...]]:
    """Put my changes of *base* onto what others made of it meanwhile; return the fields we both changed too.

    Of those, theirs stay: they are kept already.
    """
    ours = changed(base, mine)
    clashes = tuple(
        each for each in ours if each in changed(base, theirs) and _held(mine, each) != _held(theirs, each)
    )
    kept = {name: value for each in ours if each not in clashes for name, value in _held(mine, each).items()}
    return replace(theirs, **kept), clashes


def form_to_dict(form: RotationForm) -> dict[str, Any]:
    """Write a form as JSON can hold it."""
    return asdict(form)


def form_from_dict(record: Mapping[str, Any]) -> RotationForm:
    """Read a form that `form_to_dict` wrote."""
    lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list | tuple)}
    steps = tuple(map(Step, record["steps"]))
    words = {"kind": Kind(record["kind"]), "rank": Rank(record["rank"])}
    return RotationForm(**{**record, **lists, **words, "steps": steps})


def service_to_text(service: Service) -> str:
    """Write what a rotation serves in one piece."""
    return service.product if service.area is None else f"{service.product}/{service.area}"


def service_from_text(text: str) -> Service:
    """Read what `service_to_text` wrote; keys of products have no slash."""
    product, slash, area = text.partition("/")
    return Service(product, area if slash else None)


def _held(form: RotationForm, field: Field) -> dict[str, Any]:
    return {name: getattr(form, name) for name in _HELD_IN[field]}


def _duty(window: DutyWindow) -> dict[str, Any]:
    return {
        "is_windowed": True,
        "duty_days": tuple(sorted(window.days)),
        "duty_from": f"{window.start:%H:%M}",
        "duty_to": f"{window.end:%H:%M}",
    }
