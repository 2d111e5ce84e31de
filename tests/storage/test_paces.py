"""Paces: so many calls a second and no more, in a lane, under a name, and as the other side says."""

from datetime import timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from sqlalchemy import event, select

from domain.effects import Pace, State, Wait
from storage import claims
from storage.tables import effects
from tests.storage.stage import Stage, effect, until

EVERY = 0.2
MICROSECOND = 1e-6  # what sums of fractions of seconds may be wrong by
POSTS = Pace("posts", EVERY)
AN_HOUR = timedelta(hours=1)


def spacings(stage: Stage, start: str = "") -> list[float]:
    """Return the seconds between the starts of effects whose keys begin so, as kept with the claims."""
    with stage.database.reading() as tx:
        rows = tx.execute(select(effects.c.started_at).where(effects.c.key.startswith(start)))
        return [(later - earlier).total_seconds() for earlier, later in pairwise(sorted(rows.scalars()))]


def decide_some(stage: Stage, number: int, *, lane: str | None = None, kind: str = "post") -> list[str]:
    """Decide so many effects of a kind, and return their keys."""
    keys = [f"{kind} {n}" for n in range(number)]
    stage.decide(*(effect(key, lane, kind=kind) for key in keys))
    return keys


def test_a_lane_keeps_its_pace(stage: Stage) -> None:
    """Effects of a kind paced in its lane keep their distance there, while other lanes go on beside."""
    posts = stage.kind(lane_pace=EVERY)
    one = [effect(f"a{n}", "a") for n in range(4)]
    other = [effect(f"b{n}", "b") for n in range(4)]
    stage.decide(*one, *other)
    stage.driver(posts)
    stage.until_done(*(each.key for each in (*one, *other)))
    for lane in "ab":
        assert min(spacings(stage, lane)) >= EVERY
    assert min(spacings(stage)) < EVERY


def test_a_kind_without_a_lane_pace_is_not_held_by_one(stage: Stage) -> None:
    """What is not paced within its lane may follow at once on what is."""
    posts, reactions = stage.kind(lane_pace=3600.0), stage.kind("react")
    stage.decide(effect("post", "x"), effect("reaction", "x", kind="react"), effect("post 2", "x"))
    stage.driver(posts, reactions)
    stage.until_done("post", "reaction")
    assert stage.state("post 2") is State.WAITING


def test_a_pace_is_kept_by_all_lanes_and_two_drivers(stage: Stage) -> None:
    """Calls under one pace keep their distance whatever their lane or kind, and whoever makes them."""
    posts, edits = stage.kind(paces=[POSTS]), stage.kind("edit", paces=[POSTS])
    keys = decide_some(stage, 4) + decide_some(stage, 4, kind="edit")
    stage.driver(posts, edits)
    stage.driver(posts, edits, database=stage.another_database())
    stage.until_done(*keys)
    assert min(spacings(stage)) >= EVERY


def test_a_pace_lets_a_burst_pass_first(stage: Stage) -> None:
    """So many as the burst allows go at once, the others at the pace."""
    stage.decide(*(effect(str(number)) for number in range(6)))
    stage.driver(stage.kind(paces=[Pace("posts", EVERY, burst=3)]))
    stage.until_done(*map(str, range(6)))
    spaces = spacings(stage)
    assert spaces[:2] == [0, 0]
    # A driver that was kept waiting may catch up by a burst: what holds is how long any row takes.
    for first, last in combinations(range(6), 2):
        assert sum(spaces[first:last]) >= (last - first - 2) * EVERY - MICROSECOND


def test_a_claim_tells_when_a_pace_frees_again(stage: Stage) -> None:
    """After a burst the next may go one distance later, not when the whole burst is paid off."""
    decide_some(stage, 5)
    with stage.database.transaction() as tx:
        batch = stage.claim_in(tx, "me", kinds={"post": [Pace("posts", 10.0, burst=4)]})
    assert len(batch.claimed) == 4
    assert batch.freed_in == pytest.approx(10.0, abs=0.5)


