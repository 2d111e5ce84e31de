"""Rounds ordered by least load, on both databases: decided once, before anybody was told who comes next."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from storage import efforts, rotations
from storage.database import Database
from storage.efforts import Effort
from storage.tables import effects
from tests.domain.rotations import DAY, local, utc
from tests.workflows.duties import KEY, PROFILE, Duties, duties
from workflows import handing_off

ANA, BEN, CARL, DEE = "U0ANA", "U0BEN", "U0CARL", "U0DEE"
WEEK = 7 * DAY
START = utc("2026-01-05T09:00")
WEEKLY = begin(Rotation((ANA, BEN, CARL, DEE), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))
LAST = START + 3 * WEEK  # Dee's week ends the round


@pytest.fixture
def weekly(database: Database) -> Iterator[Duties]:
    """Yield a weekly rotation of four whose rounds are ordered by least load, in its first week."""
    with duties(database, WEEKLY, START + DAY, replace(PROFILE, is_balanced=True)) as made:
        yield made


def said(made: Duties, person: str, effort: int, slot: int = 0) -> None:
    """Let somebody say how hard a turn was."""
    with made.ctx.database.transaction() as tx:
        efforts.keep(tx, Effort(KEY, slot, 0, person, effort, made.clock.at))


def order(made: Duties) -> tuple[tuple[str, ...], int]:
    """Return the members as they take turns, and how many revisions there are."""
    with made.ctx.database.reading() as tx:
        kept = rotations.find(tx, KEY)
    assert kept is not None
    return kept.history.latest.members, len(kept.history.revisions)


def test_the_next_round_begins_with_who_carried_least(weekly: Duties) -> None:
    """At the hand-off to the round's last turn the next round is ordered and told of once; the turn stays."""
    said(weekly, ANA, 5)
    said(weekly, BEN, 3)
    for week in (1, 2):
        weekly.at(START + week * WEEK)
        assert order(weekly) == ((ANA, BEN, CARL, DEE), 1)
    for seconds in (0, 60, 86_400):
        weekly.at(LAST + timedelta(seconds=seconds))
        assert order(weekly) == ((BEN, CARL, DEE, ANA), 2)
    assert len(weekly.decided("announce_order")) == 1
    for week in range(4, 8):
        weekly.at(START + week * WEEK)
    assert [taker for _, taker in weekly.told()] == [BEN, CARL, DEE, BEN, CARL, DEE, ANA]


def test_an_order_that_stays_is_not_told_of(weekly: Duties) -> None:
    """Where all carried as much nothing changes and nobody reads anything."""
    weekly.at(LAST)
    assert (order(weekly)[1], weekly.decided("announce_order")) == (1, [])


def test_who_was_told_already_stays_next(weekly: Duties) -> None:
    """Efforts said after the hand-off to the last turn wait for the round after: its first was told of."""
    weekly.at(LAST)
    said(weekly, ANA, 5)
    weekly.at(LAST + DAY)
    weekly.at(LAST + WEEK)
    assert order(weekly)[1] == 1
    assert weekly.told()[-1] == (DEE, ANA)


def test_what_was_agreed_for_the_round_keeps_its_order(weekly: Duties) -> None:
    """Somebody who arranged to cover a week of the coming round finds it where it was."""
    said(weekly, ANA, 5)
    weekly.override("1", START + 5 * WEEK, START + 6 * WEEK, CARL)
    weekly.at(LAST)
    assert order(weekly)[1] == 1


def test_only_those_who_ask_for_it_are_ordered(database: Database) -> None:
    """Without the setting, turns go round as they stand."""
    with duties(database, WEEKLY, START + DAY) as made:
        said(made, ANA, 5)
        made.at(LAST)
        assert order(made)[1] == 1


def test_replicas_order_once(weekly: Duties) -> None:
    """Four ticks at the same instant, as of four replicas, add one revision and one line."""
    said(weekly, ANA, 5)
    weekly.clock.at = LAST
    together = threading.Barrier(4)

    def tick() -> None:
        together.wait()
        handing_off.settle_all(weekly.ctx)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(tick) for _ in range(4)]:
            done.result(timeout=30)
    assert order(weekly)[1] == 2
    assert len(weekly.decided("announce_order")) == 1


def test_over_many_rounds_each_has_one_turn_of_every_round(weekly: Duties) -> None:
    """Loads that change from week to week leave nobody out and give nobody two."""
    members = WEEKLY.latest.members
    for week in range(1, 25):
        weekly.at(START + week * WEEK)
        said(weekly, members[week * 7 % 4], 1 + week * 5 % 7 % 5, slot=week)
    people = [person for *_, person in weekly.records()]
    assert len(people) == 24
    assert [Counter(people[first : first + 4]) for first in range(0, 24, 4)] == [Counter(members)] * 6
    assert order(weekly)[1] > 2


def test_the_line_goes_to_the_rotation_s_channels(weekly: Duties) -> None:
    """It carries no people: they are read when it is posted."""
    said(weekly, ANA, 5)
    weekly.at(LAST)
    with weekly.ctx.database.reading() as tx:
        (args,) = tx.scalars(select(effects.c.args).where(effects.c.kind == "announce_order"))
    starts_at = (LAST + WEEK).isoformat()
    assert args == {"rotation": KEY, "starts_at": starts_at, "channel": "C0SHOPBUGS"}
