"""Rotations as plain dicts, as storage keeps them in JSON and bugle.toml writes them, and the drift between.

A definition is {members, kind, length, start, zone}, its start as "2026-01-05T09:00"; a history is
{"revisions": [{starts_at, rotation, turn, decided_at, window}]}, instants as ISO 8601 in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from domain.duty_window import DutyWindow
from domain.revisions import History, Revision
from domain.rotation import Kind, Rotation
from domain.rotation_input import RotationError

FIELDS = ("members", "kind", "length", "start", "zone")


def rotation_to_dict(rotation: Rotation) -> dict[str, Any]:
    """Write a definition as JSON can hold it."""
    return {
        "members": list(rotation.members),
        "kind": str(rotation.kind),
        "length": rotation.length,
        "start": rotation.start.isoformat(timespec="minutes"),
        "zone": rotation.zone,
    }


def rotation_from_dict(record: Mapping[str, Any], *, stored: bool = False) -> Rotation:
    """Read a definition that a person wrote, or one out of storage (*stored*); raises RotationError.

    The start may be a naive datetime too, as TOML has them.
    """
    for name in record:
        if name not in FIELDS:
            raise RotationError(name, f"is no field of a rotation. The fields are {', '.join(FIELDS)}.")
    for name in FIELDS:
        if name not in record:
            raise RotationError(name, f"is missing. A rotation needs {', '.join(FIELDS)}.")
    return Rotation(
        members=_members(record["members"]),
        kind=_kind(record["kind"]),
        length=_length(record["length"]),
        start=_start(record["start"]),
        zone=_text("zone", record["zone"]),
        stored=stored,
    )


def history_to_dict(history: History) -> dict[str, Any]:
    """Write a history as JSON can hold it."""
    return {"revisions": [_revision_to_dict(revision) for revision in history.revisions]}


def history_from_dict(record: Mapping[str, Any]) -> History:
    """Read a history that `history_to_dict` wrote."""
    return History(tuple(_revision_from_dict(revision) for revision in record["revisions"]))


@dataclass(frozen=True, slots=True)
class Drift:
    """A field of a rotation that is *written* in bugle.toml and *kept* in storage, both as JSON."""

    field: str
    written: Any
    kept: Any


def drift(written: Rotation, kept: Rotation, *, is_balanced: bool = False) -> tuple[Drift, ...]:
    """Find the fields in which the rotation *written* in bugle.toml differs from the one *kept*.

    Where rounds are ordered by least load (*is_balanced*), the order of the members is nobody's mistake.
    """
    if is_balanced and sorted(written.members) == sorted(kept.members):
        written = replace(written, members=kept.members, stored=True)
    ours, theirs = rotation_to_dict(written), rotation_to_dict(kept)
    return tuple(Drift(name, ours[name], theirs[name]) for name in FIELDS if ours[name] != theirs[name])


def _revision_to_dict(revision: Revision) -> dict[str, Any]:
    decided_at = revision.decided_at
    return {
        "starts_at": revision.starts_at.isoformat(),
        "rotation": rotation_to_dict(revision.rotation),
        "turn": revision.turn,
        "decided_at": decided_at and decided_at.isoformat(),
        "window": revision.window and window_to_dict(revision.window),
    }


def _revision_from_dict(record: Mapping[str, Any]) -> Revision:
    decided_at = record["decided_at"]
    return Revision(
        starts_at=datetime.fromisoformat(record["starts_at"]),
        rotation=rotation_from_dict(record["rotation"], stored=True),
        turn=record["turn"],
        decided_at=None if decided_at is None else datetime.fromisoformat(decided_at),
        window=window_from_dict(window) if (window := record.get("window")) else None,
    )


def window_to_dict(window: DutyWindow) -> dict[str, Any]:
    """Write hours of duty as JSON can hold them."""
    return {
        "start": window.start.isoformat(timespec="minutes"),
        "end": window.end.isoformat(timespec="minutes"),
        "days": sorted(window.days),
    }


def window_from_dict(record: Mapping[str, Any]) -> DutyWindow:
    """Read hours of duty that `window_to_dict` wrote."""
    start, end = time.fromisoformat(record["start"]), time.fromisoformat(record["end"])
    return DutyWindow(start, end, frozenset(record["days"]))


def _members(value: Any) -> tuple[str, ...]:
    """Read a list of ids."""
    if not isinstance(value, list | tuple):
        raise RotationError("members", f"{value!r} is no list. Give the members' ids in their order.")
    return tuple(_text("members", member) for member in value)


def _kind(value: Any) -> Kind:
    """Read a kind by its name."""
    try:
        return Kind(value)
    except ValueError:
        raise RotationError("kind", f"{value!r} is none. Give one of {', '.join(Kind)}.") from None


def _length(value: Any) -> int:
    """Read a whole number; true and 1.0 are none."""
    if type(value) is not int:
        raise RotationError("length", f"{value!r} is no whole number. Give how many units a turn lasts.")
    return value


def _start(value: Any) -> datetime:
    """Read a local date and time."""
    if isinstance(value, datetime):
        return value
    text = _text("start", value)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise RotationError("start", f"{value!r} is no date and time such as 2026-01-05T09:00.") from None


def _text(name: str, value: Any) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise RotationError(name, f"{value!r} is no text. Put it in quotes.")
    return value