def test_what_is_not_paced_does_not_wait_for_what_is(stage: Stage) -> None:
    """Many effects waiting for their pace, all decided earlier, do not keep others from running."""
    slow, quick = stage.kind(paces=[Pace("slow", 3600.0)]), stage.kind("quick")
    decide_some(stage, 40)
    stage.decide(effect("quick", kind="quick"))
    stage.driver(slow, quick, workers=4)
    stage.until_done("quick")
    assert len(stage.keys(State.WAITING)) == 39


def test_being_told_to_wait_holds_all_under_that_pace_and_no_other(stage: Stage) -> None:
    """A wait for a pace stops every effect under it, with either driver, and leaves the others be."""
    posts = stage.kind(paces=[Pace("posts", 0.0)])
    edits = stage.kind("edit", paces=[Pace("workspace", 0.0), Pace("posts", 0.0)])
    reads = stage.kind("read", paces=[Pace("workspace", 0.0)])
    stage.script["first"] = [Wait("rate limited", 1.5, "posts")]
    stage.decide(effect("first"))
    driver = stage.driver(posts, edits, reads)
    until(lambda: stage.row("first").error == "rate limited")
    stage.driver(posts, edits, reads)
    stage.later(timedelta(seconds=2))
    stage.decide(effect("post"), effect("edit", kind="edit"), effect("read", kind="read"))
    stage.until_done("first", "post", "edit", "read")
    [told, again] = stage.calls_of("first")
    held = [again, *stage.calls_of("post"), *stage.calls_of("edit")]
    assert all(call.began - told.ended >= 1.5 for call in held)
    assert stage.calls_of("read")[0].began - told.ended < 1.5
    assert driver.alive()


def test_a_wait_may_name_the_pace_of_another_kind(stage: Stage) -> None:
    """A wait holds a pace as wide as that pace's burst is, also when the effect itself is not under it."""
    reads = stage.kind("read")
    posts = stage.kind(paces=[Pace("posts", 60.0, burst=100)])
    stage.script["read"] = [Wait("rate limited", 3600.0, "posts")]
    stage.decide(effect("read", kind="read"))
    stage.driver(reads, posts)
    until(lambda: stage.row("read").error == "rate limited")
    stage.decide(effect("post"), effect("another", kind="read"))
    stage.until_done("another")
    assert stage.state("post") is State.WAITING


def test_a_wait_is_not_cut_short_by_a_shorter_one(stage: Stage) -> None:
    """Told to wait an hour and then, late, a second: the hour holds."""
    real_now = stage.real_now()
    with stage.database.transaction() as tx:
        claims.hold(tx, POSTS, real_now + AN_HOUR)
        claims.hold(tx, POSTS, real_now + timedelta(seconds=-1))
    decide_some(stage, 1)
    assert stage.claim(kinds={"post": [POSTS]}) == []


def test_a_wait_told_during_a_claim_holds(postgres_stage: Stage) -> None:
    """A claim that began before the other side said to wait does not undo it."""
    stage = postgres_stage
    decide_some(stage, 2)

    other = stage.another_database()

    def told_meanwhile(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE effects"):  # the paces have been read and not yet been written
            with other.transaction() as tx:
                claims.hold(tx, POSTS, other.real_now(tx) + AN_HOUR)

    event.listen(stage.database.engine, "before_cursor_execute", told_meanwhile)
    with stage.database.transaction() as tx:
        stage.claim_in(tx, "me", kinds={"post": [POSTS]}, limit=1)
    assert stage.paces()["posts"] > stage.real_now() + AN_HOUR / 2


def test_what_is_known_of_free_paces_can_be_forgotten(stage: Stage) -> None:
    """Old paces are deleted, held ones stay."""
    now = stage.real_now()
    with stage.database.transaction() as tx:
        claims.hold(tx, Pace("old", 1.0), now - AN_HOUR)
        claims.hold(tx, POSTS, now + AN_HOUR)
        claims.forget_free_paces(tx, now)
    assert stage.paces() == {"posts": now + AN_HOUR}
