"""What lies over the turns of a rotation: overrides, time off, hours of duty, and the record on top."""

from datetime import datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.duty import NOTHING_OVER, Duty, Layers, Override, Recorded, TimeOff, Why
from domain.duty_window import DutyWindow
from domain.layers import duty, on_call, shifts
from domain.revisions import History
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, with_window
from tests.domain.rotations import DAY, HOUR, definitions, local, utc

often = settings(deadline=None, max_examples=150)
WEEKLY = begin(Rotation(("ana", "bo", "chen"), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))
MONDAY = utc("2026-01-05T09:00")
RANGE = (MONDAY, MONDAY + 21 * DAY)


def off(person: str, start: datetime, end: datetime) -> TimeOff:
    """Give somebody time off."""
    return TimeOff(f"off-{person}-{start}", person, start, end)


def over(person: str, start: datetime, end: datetime) -> Override:
    """Give somebody the duty of a stretch."""
    return Override(f"over-{person}-{start}", start, end, person)


def told(found: list[Duty]) -> list[tuple[str | None, Why, timedelta, timedelta]]:
    """Say who has which hours since the rotation's start, and why."""
    return [(each.person, each.why, each.start - MONDAY, each.end - MONDAY) for each in found]


def test_an_override_counts_within_its_window_alone() -> None:
    """Whoever took a part of a shift has that part; the holder has what is left of it on both sides."""
    layers = Layers(overrides=(over("bo", MONDAY + DAY, MONDAY + 2 * DAY),))
    assert told(list(shifts(WEEKLY, layers, MONDAY, MONDAY + DAY * 7))) == [
        ("ana", Why.TURN, 0 * DAY, DAY),
        ("bo", Why.OVERRIDE, DAY, 2 * DAY),
        ("ana", Why.TURN, 2 * DAY, 7 * DAY),
    ]


def test_the_next_one_there_stands_in_and_nobodys_turn_moves() -> None:
    """While the holder is away the next member who is not has the duty; the shifts after it stay theirs."""
    layers = Layers(time_off=(off("ana", MONDAY - DAY, MONDAY + DAY), off("bo", MONDAY, MONDAY + 8 * DAY)))
    assert told(list(shifts(WEEKLY, layers, *RANGE))) == [
        ("chen", Why.STAND_IN, 0 * DAY, DAY),
        ("ana", Why.TURN, DAY, 7 * DAY),
        ("chen", Why.STAND_IN, 7 * DAY, 8 * DAY),
        ("bo", Why.TURN, 8 * DAY, 14 * DAY),
        ("chen", Why.TURN, 14 * DAY, 21 * DAY),
    ]


def test_everybody_away_is_a_gap() -> None:
    """Where no member is there, nobody is on duty, and that is what is said."""
    layers = Layers(time_off=tuple(off(each, MONDAY, MONDAY + HOUR) for each in ("ana", "bo", "chen")))
    first, second, *_ = shifts(WEEKLY, layers, *RANGE)
    assert (first.person, first.why, first.end) == (None, Why.ALL_AWAY, MONDAY + HOUR)
    assert second.person == "ana"


def test_an_override_wins_over_time_off_and_the_record_over_all() -> None:
    """Who agreed to a stretch has it even if they are away; what was on record stays as it was."""
    layers = Layers(
        recorded=(Recorded(MONDAY, MONDAY + HOUR, "chen"),),
        overrides=(over("bo", MONDAY, MONDAY + DAY),),
        time_off=(off("bo", MONDAY, MONDAY + 2 * DAY),),
    )
    assert on_call(WEEKLY, layers, MONDAY) == "chen"
    assert on_call(WEEKLY, layers, MONDAY + HOUR) == "bo"
    assert on_call(WEEKLY, layers, MONDAY + DAY) == "ana"


