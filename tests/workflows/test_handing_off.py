"""Settling who is on duty, on both databases: recorded whole, told of once, whatever the clock does."""

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from domain.duty_window import DutyWindow
from domain.layers import shifts
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin, redefined, with_window, without_member
from storage import duty_layers, overrides, rotations
from storage.database import Database
from tests.domain.rotations import DAY, local, utc
from tests.workflows.duties import KEY, PROFILE, Duties, duties
from workflows import handing_off

ANA, BEN, CARL = "U0ANA", "U0BEN", "U0CARL"
WEEK = 7 * DAY
START = utc("2026-01-05T09:00")
WEEKLY = begin(Rotation((ANA, BEN, CARL), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))
BEGUN = START + DAY


@pytest.fixture
def weekly(database: Database) -> Iterator[Duties]:
    """Yield a weekly rotation of three, first settled on its second day, in Ana's week."""
    with duties(database, WEEKLY, BEGUN) as made:
        yield made


def test_a_first_look_is_no_hand_off(weekly: Duties) -> None:
    """What Bugle finds when it first looks was so before: nobody is told, nothing is recorded."""
    weekly.at(START + 6 * DAY)
    assert (weekly.told(), weekly.records()) == ([], [])


def test_a_hand_off_is_told_of_once(weekly: Duties) -> None:
    """At the hand-off the leaver's week is recorded and the next is announced; later ticks add nothing."""
    for seconds in (0, 60, 3600, 86400):
        weekly.at(START + WEEK + timedelta(seconds=seconds))
    assert weekly.told() == [(ANA, BEN)]
    assert weekly.records() == [(BEGUN, START + WEEK, ANA)]
    assert len(weekly.decided("announce_duty")) == 1


def test_replicas_settle_once(weekly: Duties) -> None:
    """Four ticks at the same instant, as of four replicas, tell of one hand-off and record one stretch."""
    weekly.clock.at = START + WEEK
    together = threading.Barrier(4)

    def tick() -> None:
        together.wait()
        handing_off.settle_all(weekly.ctx)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(tick) for _ in range(4)]:
            done.result(timeout=30)
    assert (weekly.told(), len(weekly.records())) == ([(ANA, BEN)], 1)


def test_a_clock_that_is_behind_hands_nothing_back(weekly: Duties) -> None:
    """A replica whose clock is some seconds late looks after the first one: the hand-off stands, once."""
    weekly.at(START + WEEK)
    for late in (0.002, 5, 30):
        weekly.at(START + WEEK - timedelta(seconds=late))
        weekly.override(f"{late}", START + 10 * WEEK, START + 11 * WEEK, CARL)
    weekly.at(START + WEEK + timedelta(seconds=1))
    assert weekly.told() == [(ANA, BEN)]
    assert weekly.records() == [(BEGUN, START + WEEK, ANA)]


def test_after_downtime_only_the_present_holder_is_told_of(weekly: Duties) -> None:
    """Two hand-offs passed while Bugle was down: one is told of, and both weeks are in the record."""
    weekly.at(START + 2 * WEEK + DAY)
    assert weekly.told() == [(ANA, CARL)]
    assert weekly.records() == [
        (BEGUN, START + WEEK, ANA),
        (START + WEEK, START + 2 * WEEK, BEN),
    ]


def test_nobody_new_is_no_news(weekly: Duties) -> None:
    """Down for a whole round, the one on duty is the same again: nothing is told, all is recorded."""
    weekly.at(START + 3 * WEEK + DAY)
    assert weekly.told() == []
    assert [person for *_, person in weekly.records()] == [ANA, BEN, CARL]


def test_an_override_is_a_hand_off_and_back(weekly: Duties) -> None:
    """Cover for a day is told of at its beginning and at its end, at once where it begins now."""
    now = START + 2 * DAY
    weekly.at(now)
    weekly.override("1", now, now + DAY, CARL)
    assert weekly.told() == [(ANA, CARL)]
    weekly.at(now + DAY)
    assert weekly.told() == [(ANA, CARL), (CARL, ANA)]
    assert weekly.records() == [(BEGUN, now, ANA), (now, now + DAY, CARL)]


