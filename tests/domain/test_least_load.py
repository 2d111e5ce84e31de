"""Ordering rounds by least load: everybody once in each, rested, and nobody surprised."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.least_load import by_least_load, round_under_way
from domain.revisions import History
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, redefined, with_next_round
from domain.rotation_input import RotationError
from tests.domain.rotations import DAY, PEOPLE, local, utc

START = utc("2026-01-05T09:00")
FOUR = PEOPLE[:4]


def daily(members: tuple[str, ...]) -> History:
    """Return a rotation by the day."""
    return begin(Rotation(members, Kind.DAILY, 1, local("2026-01-05T09:00"), "UTC"))


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({}, FOUR),
        ({"ana": 5}, ("bo", "chen", "dee", "ana")),
        ({"ana": 5, "bo": 3, "chen": 2}, ("bo", "chen", "dee", "ana")),
        ({"ana": 5, "bo": 5, "chen": 5}, ("ana", "bo", "dee", "chen")),
    ],
)
def test_who_carried_least_comes_first(weights: dict[str, int], expected: tuple[str, ...]) -> None:
    """The lightest come first; ties keep their order; who was late in the round before rests first."""
    assert by_least_load(FOUR, weights) == expected


def test_two_always_alternate() -> None:
    """Of two, no load puts somebody on duty twice in a row."""
    assert by_least_load(("ana", "bo"), {"ana": 100}) == ("ana", "bo")


def test_only_the_last_turn_of_a_round_ends_it() -> None:
    """The next round is decided in the last turn of one, seen by the order in force."""
    history = daily(FOUR)
    found = [round_under_way(history, 0, slot) for slot in range(5)]
    assert found == [None, None, None, FOUR, None]


def test_a_new_order_begins_with_the_next_hand_off() -> None:
    """The shift under way stays whole, and the new order's first takes over at its end."""
    at = START + 3 * DAY + timedelta(minutes=1)
    history = with_next_round(daily(FOUR), at, ("chen", "ana", "dee", "bo"))
    turns = list(history.shifts(START, START + 8 * DAY))
    assert [each.holder for each in turns] == [*FOUR, "chen", "ana", "dee", "bo"]
    assert [each.end - each.start for each in turns] == [DAY] * 8


def test_what_waits_already_comes_first() -> None:
    """A change that takes force at the next hand-off is not overruled; the same order is no change."""
    at = START + 3 * DAY
    waiting = redefined(daily(FOUR), at, length=2)
    assert with_next_round(waiting, at, ("dee", "ana", "bo", "chen")) is waiting
    history = daily(FOUR)
    assert with_next_round(history, at, FOUR) is history
    assert with_next_round(history, START - DAY, ("bo", "ana", "chen", "dee")) is history
    with pytest.raises(RotationError):
        with_next_round(history, at, ("ana", "bo", "chen"))


@given(st.integers(1, 7), st.data())
def test_over_many_rounds_nobody_has_zero_or_double(size: int, data: st.DataObject) -> None:
    """Ordered by any loads, each has one turn in every round, and rests for half as many as members."""
    members = PEOPLE[:size]
    history, rounds = daily(members), 6
    for slot in range(rounds * size):
        at = START + slot * DAY + timedelta(minutes=5)
        index = history.index(at)
        assert index is not None
        before = history.holder(at)
        order = round_under_way(history, index, slot)
        if order is not None:
            weights = data.draw(st.fixed_dictionaries({each: st.integers(0, 9) for each in members}))
            history = with_next_round(history, at, by_least_load(order, weights))
        assert history.holder(at) == before
    holders = [each.holder for each in history.shifts(START, START + rounds * size * DAY)]
    assert len(holders) == rounds * size
    for number in range(rounds):
        assert Counter(holders[number * size : (number + 1) * size]) == Counter(members)
    for first, holder in enumerate(holders):
        soon = holders[first + 1 : first + 1 + size // 2]
        assert holder not in soon or size == 1
