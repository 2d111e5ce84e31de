"""GoAlert's own test figures: where it is right we agree; where it is not, see test_rotation_faults.py."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.rotation import Kind, Rotation

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "goalert_rotation_test.json"


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    """Return the figures, where they lie beside the repository."""
    if not VECTORS.exists():
        pytest.skip("GoAlert's figures are not beside this repository (../shared/vectors)")
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return found


def rotation_of(case: dict[str, Any]) -> Rotation:
    """Return the rotation that a case is about."""
    start = datetime.fromisoformat(case["start"])
    return Rotation(("ana", "bo"), Kind(case["kind"]), case["shift_length"], start, case["tz"])


def test_hand_offs_come_in_the_order_and_at_the_instants_of_goalert(vectors: dict[str, Any]) -> None:
    """Each of GoAlert's sequences is one run of our hand-offs, zero-length slots left out."""
    assert vectors["handoff_sequences"]
    for case in vectors["handoff_sequences"]:
        rotation = rotation_of(case)
        expected = [datetime.fromisoformat(instant) for instant in case["handoffs"]]
        found = [shift.start for shift in rotation.walk(expected[0], expected[-1])]
        assert [*found, rotation.locate(expected[-1])[1]] == expected, case["source"]


def test_before_the_start_nobody_holds_where_goalert_reckons_backwards(vectors: dict[str, Any]) -> None:
    """The leading hand-offs that GoAlert gives before the start are nobody's shift with us."""
    for case in vectors["handoff_sequences"]:
        rotation = rotation_of(case)
        instants = [datetime.fromisoformat(instant) for instant in case["handoffs"]]
        held = [rotation.holder(instant) is not None for instant in instants]
        early = case.get("first_handoffs_before_start", 0)
        assert held == [False] * early + [True] * (len(instants) - early), case["source"]


def test_shifts_have_the_bounds_of_goalert(vectors: dict[str, Any]) -> None:
    """A shift starts and ends when GoAlert's does; before the start there are bounds, but no holder."""
    assert vectors["shift_bounds"]
    for case in vectors["shift_bounds"]:
        rotation, at = rotation_of(case), datetime.fromisoformat(case["at"])
        _, begin, end = rotation.locate(at)
        assert begin == datetime.fromisoformat(case.get("shift_start", begin.isoformat())), case["source"]
        assert end == datetime.fromisoformat(case.get("shift_end", end.isoformat())), case["source"]
        assert (rotation.holder(at) is None) == case["before_start"], case["source"]
