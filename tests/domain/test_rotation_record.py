"""Rotations as dicts: what is read, what is refused, and what has drifted."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings

from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, redefined, with_member
from domain.rotation_input import RotationError
from domain.rotation_record import (
    Drift,
    drift,
    history_from_dict,
    history_to_dict,
    rotation_from_dict,
    rotation_to_dict,
)
from tests.domain.rotations import definitions, local, utc

ROTATION = Rotation(("ana", "bo"), Kind.WEEKLY, 2, local("2026-01-05T09:00"), "Europe/Madrid")
RECORD = {
    "members": ["ana", "bo"],
    "kind": "weekly",
    "length": 2,
    "start": "2026-01-05T09:00",
    "zone": "Europe/Madrid",
}


def test_a_definition_is_written_in_words() -> None:
    """The dict holds what a person would write in bugle.toml."""
    assert rotation_to_dict(ROTATION) == RECORD
    assert rotation_from_dict(RECORD) == ROTATION


def test_a_definition_is_read_from_toml() -> None:
    """TOML's own local date-time is a start too."""
    text = """
        members = ["ana", "bo"]
        kind = "weekly"
        length = 2
        start = 2026-01-05T09:00:00
        zone = "Europe/Madrid"
    """
    assert rotation_from_dict(tomllib.loads(text)) == ROTATION


@settings(deadline=None, max_examples=200)
@given(definitions())
def test_a_definition_survives_storage(rotation: Rotation) -> None:
    """Written as JSON and read back it is the same."""
    assert rotation_from_dict(json.loads(json.dumps(rotation_to_dict(rotation)))) == rotation


def test_a_history_is_written_with_its_dates() -> None:
    """Each revision says when it starts and when it was decided; the first was not decided by anybody."""
    at = utc("2026-01-07T12:00:00.000001")
    history = redefined(with_member(begin(ROTATION), at, "chen"), at, zone="Asia/Taipei")
    record = history_to_dict(history)
    assert [(one["starts_at"], one["decided_at"], one["turn"]) for one in record["revisions"]] == [
        ("2026-01-05T08:00:00+00:00", None, 0),
        ("2026-01-07T12:00:00.000001+00:00", "2026-01-07T12:00:00.000001+00:00", 0),
        ("2026-01-19T08:00:00+00:00", "2026-01-07T12:00:00.000001+00:00", 0),
    ]
    read = history_from_dict(json.loads(json.dumps(record)))
    assert read == history
    assert all(revision.starts_at.tzinfo is UTC for revision in read.revisions)


def test_a_stored_start_in_a_skipped_hour_is_read() -> None:
    """What was clear when it was given is read back as it is; the same from a person is refused."""
    record = RECORD | {"start": "2026-03-29T02:30"}
    assert rotation_from_dict(record, stored=True).first == utc("2026-03-29T01:00")
    history = {
        "revisions": [
            {"starts_at": "2026-03-29T01:00:00+00:00", "rotation": record, "turn": 0, "decided_at": None}
        ]
    }
    assert history_from_dict(history).holder(utc("2026-03-29T01:00")) == "ana"
    with pytest.raises(RotationError, match="does not exist"):
        rotation_from_dict(record)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"members": "ana"}, "members: 'ana' is no list"),
        ({"members": ["ana", 7]}, "members: 7 is no text"),
        ({"members": []}, "members: there are none"),
        ({"kind": "yearly"}, "kind: 'yearly' is none. Give one of hourly, daily, weekly, monthly"),
        ({"kind": 7}, "kind: 7 is none"),
        ({"length": True}, "length: True is no whole number"),
        ({"length": 1.0}, "length: 1.0 is no whole number"),
        ({"length": 0}, "length: 0 is out of range"),
        ({"start": "Monday"}, "start: 'Monday' is no date and time such as"),
        ({"start": 9}, "start: 9 is no text"),
        ({"start": "2026-01-05T09:00Z"}, "start: .* carries an offset"),
        ({"zone": None}, "zone: None is no text"),
        ({"lenght": 1}, "lenght: is no field of a rotation. The fields are members, kind"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(changed: dict[str, Any], says: str) -> None:
    """The refusal names the field and the way out."""
    with pytest.raises(RotationError, match=says):
        rotation_from_dict(RECORD | changed)


@pytest.mark.parametrize("missing", list(RECORD))
def test_a_missing_field_is_named(missing: str) -> None:
    """Every field has to be there."""
    with pytest.raises(RotationError, match=f"{missing}: is missing") as refusal:
        rotation_from_dict({name: value for name, value in RECORD.items() if name != missing})
    assert refusal.value.field == missing


def test_the_order_of_members_drifts_only_where_people_set_it() -> None:
    """A rotation that orders its rounds by load has another order by itself; other members are drift."""
    kept = replace(ROTATION, members=("bo", "ana"))
    assert drift(ROTATION, kept, is_balanced=True) == ()
    others = replace(ROTATION, members=("bo", "chen"))
    assert [found.field for found in drift(ROTATION, others, is_balanced=True)] == ["members"]


def test_drift_names_each_field_that_differs() -> None:
    """What is alike is not named; what is not comes with both its values."""
    assert drift(ROTATION, replace(ROTATION)) == ()
    kept = replace(
        ROTATION,
        members=("bo", "ana"),
        kind=Kind.DAILY,
        length=14,
        start=local("2026-01-05T10:00"),
        zone="UTC",
    )
    assert drift(ROTATION, kept) == (
        Drift("members", ["ana", "bo"], ["bo", "ana"]),
        Drift("kind", "weekly", "daily"),
        Drift("length", 2, 14),
        Drift("start", "2026-01-05T09:00", "2026-01-05T10:00"),
        Drift("zone", "Europe/Madrid", "UTC"),
    )
    assert [found.field for found in drift(ROTATION, replace(ROTATION, length=3))] == ["length"]
