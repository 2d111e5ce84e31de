"""Taking, covering, swapping and giving back: what changes hands, and what refuses to."""

from datetime import datetime
from itertools import count, pairwise, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.covering import Change, No, Refusal, Stint, covering, giving_back, stints, swapping, taking
from domain.duty import Layers, Override
from domain.layers import on_call, shifts
from domain.revisions import History
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, with_members
from tests.domain.rotations import DAY, HOUR, local, utc
from tests.domain.test_layers import off, over, scenes

often = settings(deadline=None, max_examples=150)
WEEKLY = begin(Rotation(("ana", "bo", "chen"), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))
MONDAY = utc("2026-01-05T09:00")
WEEK = 7 * DAY
FIRST = Stint(MONDAY, MONDAY + WEEK, "ana")
SECOND = Stint(MONDAY + WEEK, MONDAY + 2 * WEEK, "bo")
NONE = Layers()


def applied(layers: Layers, change: Change | Refusal, at: datetime) -> Layers:
    """Keep a change as storage does: what has begun ends, what has not is gone."""
    assert isinstance(change, Change), change
    kept: list[Override] = []
    for each in layers.overrides:
        if each not in change.undone:
            kept.append(each)
        elif each.start < at:
            kept.append(Override(each.id, each.start, at, each.person, each.swap))
    numbers = count(len(layers.overrides))
    swap = f"swap-{at}" if change.is_swap else None
    new = [
        Override(f"new-{at}-{next(numbers)}", each.start, each.end, each.person, swap) for each in change.made
    ]
    overrides = tuple(sorted((*kept, *new), key=lambda each: each.start))
    assert all(one.end <= other.start for one, other in pairwise(overrides))
    return Layers(layers.recorded, overrides, layers.time_off)


def answers(history: History, layers: Layers, start: datetime) -> list[str | None]:
    """Ask who is on duty every few hours of three weeks."""
    return [on_call(history, layers, start + HOUR * each) for each in range(0, 24 * 21, 3)]


def refused(outcome: Change | Refusal) -> No:
    """Return why not."""
    assert isinstance(outcome, Refusal), outcome
    return outcome.no


def test_who_takes_a_shift_under_way_has_its_remainder() -> None:
    """What of a shift has been stays with who had it."""
    at = MONDAY + DAY
    layers = applied(NONE, taking(WEEKLY, NONE, FIRST, "bo", at), at)
    assert [each[:3] for each in shifts(WEEKLY, layers, MONDAY, MONDAY + WEEK)] == [
        (MONDAY, at, "ana"),
        (at, MONDAY + WEEK, "bo"),
    ]


def test_what_is_in_the_way_is_named() -> None:
    """A stretch that somebody took is not taken again; whoever has it is who a second one meets."""
    taken = over("chen", MONDAY + DAY, MONDAY + 2 * DAY)
    layers = Layers(overrides=(taken,))
    outcome = taking(WEEKLY, layers, FIRST, "bo", MONDAY)
    assert isinstance(outcome, Refusal)
    assert (outcome.no, outcome.override) == (No.IN_THE_WAY, taken)
    assert refused(swapping(WEEKLY, layers, FIRST, SECOND, MONDAY)) is No.CHANGED
    assert refused(covering(WEEKLY, layers, FIRST, "bo", MONDAY)) is No.IN_THE_WAY


@pytest.mark.parametrize(
    ("shift", "person", "at", "why"),
    [
        (FIRST._replace(end=MONDAY), "bo", MONDAY, No.REVERSED),
        (FIRST._replace(end=MONDAY - DAY), "bo", MONDAY, No.REVERSED),
        (FIRST, "bo", MONDAY + WEEK, No.ENDED),
        (FIRST, "ana", MONDAY, No.OWN),
        (FIRST._replace(end=MONDAY + 366 * DAY + HOUR), "bo", MONDAY, No.TOO_LONG),
        (FIRST._replace(end=MONDAY + 8 * DAY), "bo", MONDAY, No.CHANGED),
        (Stint(MONDAY - WEEK, MONDAY, "ana"), "bo", MONDAY - WEEK, No.CHANGED),
        (FIRST._replace(person="chen"), "bo", MONDAY, No.CHANGED),
    ],
)
def test_what_cannot_be_taken(shift: Stint, person: str, at: datetime, why: No) -> None:
    """Windows that cannot be, shifts that are over, one's own, and what is not whose one thought."""
    assert refused(taking(WEEKLY, NONE, shift, person, at)) is why
    assert refused(covering(WEEKLY, NONE, shift, person, at)) is why


def test_what_was_taken_over_passes_on() -> None:
    """Who took a shift and asks for cover of a day of it keeps the days around it."""
    layers = applied(NONE, taking(WEEKLY, NONE, FIRST, "bo", MONDAY), MONDAY)
    day = Stint(MONDAY + 2 * DAY, MONDAY + 3 * DAY, "bo")
    layers = applied(layers, covering(WEEKLY, layers, day, "chen", MONDAY + DAY), MONDAY + DAY)
    assert [each.person for each in shifts(WEEKLY, layers, MONDAY, MONDAY + WEEK)] == [
        "bo",
        "bo",
        "chen",
        "bo",
    ]


