"""A change that somebody made to a rotation, as the people whom it concerns are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.rotation_form import Field


class Deed(StrEnum):
    """What somebody did."""

    MADE = "made"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody did to the rotation *rotation*, which has *version* since; instants are aware UTC.

    `starts_at` is when hand-offs come as newly set; None where they stay.
    """

    rotation: str
    version: int
    by: str
    at: datetime
    deed: Deed
    fields: tuple[Field, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    starts_at: datetime | None = None


def change_to_dict(edit: Edit) -> dict[str, Any]:
    """Write what was done, but not who did it and when, as JSON can hold it."""
    return {
        "deed": edit.deed,
        "fields": list(edit.fields),
        "added": list(edit.added),
        "removed": list(edit.removed),
        "starts_at": edit.starts_at and edit.starts_at.isoformat(),
    }


def edit_from_dict(rotation: str, version: int, by: str, at: datetime, change: Mapping[str, Any]) -> Edit:
    """Read what `change_to_dict` wrote."""
    starts_at = change["starts_at"]
    return Edit(
        rotation,
        version,
        by,
        at,
        Deed(change["deed"]),
        tuple(map(Field, change["fields"])),
        tuple(change["added"]),
        tuple(change["removed"]),
        None if starts_at is None else datetime.fromisoformat(starts_at),
    )