def test_a_cancelled_override_gives_the_duty_back(weekly: Duties) -> None:
    """Cut short, what of it has been stays in the record."""
    now = START + 2 * DAY
    weekly.at(now)
    weekly.override("1", now, now + 2 * DAY, CARL)
    weekly.clock.at = now + DAY
    with weekly.change() as tx:
        kept = overrides.get(tx, "1")
        assert kept is not None
        overrides.cancel(tx, kept, now + DAY, ANA)
    weekly.at(START + WEEK)
    assert weekly.told() == [(ANA, CARL), (CARL, ANA), (ANA, BEN)]
    assert weekly.records()[1:] == [(now, now + DAY, CARL), (now + DAY, START + WEEK, ANA)]


def test_what_was_told_is_not_rewritten(weekly: Duties) -> None:
    """Time off noted too late counts from when it was noted: until then people saw another name."""
    weekly.at(START + 3 * DAY)
    weekly.away("1", ANA, START + 2 * DAY, START + 5 * DAY)
    weekly.at(START + 6 * DAY)
    assert weekly.told() == [(ANA, BEN), (BEN, ANA)]
    assert weekly.records() == [
        (BEGUN, START + 3 * DAY, ANA),
        (START + 3 * DAY, START + 5 * DAY, BEN),
    ]


def test_a_gap_is_told_of_ahead_once(weekly: Duties) -> None:
    """Everybody away: warned of a day ahead, told of when it comes, and when it is over."""
    since, until = START + 3 * DAY, START + 4 * DAY
    for number, person in enumerate((ANA, BEN, CARL)):
        weekly.away(str(number), person, since, until)
    assert weekly.decided("warn_of_gap") == []
    weekly.at(since - DAY + timedelta(minutes=1))
    weekly.at(since - timedelta(hours=1))
    assert len(weekly.decided("warn_of_gap")) == 1
    weekly.away("longer", ANA, until - timedelta(hours=1), until + timedelta(hours=1))
    weekly.at(since)
    weekly.at(until)
    assert weekly.told() == [(ANA, None), (ANA, BEN)]
    assert len(weekly.decided("warn_of_gap")) == 1
    assert weekly.records()[-1] == (since, until, None)


def test_hours_of_duty_are_quiet(database: Database) -> None:
    """The end of a day's hours is recorded and not told of; somebody else's beginning is."""
    office = DutyWindow(time(9), time(17), frozenset(range(5)))
    history = with_window(WEEKLY, START, office)
    with duties(database, history, START) as made:
        for hours in range(24 * 8):
            made.at(START + timedelta(hours=hours))
        assert made.told() == [(ANA, BEN)]
        people = [person for *_, person in made.records()]
        assert people == [ANA, None] * 4 + [ANA, None] + [BEN]


def test_an_end_is_told_of(weekly: Duties) -> None:
    """A rotation that ends hands over to nobody, says so once, and is left alone then."""
    ends = START + 3 * DAY
    with weekly.change() as tx:
        kept = rotations.lock(tx, KEY)
        assert kept is not None
        rotations.change(tx, kept, profile=replace(PROFILE, ended_at=ends))
    weekly.at(ends + DAY)
    weekly.at(ends + WEEK)
    assert weekly.told() == [(ANA, None)]
    assert weekly.records() == [(BEGUN, ends, ANA)]


def test_a_beginning_is_told_of(database: Database) -> None:
    """Kept before it begins, a rotation tells of its first holder when it does."""
    with duties(database, WEEKLY, START - WEEK) as made:
        made.at(START)
        assert (made.told(), made.records()) == ([(None, ANA)], [])


