"""What holds for every history of changes, in every IANA zone."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.revisions import History
from domain.rotation import Kind, Rotation, Shift
from domain.rotation_changes import begin, redefined, with_members
from domain.rotation_record import history_from_dict, history_to_dict
from tests.domain.rotations import DAY, PEOPLE, SECOND, ZONES, clear_walls, definitions

often = settings(deadline=None, max_examples=300)


@dataclass(frozen=True)
class Change:
    """One change that somebody makes: of the members, or of the definition."""

    at: datetime
    members: tuple[str, ...] | None
    definition: dict[str, object]

    def made(self, history: History) -> History:
        """Return *history* with it."""
        if self.members is not None:
            return with_members(history, self.at, self.members)
        return redefined(history, self.at, **self.definition)  # type: ignore[arg-type]


@st.composite
def new_definitions(draw: st.DrawFn) -> dict[str, object]:
    """Draw what may be changed of a definition: any of kind and length, and a start with its zone."""
    zone = draw(st.sampled_from(ZONES))
    some: dict[str, object] = {"kind": draw(st.sampled_from(Kind)), "length": draw(st.integers(1, 50))}
    if draw(st.booleans()):
        some |= {"start": draw(clear_walls(zone)), "zone": zone}
    return some


@st.composite
def stories(draw: st.DrawFn) -> tuple[Rotation, list[Change]]:
    """Draw a rotation and up to five changes in order, some before the start and some at hand-offs."""
    rotation = draw(definitions())
    turn = rotation.handoff(1) - rotation.first
    gaps = st.timedeltas(timedelta(), 3 * turn) | st.sampled_from((timedelta(), turn, turn - SECOND))
    at = rotation.first + draw(st.sampled_from((timedelta(), -turn / 2, turn / 3)))
    changes = []
    for _ in range(draw(st.integers(1, 5))):
        at += draw(gaps)
        members = draw(
            st.none() | st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5, unique=True).map(tuple)
        )
        changes.append(Change(at, members, draw(new_definitions()) if members is None else {}))
    return rotation, changes


def told(rotation: Rotation, changes: list[Change]) -> History:
    """Return the history after all of them."""
    history = begin(rotation)
    for change in changes:
        history = change.made(history)
    return history


def stepped(rotation: Rotation, changes: list[Change], until: datetime) -> list[tuple[datetime, str]]:
    """Say who takes over when, by stepping from hand-off to hand-off with a pointer, as a person would."""
    ahead = list(changes)
    members, grid, waiting = rotation.members, rotation, None
    slot, holder, taken = 0, members[0], {grid.first: members[0]}
    while True:
        handoff = grid.handoff(slot + 1)
        if ahead and ahead[0].at < handoff:
            change = ahead.pop(0)
            if change.members is None:
                waiting = replace(waiting or grid, **change.definition, stored=True)  # type: ignore[arg-type]
                continue
            if holder not in change.members:
                order = members[members.index(holder) :] + members[: members.index(holder)]
                holder = next((one for one in order if one in change.members), change.members[0])
                taken[change.at] = holder
            members = change.members
            continue
        if handoff >= until:
            return list(taken.items())
        while grid.handoff(slot + 1) == handoff:
            slot += 1
            holder = members[(members.index(holder) + 1) % len(members)]
        if waiting is not None:
            grid, waiting = waiting, None
            slot = grid.locate(handoff)[0]
        taken[handoff] = holder


@often
@given(stories())
def test_a_history_is_what_stepping_through_it_gives(story: tuple[Rotation, list[Change]]) -> None:
    """Every take-over of a shift, through all changes, is where a pointer moved by hand has it."""
    rotation, changes = story
    begun = [change for change in changes if change.at >= rotation.first]
    history = told(rotation, begun)
    longest = max(one.rotation.handoff(1) - one.rotation.handoff(0) for one in history.revisions)
    until = max([rotation.first, *(change.at for change in begun)]) + min(3 * longest, 400 * DAY)
    found = [(shift.start, shift.holder) for shift in history.shifts(rotation.first, until)]
    assert found == stepped(rotation, begun, until)


def up_to(until: datetime, shifts: Iterable[Shift]) -> list[Shift]:
    """Return *shifts* as far as they lie in the past of *until*."""
    return [shift._replace(end=min(shift.end, until)) for shift in shifts]


@often
@given(stories())
def test_the_past_stays_through_every_change(story: tuple[Rotation, list[Change]]) -> None:
    """Up to the instant of a change every answer is as it was, and the end of the shift under way too."""
    rotation, changes = story
    history = begin(rotation)
    for change in changes:
        changed = change.made(history)
        until = max(change.at, min(history.first, changed.first))
        since = max(until - 60 * DAY, rotation.first - DAY)
        assert up_to(until, changed.shifts(since, until)) == up_to(until, history.shifts(since, until))
        just_before = change.at - SECOND / 1_000_000
        assert changed.holder(just_before) == history.holder(just_before)
        if history.holder(change.at) is not None and change.members is None:
            assert changed.shift(change.at) == history.shift(change.at)
            handoff = history.shift(change.at).end  # type: ignore[union-attr]
            assert changed.shift(handoff).start == handoff  # type: ignore[union-attr]
            assert changed.holder(handoff) == history.holder(handoff)
        history = changed


@often
@given(stories())
def test_a_change_of_members_leaves_the_holder_and_the_hand_offs(
    story: tuple[Rotation, list[Change]],
) -> None:
    """A holder who is still a member holds on, and shifts start when they did but where a holder left."""
    rotation, changes = story
    history = begin(rotation)
    for change in changes:
        changed = change.made(history)
        if change.members is not None and change.at >= history.first:
            holder = history.holder(change.at)
            if holder in change.members:
                assert changed.shift(change.at) == history.shift(change.at)
            until = change.at + 60 * DAY
            before = [shift.start for shift in history.shifts(change.at, until)]
            after = [shift.start for shift in changed.shifts(change.at, until)]
            assert after[1:] == before[1:]
            assert after[0] == (before[0] if holder in change.members else change.at)
        history = changed


@often
@given(stories(), st.timedeltas(-30 * DAY, 90 * DAY))
def test_shifts_touch_and_agree_with_each_answer(
    story: tuple[Rotation, list[Change]], off: timedelta
) -> None:
    """Listed shifts cover everything from the first one on, and each is what is said of its instants."""
    history = told(*story)
    start = story[1][-1].at + off
    end = start + 20 * DAY
    shifts = list(history.shifts(start, end))
    if end <= history.first:
        assert shifts == []
        return
    assert shifts[0].start <= max(start, history.first) < shifts[0].end
    assert shifts[-1].start < end <= shifts[-1].end
    assert all(one.end == other.start for one, other in pairwise(shifts))
    for shift in shifts:
        last = shift.end - SECOND / 1_000_000
        assert history.shift(shift.start) == history.shift(last) == shift
        assert history.holder(shift.start) == history.holder(last) == shift.holder
        assert history.slot(shift.start) == shift.slot
        following = history.next_shift(shift.start)
        assert following.start == shift.end > shift.start
        assert (following.slot, following.revision) != (shift.slot, shift.revision)


@often
@given(stories())
def test_a_history_survives_storage(story: tuple[Rotation, list[Change]]) -> None:
    """Written as JSON and read back it is the same history."""
    history = told(*story)
    assert history_from_dict(json.loads(json.dumps(history_to_dict(history)))) == history


@pytest.mark.soak
@settings(deadline=None, max_examples=2_000 if os.environ.get("SOAK") == "short" else 20_000)
@given(stories(), st.timedeltas(-30 * DAY, 90 * DAY))
def test_a_long_campaign_finds_no_exception(story: tuple[Rotation, list[Change]], off: timedelta) -> None:
    """What holds for a few hundred histories holds for tens of thousands."""
    for holds in (
        test_a_history_is_what_stepping_through_it_gives,
        test_the_past_stays_through_every_change,
        test_a_change_of_members_leaves_the_holder_and_the_hand_offs,
        test_a_history_survives_storage,
    ):
        holds.hypothesis.inner_test(story)
    test_shifts_touch_and_agree_with_each_answer.hypothesis.inner_test(story, off)
