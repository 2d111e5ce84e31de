"""What time off takes from its person: who stands in, where nobody is left, and what stays theirs."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.absence import No, Touched, not_noted, touched
from domain.duty import Layers, TimeOff
from domain.layers import on_call
from domain.revisions import History
from tests.domain.rotations import DAY, HOUR
from tests.domain.test_layers import MONDAY, WEEKLY, off, often, over, scenes


def test_who_stands_in_is_named_for_each_stretch() -> None:
    """The one whose turn comes next has it, unless they are away too: then whoever comes after."""
    layers = Layers(time_off=(off("bo", MONDAY, MONDAY + DAY),))
    found = list(touched(WEEKLY, layers, off("ana", MONDAY - DAY, MONDAY + 2 * DAY)))
    assert found == [
        Touched(MONDAY, MONDAY + DAY, "chen"),
        Touched(MONDAY + DAY, MONDAY + 2 * DAY, "bo"),
    ]


def test_standing_in_for_others_passes_on_too() -> None:
    """Who stands in for somebody and then has time off is stood in for as well."""
    layers = Layers(time_off=(off("ana", MONDAY, MONDAY + DAY),))
    assert list(touched(WEEKLY, layers, off("bo", MONDAY, MONDAY + DAY))) == [
        Touched(MONDAY, MONDAY + DAY, "chen")
    ]


def test_the_last_to_go_leaves_a_gap() -> None:
    """Where everybody else is away nobody stands in."""
    layers = Layers(time_off=tuple(off(each, MONDAY, MONDAY + DAY) for each in ("ana", "bo")))
    assert list(touched(WEEKLY, layers, off("chen", MONDAY, MONDAY + 2 * DAY))) == [
        Touched(MONDAY, MONDAY + DAY, None)
    ]


def test_what_was_agreed_stays() -> None:
    """An override is not taken from who is away; it is said."""
    layers = Layers(overrides=(over("bo", MONDAY, MONDAY + DAY),))
    assert list(touched(WEEKLY, layers, off("bo", MONDAY, MONDAY + DAY))) == [
        Touched(MONDAY, MONDAY + DAY, "bo", agreed=True)
    ]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (0 * DAY, 0 * DAY, No.REVERSED),
        (2 * DAY, DAY, No.REVERSED),
        (-2 * DAY, -DAY, No.ENDED),
        (-DAY, 0 * DAY, No.ENDED),
        (0 * DAY, 733 * DAY, No.TOO_LONG),
        (733 * DAY, 734 * DAY, No.TOO_FAR),
        (-DAY, DAY, None),
        (DAY, 366 * DAY, None),
    ],
)
def test_time_off_that_can_be(start: timedelta, end: timedelta, why: No | None) -> None:
    """A year may be, what is over or in years may not."""
    assert not_noted(MONDAY + start, MONDAY + end, MONDAY) is why


@often
@given(scenes(), st.integers(-50, 300), st.integers(1, 300), st.data())
def test_what_is_touched_is_just_what_changes(
    scene: tuple[History, Layers, datetime], begun: int, long: int, data: st.DataObject
) -> None:
    """Whatever changes hands by time off is listed with its stand-in, and nothing else changes hands."""
    history, layers, at = scene
    person = data.draw(st.sampled_from((*history.latest.members, "somebody")))
    new = TimeOff("new", person, at + HOUR * begun, at + HOUR * (begun + long))
    after = Layers(layers.recorded, layers.overrides, (*layers.time_off, new))
    found = list(touched(history, layers, new))
    for hour in range(begun - 5, begun + long + 5, 3):
        instant = at + HOUR * hour
        before, then = on_call(history, layers, instant), on_call(history, after, instant)
        piece = next((each for each in found if each.start <= instant < each.end), None)
        if before != then:
            assert piece is not None
            assert (before, piece.stand_in) == (person, then)
        if piece is not None:
            assert before == person
            assert piece.agreed == (then == person)


@contextmanager
def process_zone(name: str) -> Iterator[None]:
    """Let the process believe that it is somewhere."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@often
@given(scenes(), st.sampled_from(("Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "UTC")))
def test_the_zone_of_the_process_does_not_matter(scene: tuple[History, Layers, datetime], zone: str) -> None:
    """Wherever the machine believes to be, the same people are on duty and stand in."""
    history, layers, at = scene
    new = off(history.latest.members[0], at, at + 5 * DAY)
    instants = [at + HOUR * each for each in range(0, 200, 11)]
    here = [on_call(history, layers, each) for each in instants], list(touched(history, layers, new))
    with process_zone(zone):
        there = [on_call(history, layers, each) for each in instants], list(touched(history, layers, new))
    assert here == there
