"""Whom to ask next about a report that nobody reacts to."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.escalation import next_in_line
from domain.revisions import History
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, with_member, without_member

BEGAN = datetime(2026, 1, 5, 10, tzinfo=UTC)
START = BEGAN.replace(tzinfo=None)
WEEK = timedelta(weeks=1)
MEMBERS = ("U0ELSA", "U0DIEGO", "U0FANG")
HISTORY = begin(Rotation(MEMBERS, Kind.WEEKLY, 1, START, "UTC"))


def asked_in_order(at: datetime, history: History = HISTORY) -> list[str]:
    """Return everybody in the order in which they are asked at an instant."""
    asked: list[str] = []
    while (member := next_in_line(history, at, asked)) is not None:
        asked.append(member)
    return asked


def test_after_the_holder_come_the_next_turns() -> None:
    """Whoever is on duty is asked first, then those whose turns come next."""
    assert asked_in_order(BEGAN) == ["U0ELSA", "U0DIEGO", "U0FANG"]
    assert asked_in_order(BEGAN + WEEK) == ["U0DIEGO", "U0FANG", "U0ELSA"]


def test_a_hand_off_in_between_asks_the_new_holder_first() -> None:
    """When the next shift has begun, its holder comes before the others, once."""
    assert next_in_line(HISTORY, BEGAN + 2 * WEEK, ["U0ELSA"]) == "U0FANG"
    assert next_in_line(HISTORY, BEGAN + 2 * WEEK, ["U0ELSA", "U0FANG"]) == "U0DIEGO"


def test_before_the_start_the_order_of_members_counts() -> None:
    """A rotation that has not begun has nobody on duty, and is asked from its first member on."""
    assert asked_in_order(BEGAN - WEEK) == list(MEMBERS)


def test_those_who_left_are_not_asked_and_new_ones_are() -> None:
    """The rotation counts as it is now."""
    changed = with_member(without_member(HISTORY, BEGAN + WEEK, "U0FANG"), BEGAN + WEEK, "U0GRACE")
    assert asked_in_order(BEGAN + WEEK, changed) == ["U0DIEGO", "U0GRACE", "U0ELSA"]


@given(st.lists(st.text("ABCDEF", min_size=1), min_size=1, max_size=8, unique=True), st.integers(0, 400))
def test_everybody_is_asked_once_and_it_ends(members: list[str], days: int) -> None:
    """Each member is asked exactly once, whoever is on duty first."""
    history = begin(Rotation(tuple(members), Kind.DAILY, 1, START, "UTC"))
    at = BEGAN + timedelta(days=days)
    asked = asked_in_order(at, history)
    assert sorted(asked) == sorted(members)
    assert asked[0] == history.holder(at)
