"""What holds for every rotation, in every IANA zone."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.rotation import Kind, Rotation
from tests.domain.rotations import (
    DAY,
    SECOND,
    ZONES,
    clear_walls,
    definitions,
    instants,
    local,
    rotations_and_instants,
)

often = settings(deadline=None, max_examples=300)


@often
@given(definitions(), st.integers(-40, 150))
def test_hand_offs_never_go_back(rotation: Rotation, n: int) -> None:
    """Each hand-off comes at or after the one before."""
    assert rotation.handoff(n) <= rotation.handoff(n + 1)


@often
@given(rotations_and_instants())
def test_the_slot_is_the_last_one_begun(found: tuple[Rotation, datetime]) -> None:
    """The slot's hand-off has come, the next one has not; before hand-off 0 there is none."""
    rotation, at = found
    slot = rotation.slot(at)
    if at < rotation.handoff(0):
        assert slot is None
    else:
        assert slot is not None
        assert slot >= 0
        assert rotation.handoff(slot) <= at < rotation.handoff(slot + 1)


@often
@given(definitions(), st.integers(1, 150))
def test_a_second_before_a_hand_off_is_the_slot_before(rotation: Rotation, n: int) -> None:
    """Shifts are half-open, to the second, wherever the slot before has any length."""
    handoff = rotation.handoff(n)
    assume(rotation.handoff(n - 1) < handoff)
    assert rotation.slot(handoff - SECOND) == n - 1


@often
@given(rotations_and_instants())
def test_one_person_holds_from_the_start_on(found: tuple[Rotation, datetime]) -> None:
    """Nobody holds before the start; from then on the holder is the member whose turn the slot is."""
    rotation, at = found
    slot, shift = rotation.slot(at), rotation.shift(at)
    if slot is None:
        assert (shift, rotation.holder(at)) == (None, None)
    else:
        assert shift is not None
        assert (shift.slot, shift.holder) == (slot, rotation.members[slot % len(rotation.members)])
        assert rotation.holder(at) == shift.holder
        assert shift.start <= at < shift.end


@often
@given(definitions(), st.integers(0, 100))
def test_each_member_has_one_of_as_many_slots(rotation: Rotation, n: int) -> None:
    """Over as many slots as there are members each holds once, where the clocks swallow none."""
    handoffs = [rotation.handoff(n + place) for place in range(len(rotation.members) + 1)]
    assume(all(one < other for one, other in pairwise(handoffs)))
    assert sorted(str(rotation.holder(at)) for at in handoffs[:-1]) == sorted(rotation.members)


@often
@given(rotations_and_instants(), st.timedeltas(timedelta(), 60 * DAY))
def test_shifts_part_the_range_and_agree_with_each_answer(
    found: tuple[Rotation, datetime], span: timedelta
) -> None:
    """Listed shifts touch, cover the range from the start on and agree with what is said of each instant."""
    rotation, start = found
    span = min(span, 60 * (rotation.handoff(1) - rotation.handoff(0)) + DAY)
    shifts = list(rotation.shifts(start, start + span))
    if max(start, rotation.first) >= start + span:
        assert shifts == []
        return
    assert shifts[0].start <= max(start, rotation.first) < shifts[0].end
    assert shifts[-1].start < start + span <= shifts[-1].end
    assert all(one.end == other.start for one, other in pairwise(shifts))
    for shift in shifts:
        assert shift.start < shift.end
        assert (shift.start, shift.end) == (rotation.handoff(shift.slot), rotation.handoff(shift.slot + 1))
        assert rotation.shift(shift.start) == rotation.shift(shift.end - SECOND / 2) == shift


@often
@given(rotations_and_instants())
def test_the_next_shift_starts_after_now_and_none_starts_between(found: tuple[Rotation, datetime]) -> None:
    """The next shift starts where the one under way ends, or at the start."""
    rotation, at = found
    following, under_way = rotation.next_shift(at), rotation.shift(at)
    assert following.start > at
    assert following.start == (under_way.end if under_way else rotation.first)
    assert rotation.shift(following.start) == following


@often
@given(st.data(), st.integers(1, 5))
def test_a_day_is_24_hours_of_the_wall_clock_and_a_week_seven_days(data: st.DataObject, length: int) -> None:
    """The same turns named in other units are the same shifts."""
    zone = data.draw(st.sampled_from(ZONES))
    start = data.draw(clear_walls(zone))
    for kind, other, times in ((Kind.DAILY, Kind.HOURLY, 24), (Kind.WEEKLY, Kind.DAILY, 7)):
        one = Rotation(("ana", "bo"), kind, length, start, zone)
        same = Rotation(("ana", "bo"), other, length * times, start, zone)
        at = data.draw(instants(one))
        assert (one.shift(at), one.next_shift(at)) == (same.shift(at), same.next_shift(at))


@often
@given(rotations_and_instants(), st.sampled_from(ZONES))
def test_the_zone_an_instant_is_written_in_does_not_matter(
    found: tuple[Rotation, datetime], zone: str
) -> None:
    """An instant written in any zone, also in its repeated hour, has the answer of that instant."""
    rotation, at = found
    assert rotation.shift(at.astimezone(ZoneInfo(zone))) == rotation.shift(at)


@pytest.mark.parametrize("process_zone", ["UTC", "America/Santiago", "Pacific/Apia"])
def test_neither_the_process_zone_nor_the_order_of_questions_matters(process_zone: str) -> None:
    """The same questions, asked backwards by a process in another zone, have the same answers."""
    rotation = Rotation(("ana", "bo", "chen"), Kind.HOURLY, 5, local("2026-03-01T00:30"), "Europe/Madrid")
    questions = [rotation.first + number * timedelta(hours=7, minutes=13) for number in range(2_000)]
    answers = [rotation.shift(at) for at in questions]
    with process_in(process_zone):
        fresh = Rotation(("ana", "bo", "chen"), Kind.HOURLY, 5, local("2026-03-01T00:30"), "Europe/Madrid")
        assert [fresh.shift(at) for at in reversed(questions)] == answers[::-1]


@contextmanager
def process_in(zone: str) -> Iterator[None]:
    """Put this process in another zone for a while."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.soak
@settings(deadline=None, max_examples=3_000 if os.environ.get("SOAK") == "short" else 30_000)
@given(rotations_and_instants(), st.timedeltas(timedelta(), 60 * DAY))
def test_a_long_campaign_finds_no_exception(found: tuple[Rotation, datetime], span: timedelta) -> None:
    """What holds for a few hundred rotations holds for tens of thousands."""
    for holds in (
        test_the_slot_is_the_last_one_begun,
        test_one_person_holds_from_the_start_on,
        test_the_next_shift_starts_after_now_and_none_starts_between,
    ):
        holds.hypothesis.inner_test(found)
    test_shifts_part_the_range_and_agree_with_each_answer.hypothesis.inner_test(found, span)