def test_a_gap_can_be_taken() -> None:
    """Where everybody is away, whoever takes the shift has it."""
    away = Layers(time_off=tuple(off(each, MONDAY, MONDAY + DAY) for each in ("ana", "bo", "chen")))
    gap = Stint(MONDAY, MONDAY + DAY, None)
    layers = applied(away, taking(WEEKLY, away, gap, "bo", MONDAY), MONDAY)
    assert on_call(WEEKLY, layers, MONDAY) == "bo"


def test_one_half_of_a_swap_is_not_given_back_alone() -> None:
    """Once the other half has been, one's own cannot be undone; before, both are."""
    layers = applied(NONE, swapping(WEEKLY, NONE, FIRST, SECOND, MONDAY - DAY), MONDAY - DAY)
    late = SECOND._replace(person="ana")
    assert refused(giving_back(layers, late, MONDAY + WEEK)) is No.HALF_OVER
    assert applied(layers, giving_back(layers, late, MONDAY - HOUR), MONDAY - HOUR) == NONE


def test_a_swap_is_refused_where_a_part_of_what_was_swapped_comes_again() -> None:
    """Swapping back is for the whole; a part of it is in the way of itself."""
    layers = applied(NONE, swapping(WEEKLY, NONE, FIRST, SECOND, MONDAY - DAY), MONDAY - DAY)
    part = FIRST._replace(person="bo", end=MONDAY + DAY)
    assert refused(swapping(WEEKLY, layers, part, SECOND._replace(person="ana"), MONDAY)) is No.IN_THE_WAY


Scene = tuple[History, Layers, datetime]


def two_shifts(scene: Scene, data: st.DataObject) -> tuple[Stint, Stint]:
    """Draw two shifts of different people out of a scene."""
    history, layers, at = scene
    found = [each for each, _ in stints(shifts(history, layers, at, at + 20 * DAY)) if each.person]
    pairs = [each for each in permutations(found, 2) if each[0].person != each[1].person]
    assume(pairs)
    return data.draw(st.sampled_from(pairs))


@often
@given(scenes(), st.data())
def test_a_swap_is_symmetric_and_twice_is_the_identity(scene: Scene, data: st.DataObject) -> None:
    """Whichever shift is named first the answers are the same; swapped again they are what they were."""
    history, layers, at = scene
    one, other = two_shifts(scene, data)
    outcome = swapping(history, layers, one, other, at)
    assert outcome == swapping(history, layers, other, one, at)
    if isinstance(outcome, Refusal):
        return
    before = answers(history, layers, at)
    swapped = applied(layers, outcome, at)
    for hour in range(0, 24 * 21, 3):
        instant, turned = at + HOUR * hour, on_call(history, swapped, at + HOUR * hour)
        if before[hour // 3] == turned:
            continue
        gave, got = (one, other) if one.start <= instant < one.end else (other, one)
        assert (before[hour // 3], turned) == (gave.person, got.person)
        assert gave.start <= instant < gave.end
    back = swapping(
        history,
        swapped,
        one._replace(start=max(one.start, at), person=other.person),
        other._replace(start=max(other.start, at), person=one.person),
        at,
    )
    assert applied(swapped, back, at) == applied(layers, Change(), at)


@often
@given(scenes(), st.data())
def test_taking_changes_its_window_alone_and_giving_back_is_the_identity(
    scene: Scene, data: st.DataObject
) -> None:
    """Who takes a shift has just its hours of duty; undone, everything is as it was."""
    history, layers, at = scene
    found = [each for each, _ in stints(shifts(history, layers, at, at + 20 * DAY))]
    assume(found)
    shift = data.draw(st.sampled_from(found))
    outcome = taking(history, layers, shift, "newcomer", at)
    assume(isinstance(outcome, Change))
    taken = applied(layers, outcome, at)
    for hour in range(0, 24 * 21, 3):
        instant = at + HOUR * hour
        before = on_call(history, layers, instant)
        mine = shift.start <= instant < shift.end and before == shift.person
        if mine and shift.person is not None:
            assert on_call(history, taken, instant) == "newcomer"
        elif not mine:
            assert on_call(history, taken, instant) == before
    given_back = giving_back(taken, shift._replace(person="newcomer"), at)
    assert applied(taken, given_back, at) == applied(layers, Change(), at)


@often
@given(scenes(), st.randoms(use_true_random=False), st.integers(1, 300))
def test_changes_of_members_and_the_order_of_layers_do_not_matter(
    scene: Scene, random: object, hours: int
) -> None:
    """An override stands through a change of members, and layers answer the same in whatever order."""
    history, layers, at = scene
    later = max(at, history.first) + HOUR * hours
    revised = with_members(history, later, tuple(reversed(history.latest.members)))
    mixed = [*layers.overrides], [*layers.time_off]
    for each in mixed:
        random.shuffle(each)  # type: ignore[attr-defined]
    shuffled = Layers(layers.recorded, tuple(mixed[0]), tuple(mixed[1]))
    assert answers(revised, shuffled, at) == answers(revised, layers, at)
    for each in layers.overrides:
        if each.start >= revised.first:
            assert on_call(revised, layers, each.start) == each.person