def test_a_beginning_while_down_is_recorded(database: Database) -> None:
    """Back two weeks after the beginning, cover in the first one is in the record."""
    with duties(database, WEEKLY, START - WEEK) as made:
        made.override("1", START + DAY, START + 2 * DAY, CARL)
        made.at(START + WEEK + DAY)
        assert made.told() == [(None, BEN)]
        assert [person for *_, person in made.records()] == [ANA, CARL, ANA]


def test_changes_of_the_definition_are_settled(weekly: Duties) -> None:
    """A holder who is taken out hands over at once; a new zone changes nobody before its hand-off."""
    weekly.at(START + 2 * DAY)
    weekly.redefine(without_member(WEEKLY, START + 2 * DAY, ANA))
    assert weekly.told() == [(ANA, BEN)]
    with weekly.ctx.database.reading() as tx:
        kept = rotations.find(tx, KEY)
    assert kept is not None
    weekly.clock.at = START + 3 * DAY
    weekly.redefine(redefined(kept.history, START + 3 * DAY, zone="America/New_York"))
    weekly.at(START + WEEK)
    assert weekly.told() == [(ANA, BEN), (BEN, CARL)]


def test_what_comes_and_goes_while_down_is_recorded(weekly: Duties) -> None:
    """Cover that began and ended while Bugle was down was no news, but it was so: the record has it."""
    since = START + 3 * DAY
    weekly.override("1", since, since + DAY, CARL)
    weekly.at(START + 6 * DAY)
    assert weekly.told() == []
    assert weekly.records() == [(BEGUN, since, ANA), (since, since + DAY, CARL)]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_record_is_the_truth(database: Database, seed: int) -> None:
    """Months of cover, time off and new zones, with ticks at any distance: recorded as it was, no holes."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, keeps no secret
    daily = begin(Rotation((ANA, BEN), Kind.DAILY, 1, local("2026-01-05T09:00"), "Europe/London"))
    with duties(database, daily, START) as made:
        at = START
        for number in range(60):
            at += timedelta(minutes=chance.choice([60, 600, 1440, 3000, 7000]))
            made.at(at)
            happens(made, chance, str(number))
        recorded = made.records()
        expected = truth(made, recorded[0][0], recorded[-1][1])
    assert whole(recorded) == whole(expected)
    people: list[str | None] = [ANA, *(taker for _, taker in made.told())]
    assert all(one != other for one, other in pairwise(people))


def happens(made: Duties, chance: random.Random, name: str) -> None:
    """Let something happen to a rotation, or nothing."""
    at = made.clock.at
    match chance.choice(("away", "away", "cover", "zone", *["nothing"] * 6)):
        case "away":
            since = at + timedelta(hours=chance.choice([0, 5, 30]))
            until = since + timedelta(hours=chance.choice([3, 24, 72]))
            made.away(name, chance.choice([ANA, BEN]), since, until)
        case "cover":
            made.override(name, at, at + timedelta(hours=20), CARL)
        case "zone":
            with made.ctx.database.reading() as tx:
                kept = rotations.find(tx, KEY)
            assert kept is not None
            made.redefine(
                redefined(kept.history, at, zone=chance.choice(["Asia/Taipei", "America/New_York"]))
            )


Spell = tuple[datetime, datetime, str | None]


def whole(stretches: list[Spell]) -> list[Spell]:
    """Return stretches with those that follow on each other with the same person as one."""
    found: list[Spell] = []
    for start, end, person in stretches:
        if found and (found[-1][1], found[-1][2]) == (start, person):
            found[-1] = (found[-1][0], end, person)
        else:
            found.append((start, end, person))
    return found


def truth(made: Duties, start: datetime, until: datetime) -> list[Spell]:
    """Compute who was on duty in a range, from what is kept but the records; cut to the range."""
    with made.ctx.database.reading() as tx:
        kept = rotations.find(tx, KEY)
        over = duty_layers.between(tx, KEY, start - WEEK, until + WEEK)
    assert kept is not None
    found = shifts(kept.history, replace(over, recorded=()), start, until)
    return [(max(each.start, start), min(each.end, until), each.person) for each in found]
