"""Shifts as events of a calendar: named for good, whole, the nearest ones kept."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings

from domain.duty import NOTHING_OVER, Layers, Recorded
from domain.duty_calendar import MOST, Event, events, nearest
from domain.layers import shifts
from domain.revisions import History
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from tests.domain.rotations import DAY, HOUR, local, utc
from tests.domain.test_layers import off, over, scenes

MONDAY = utc("2026-01-05T09:00")
WEEKLY = begin(Rotation(("ana", "bo", "chen"), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))


def drawn(layers: Layers, history: History = WEEKLY) -> list[Event]:
    """Return the events of three weeks."""
    return list(events("shop", "Shop", shifts(history, layers, MONDAY, MONDAY + 21 * DAY)))


def test_each_shift_is_one_event() -> None:
    """A plain rotation has an event a turn, with its times and its person."""
    found = drawn(NOTHING_OVER)
    assert [(each.person, each.start, each.end) for each in found] == [
        (name, MONDAY + 7 * DAY * week, MONDAY + 7 * DAY * (week + 1))
        for week, name in enumerate(("ana", "bo", "chen"))
    ]
    assert len({each.uid for each in found}) == 3


def test_what_is_left_of_a_shift_keeps_its_name() -> None:
    """An override in the middle makes two parts more; the first keeps its uid, and nothing else changes."""
    before = drawn(NOTHING_OVER)
    after = drawn(Layers(overrides=(over("chen", MONDAY + DAY, MONDAY + 2 * DAY),)))
    assert [each.person for each in after] == ["ana", "chen", "ana", "bo", "chen"]
    assert after[0].uid == before[0].uid
    assert after[0].state != before[0].state
    assert after[3:] == before[1:]


def test_a_gap_is_no_event() -> None:
    """Where everybody is away the calendar has nothing."""
    away = tuple(off(each, MONDAY, MONDAY + DAY) for each in ("ana", "bo", "chen"))
    assert drawn(Layers(time_off=away))[0].start == MONDAY + DAY


def test_what_is_written_down_looks_as_before() -> None:
    """A shift that Bugle first saw in its midst, and one that is over, are the events that they were."""
    before = drawn(NOTHING_OVER)
    recorded = (
        Recorded(MONDAY + 2 * DAY, MONDAY + 7 * DAY, "ana"),
        Recorded(MONDAY + 7 * DAY, MONDAY + 14 * DAY, "bo"),
    )
    assert drawn(Layers(recorded=recorded)) == before


def test_a_rotation_that_ends_cuts_its_last_event() -> None:
    """Nobody is shown on duty after the end, be it in the midst of a shift."""
    duties = shifts(WEEKLY, NOTHING_OVER, MONDAY, MONDAY + 21 * DAY)
    found = list(events("shop", "Shop", duties, until=MONDAY + 10 * DAY))
    assert [each.end for each in found] == [MONDAY + 7 * DAY, MONDAY + 10 * DAY]


@settings(deadline=None, max_examples=150)
@given(scenes())
def test_events_have_names_of_their_own(scene: tuple[History, Layers, object]) -> None:
    """Whatever lies over the turns, no two events share a uid, and none overlaps another."""
    history, layers, _ = scene
    found = list(events("shop", "Shop", shifts(history, layers, history.first, history.first + 40 * DAY)))
    assert len({each.uid for each in found}) == len(found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_the_nearest_are_kept() -> None:
    """Too many events are cut: what is over goes first, then the far future."""
    one = drawn(NOTHING_OVER)[0]
    many = [
        replace(one, uid=f"{n:05}", start=MONDAY + n * HOUR, end=MONDAY + (n + 1) * HOUR) for n in range(9000)
    ]
    for now, first in ((100, 100), (8_500, 9_000 - MOST), (9_500, 9_000 - MOST)):
        kept = nearest(reversed(many), MONDAY + now * HOUR)
        assert (len(kept), kept[0].uid, kept[-1].uid) == (MOST, f"{first:05}", f"{first + MOST - 1:05}")
    assert nearest(many[:3], MONDAY) == many[:3]
