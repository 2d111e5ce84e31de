"""The score of a schedule: what lowers it, by how much, and what is to be done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duty import Duty, Layers, Override, TimeOff, Why
from domain.duty_quality import Advice, Cause, Finding, Planned, Quality, quality
from domain.duty_window import DutyWindow
from domain.layers import shifts
from domain.revisions import History
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, with_window
from tests.domain.rotations import DAY, HOUR, PEOPLE, ZONES, local, utc

START = utc("2026-01-05T09:00")
WEEK = 7 * DAY
WEEKLY = Rotation(("ana", "ben", "chen"), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC")
NOTHING = Layers()


def planned(
    rotation: Rotation,
    layers: Layers = NOTHING,
    *,
    key: str = "shop",
    weeks: int = 6,
    history: History | None = None,
) -> Planned:
    """Return a rotation with its coming weeks."""
    found = shifts(history or begin(rotation), layers, START, START + weeks * WEEK)
    return Planned(key, rotation, tuple(found))


def judged(
    one: Planned,
    *others: Planned,
    gone: Sequence[str] = (),
    weeks: int = 6,
    zones: dict[str, str] | None = None,
) -> Quality:
    """Judge the coming weeks."""
    seen = {person: ZoneInfo(name) for person, name in (zones or {}).items()}
    return quality(one, others, START, START + weeks * WEEK, gone=frozenset(gone), zones=seen)


def override(person: str, start: datetime, end: datetime) -> Layers:
    """Return an agreement that somebody has the duty for a while."""
    return Layers(overrides=(Override("1", start, end, person),))


def test_a_gap_costs_four_times_its_share() -> None:
    """Everybody away for a day of six weeks: a forty-second of the time, and somebody more is needed."""
    at = START + 3 * DAY
    off = tuple(TimeOff(each, each, at, at + DAY) for each in WEEKLY.members)
    found = judged(planned(WEEKLY, Layers(time_off=off)))
    assert found == Quality(90, (Finding(Cause.GAP, DAY, at, advice=Advice.ADD_MEMBER),))


def test_hours_of_no_duty_are_no_gap() -> None:
    """Where nobody needs to be on duty nobody is missed."""
    office = with_window(begin(WEEKLY), START - DAY, DutyWindow(time(9), time(17)))
    assert judged(planned(WEEKLY, history=office)) == Quality(100, ())


def test_who_left_is_to_be_taken_out() -> None:
    """A member who left Slack has two of the six weeks."""
    found = judged(planned(WEEKLY), gone=["ben"])
    assert found.findings == (Finding(Cause.GONE, 2 * WEEK, START + WEEK, "ben", advice=Advice.REMOVE),)
    assert found.score == 33


def test_two_duties_at_once_name_a_swap() -> None:
    """Ana has the first week in both: the next who is free in it takes one."""
    other = planned(replace(WEEKLY, members=("ana", "dee", "eli")), key="shop-second")
    (finding,) = judged(planned(WEEKLY), other, weeks=2).findings
    assert finding == Finding(Cause.DOUBLE, WEEK, START, "ana", "shop-second", Advice.SWAP, "ben")


def test_hand_offs_at_different_times_are_to_be_moved() -> None:
    """Ana is still on duty here when her week begins there, for four hours."""
    there = Rotation(("dee", "ana", "eli"), Kind.WEEKLY, 1, local("2026-01-05T05:00"), "UTC")
    other = planned(there, key="pay")
    (finding,) = judged(planned(WEEKLY), other, weeks=2).findings
    assert (finding.cause, finding.length, finding.advice) == (Cause.DOUBLE, 4 * HOUR, Advice.MOVE_HANDOFF)


def test_short_turns_at_once_are_not_for_moving() -> None:
    """Where whole turns of eight hours clash, another hand-off would not help: two who swap turns would."""
    hourly = Rotation(("ana", "ben", "chen"), Kind.HOURLY, 8, local("2026-01-05T09:00"), "UTC")
    other = planned(replace(hourly, members=("ana", "dee", "eli")), key="pay")
    found = [each for each in judged(planned(hourly), other).findings if each.cause is Cause.DOUBLE]
    assert [(each.person, each.advice, each.swap_with) for each in found] == [("ana", Advice.SWAP, "ben")]


def test_taking_somebody_elses_weeks_is_uneven() -> None:
    """Who has four of six weeks has two too many, and nights and weekends with them."""
    found = judged(planned(WEEKLY, override("ana", START + WEEK, START + 3 * WEEK)))
    said = {(each.cause, each.person, each.length, each.advice, each.swap_with) for each in found.findings}
    assert said == {
        (Cause.HOURS, "ana", 2 * WEEK, Advice.SWAP, "ben"),
        (Cause.NIGHTS, "ana", 2 * 56 * HOUR, Advice.SWAP, "ben"),
        (Cause.WEEKENDS, "ana", 2 * 32 * HOUR, Advice.SWAP, "ben"),
    }
    assert found.score == 74


def test_a_round_of_a_week_gives_some_every_weekend() -> None:
    """Seven people by the day: two have all weekends, which no swap helps for long."""
    people = PEOPLE[:7]
    daily = Rotation(people, Kind.DAILY, 1, local("2026-01-05T06:00"), "UTC")
    found = judged(planned(daily))
    assert {(each.cause, each.advice) for each in found.findings} == {(Cause.WEEKENDS, Advice.ADD_MEMBER)}
    assert {each.person for each in found.findings} == {people[5], people[6]}


def test_four_weeks_of_three_people_cannot_be_even() -> None:
    """What the order of turns makes unavoidable lowers nothing."""
    assert judged(planned(WEEKLY, weeks=4), weeks=4) == Quality(100, ())


def test_nothing_to_judge_is_nothing_wrong() -> None:
    """A rotation that has not begun yet has no fault."""
    assert judged(Planned("shop", WEEKLY, ())) == Quality(100, ())


rotations = st.builds(
    Rotation,
    st.integers(1, 6).map(lambda count: PEOPLE[:count]),
    st.sampled_from((Kind.WEEKLY, Kind.MONTHLY)),
    st.integers(1, 2),
    st.just(local("2026-01-05T09:00")),
    st.just("Europe/Madrid"),
)


@given(rotations, st.integers(1, 30), st.sampled_from(ZONES))
def test_turns_without_anything_over_them_score_a_hundred(rotation: Rotation, weeks: int, zone: str) -> None:
    """Whoever takes turns by the week or the month has an even schedule, for however long it is looked at."""
    zones = dict.fromkeys(rotation.members, zone)
    assert judged(planned(rotation, weeks=weeks), weeks=weeks, zones=zones) == Quality(100, ())


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Planned, Planned, frozenset[str]]:
    """Draw two rotations that share people, with stretches given to anybody, and who has left."""
    found = []
    for key in ("shop", "pay"):
        kind = draw(st.sampled_from((Kind.DAILY, Kind.WEEKLY)))
        members = tuple(draw(st.permutations(PEOPLE[:4]))[:3])
        rotation = Rotation(members, kind, 1, local("2026-01-05T09:00"), "UTC")
        duties = [
            each._replace(person=draw(st.sampled_from((*PEOPLE[:5], None, each.person, each.person))))
            for each in planned(rotation, weeks=3).duties
        ]
        found.append(Planned(key, rotation, tuple(duties)))
    return found[0], found[1], frozenset(draw(st.sets(st.sampled_from(PEOPLE[:4]), max_size=2)))


@given(schedules(), st.data())
def test_a_gap_never_raises_the_score(
    drawn: tuple[Planned, Planned, frozenset[str]], data: st.DataObject
) -> None:
    """Taking anybody off any part of any stretch leaves the score or lowers it; it stays within 0 and 100."""
    one, other, gone = drawn
    before = judged(one, other, gone=sorted(gone), weeks=3).score
    duties = list(one.duties)
    place = data.draw(st.integers(0, len(duties) - 1))
    chosen = duties[place]
    cut = chosen.start + (chosen.end - chosen.start) * data.draw(st.sampled_from((0, 0.25, 0.5)))
    duties[place : place + 1] = [
        *([chosen._replace(end=cut)] if cut > chosen.start else []),
        chosen._replace(start=cut, person=None, why=Why.ALL_AWAY),
    ]
    after = judged(replace(one, duties=tuple(duties)), other, gone=sorted(gone), weeks=3).score
    assert 0 <= after <= before <= 100


@given(schedules(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(
    drawn: tuple[Planned, Planned, frozenset[str]], random: Random
) -> None:
    """Stretches and other rotations in any order are judged alike."""
    one, other, gone = drawn
    third = replace(other, key="a")
    mixed: list[Duty] = list(one.duties)
    random.shuffle(mixed)
    again = judged(replace(one, duties=tuple(mixed)), third, other, gone=sorted(gone), weeks=3)
    assert again == judged(one, other, third, gone=sorted(gone), weeks=3)


@pytest.mark.parametrize("weeks", [1, 4, 13])
def test_nobody_at_all_scores_nothing(weeks: int) -> None:
    """Without anybody on duty the score is 0."""
    empty = [each._replace(person=None, why=Why.ALL_AWAY) for each in planned(WEEKLY, weeks=weeks).duties]
    assert judged(Planned("shop", WEEKLY, tuple(empty)), weeks=weeks).score == 0
