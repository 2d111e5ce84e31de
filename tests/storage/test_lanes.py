"""Lanes: in order, one at a time, whoever runs them, and none waiting for another."""

import threading
from datetime import timedelta
from itertools import pairwise

from domain.effects import Never, State, TryAgain, Wait
from storage.effects import decide, retry
from tests.storage.stage import Stage, effect, until

LONG_AGO = timedelta(hours=1)


def test_each_lane_runs_in_order_one_at_a_time(stage: Stage) -> None:
    """Two drivers share four lanes of ten effects: each lane keeps its order, and no two of it overlap."""
    lanes = {lane: [f"{lane} {number}" for number in range(10)] for lane in "abcd"}
    for number in range(10):
        stage.decide(*(effect(keys[number], lane) for lane, keys in lanes.items()))
    stage.driver()
    stage.driver(database=stage.another_database())
    stage.until_done(*(key for keys in lanes.values() for key in keys))
    assert len(stage.calls) == 40
    for keys in lanes.values():
        calls = [call for call in sorted(stage.calls, key=lambda call: call.began) if call.key in keys]
        assert [call.key for call in calls] == keys
        assert all(earlier.ended <= later.began for earlier, later in pairwise(calls))


def test_lanes_run_beside_each_other(stage: Stage) -> None:
    """Effects of different lanes run at the same time: each of these waits until all have begun."""
    together = threading.Barrier(8, timeout=15)
    for number in range(8):
        stage.script[str(number)] = [lambda: together.wait() >= 0]
        stage.decide(effect(str(number)))
    stage.driver()
    stage.until_done(*map(str, range(8)))


def test_a_retrying_effect_holds_its_lane_and_no_other(stage: Stage) -> None:
    """What comes after an effect that will be tried again waits for it; other lanes go on."""
    stage.script["first"] = [TryAgain("not now"), Wait("slowly", 5), "done"]
    stage.decide(effect("first", "x"), effect("second", "x"), effect("other", "y"))
    stage.driver()
    stage.until_done("other")
    until(lambda: stage.row("first").error == "not now")
    stage.later(timedelta(seconds=1))
    until(lambda: stage.row("first").error == "slowly")
    stage.decide(effect("another", "z"))
    stage.until_done("another")
    assert stage.calls_of("second") == []
    stage.later(timedelta(seconds=5))
    stage.until_done("first", "second")
    assert stage.order().index("second") == len(stage.order()) - 1


def test_a_dead_effect_releases_its_lane(stage: Stage) -> None:
    """What comes after an effect that is refused for good runs without it."""
    stage.script["first"] = [Never("refused")]
    stage.decide(effect("first", "x"), effect("second", "x"))
    stage.driver()
    stage.until_done("second")
    assert stage.state("first") is State.DEAD


def test_an_effect_for_later_does_not_hold_its_lane(stage: Stage) -> None:
    """What is due in an hour lets what is due now pass, and takes its place when its time comes."""
    stage.decide(effect("later", "x", at=stage.clock.now() + timedelta(hours=1)), effect("now", "x"))
    assert [each.key for each in stage.claim()] == ["now"]
    stage.later(timedelta(hours=1))
    assert stage.claim() == []
    stage.change("now", state=State.DONE)
    stage.decide(effect("next", "x"))
    assert [each.key for each in stage.claim()] == ["later"]


def test_an_id_that_commits_late_waits_for_the_one_under_way(stage: Stage) -> None:
    """An effect whose transaction commits after a later one's does not start while that one runs."""
    stage.decide(effect("early", "x"), effect("late", "x"))
    stage.change("early", state=State.DROPPED)  # as good as not committed yet
    [late] = stage.claim()
    stage.change("early", state=State.WAITING)
    assert (late.key, stage.claim("somebody else")) == ("late", [])


def test_ids_that_commit_out_of_order_are_all_run_apart(postgres_stage: Stage) -> None:
    """Two transactions of a lane that commit in the other order than they began: both effects run, apart."""
    stage = postgres_stage
    stage.driver()
    held = threading.Event()
    stage.script["late"] = [lambda: held.wait(15)]
    with stage.another_database().transaction() as tx:
        decide(tx, [effect("early", "x")], stage.clock.now())
        stage.decide(effect("late", "x"))
        until(lambda: stage.state("late") is State.RUNNING)
    stage.decide(effect("other"))
    stage.until_done("other")
    assert stage.state("early") is State.WAITING
    held.set()
    stage.until_done("early", "late")
    assert stage.row("early").id < stage.row("late").id
    assert stage.order() == ["late", "other", "early"]


def test_an_interrupted_effect_goes_before_an_earlier_one_that_came_late(stage: Stage) -> None:
    """When the later of two is interrupted while the earlier waits for it, the lane does not stand still."""
    stage.decide(effect("early", "x"), effect("late", "x"))
    stage.change("early", state=State.DEAD)
    stage.claim("who dies")
    with stage.database.transaction() as tx:
        assert retry(tx, stage.row("early").id, stage.clock.now())
    stage.change("late", lease_until=stage.real_now() - LONG_AGO)
    stage.driver()
    stage.until_done("late", "early")
    assert stage.order() == ["late", "early"]