def test_regions_follow_the_sun() -> None:
    """Three rotations with a third of the day each have somebody on duty at every instant, one at a time."""
    thirds = [(time(0), time(8)), (time(8), time(16)), (time(16), time(0))]
    regions = [
        begin(Rotation((f"{number}",), Kind.DAILY, 1, local("2026-01-05T00:00"), "UTC"), DutyWindow(*hours))
        for number, hours in enumerate(thirds)
    ]
    for hour in range(72):
        at = MONDAY + HOUR * hour
        present = [each for region in regions if (each := on_call(region, NOTHING_OVER, at))]
        assert present == [str(at.hour // 8)]


def test_a_night_ends_the_next_morning_where_the_clocks_jump() -> None:
    """Both ends of the hours of duty are the local clock's: a night that it is set forward in is shorter."""
    nights = DutyWindow(time(22), time(6))
    rotation = Rotation(("ana",), Kind.WEEKLY, 1, local("2026-03-02T09:00"), "Europe/Madrid")
    found = list(
        shifts(begin(rotation, nights), NOTHING_OVER, utc("2026-03-28T20:00"), utc("2026-03-29T12:00"))
    )
    assert [(each.person, each.end - each.start) for each in found[1:2]] == [("ana", 7 * HOUR)]


def test_new_hours_of_duty_leave_the_past_alone() -> None:
    """A window counts from the change on; who was on duty before stays so."""
    changed = with_window(WEEKLY, MONDAY + DAY, DutyWindow(time(9), time(17)))
    assert on_call(changed, NOTHING_OVER, MONDAY + HOUR * 12) == "ana"
    assert on_call(changed, NOTHING_OVER, MONDAY + DAY + HOUR * 12) is None
    assert on_call(changed, NOTHING_OVER, MONDAY + DAY + HOUR) == "ana"
    assert with_window(changed, MONDAY + 2 * DAY, None).revisions[-1].window is None


@st.composite
def scenes(draw: st.DrawFn) -> tuple[History, Layers, datetime]:
    """Draw a rotation, what lies over it, and an instant from which to look."""
    rotation = draw(definitions())
    at = rotation.first + HOUR * draw(st.integers(-50, 500))
    cuts = sorted(draw(st.sets(st.integers(0, 400), min_size=0, max_size=8)))
    windows = [(at + HOUR * low, at + HOUR * high) for low, high in pairwise(cuts)][::2]
    people = st.sampled_from((*rotation.members, "somebody"))
    overrides = tuple(over(draw(people), *each) for each in windows)
    away = st.tuples(people, st.integers(-20, 300), st.integers(1, 200))
    times_off = tuple(
        off(person, at + HOUR * begun, at + HOUR * (begun + long))
        for person, begun, long in draw(st.lists(away, max_size=5))
    )
    hours = st.builds(DutyWindow, st.times().map(_minute), st.times().map(_minute))
    history = begin(rotation, draw(st.none() | hours))
    return history, Layers(overrides=overrides, time_off=times_off), at


def _minute(wall: time) -> time:
    return wall.replace(second=0, microsecond=0)


@often
@given(scenes())
def test_stretches_partition_time_and_agree_with_points(scene: tuple[History, Layers, datetime]) -> None:
    """From the beginning on there is no hole and no overlap, and each instant's answer is its stretch's."""
    history, layers, at = scene
    found = list(shifts(history, layers, at, at + 10 * DAY))
    assert all(one.end == other.start for one, other in pairwise(found))
    for each in found:
        assert each.start < each.end
        for instant in (
            each.start,
            each.start + (each.end - each.start) / 2,
            each.end - timedelta(seconds=1),
        ):
            assert on_call(history, layers, instant) == each.person
            assert duty(history, layers, instant) == each


@often
@given(scenes(), st.integers(0, 300), st.integers(1, 100))
def test_an_override_changes_nothing_outside_itself(
    scene: tuple[History, Layers, datetime], begun: int, long: int
) -> None:
    """Outside its window everybody has what they had; inside it has whom it names."""
    history, layers, at = scene
    new = over("newcomer", at + HOUR * begun, at + HOUR * (begun + long))
    free = Layers(layers.recorded, (), layers.time_off)
    changed = Layers(free.recorded, (new,), free.time_off)
    for hour in range(0, 410, 7):
        instant = at + HOUR * hour
        if instant < history.first:
            assert on_call(history, changed, instant) is None
        elif new.start <= instant < new.end:
            assert on_call(history, changed, instant) == "newcomer"
        else:
            assert on_call(history, changed, instant) == on_call(history, free, instant)


@often
@given(scenes())
def test_nobody_who_is_away_has_a_turn(scene: tuple[History, Layers, datetime]) -> None:
    """Whoever has the duty by the order of turns is there; a gap for absence means that everybody is away."""
    history, layers, at = scene
    for each in shifts(history, layers, at, at + 10 * DAY):
        away = {gone.person for gone in layers.time_off if gone.start <= each.start < gone.end}
        if each.why in (Why.TURN, Why.STAND_IN):
            assert each.person not in away
        if each.why is Why.ALL_AWAY:
            assert set(history.latest.members) <= away
