"""How tries end, and what the driver makes of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.effects import MAX_BACKOFF, Doubt, Never, Outcome, State, TryAgain, Unsure, Wait
from storage.database import Transaction
from storage.driver import FAULTS, Buried
from storage.tables import inbox
from tests.storage.stage import START, Stage, effect, mark_dead, record, until

SECOND = timedelta(seconds=1)


def said(stage: Stage, error: str) -> Any:
    """Wait until effect "a" has been put back with this error, and return its row."""
    return until(lambda: row if (row := stage.row("a")).error == error and row.state == "waiting" else None)


def keep_trying(stage: Stage, tries: int) -> None:
    """Let time pass until effect "a" has been tried so often."""
    for number in range(1, tries + 1):
        until(lambda number=number: stage.row("a").tries >= number and stage.state("a") is not State.RUNNING)
        stage.later(MAX_BACKOFF)


def test_a_success_is_kept_with_its_result(stage: Stage) -> None:
    """When the call succeeds its result is kept, what it led to is recorded, and earlier errors are over."""
    stage.script["a"] = [TryAgain("busy"), {"ts": "17.1"}]
    stage.decide(effect("a"))
    stage.driver()
    said(stage, "busy")
    stage.later(SECOND)
    stage.until_done("a")
    row = stage.row("a")
    assert (row.result, row.error, row.tries) == ({"ts": "17.1"}, None, 2)
    assert (row.finished_at, row.lease_owner, row.lease_until) == (START + SECOND, None, None)
    assert stage.marks() == {"recorded a"}


def test_what_is_refused_for_good_is_dead_with_a_notice(stage: Stage) -> None:
    """`Never` buries the effect after one try, and its notice is kept in the same transaction."""
    stage.script["a"] = [Never("channel_not_found")]
    stage.decide(effect("a"))
    stage.driver()
    until(lambda: stage.state("a") is State.DEAD)
    row = stage.row("a")
    assert (row.error, row.tries, row.finished_at) == ("channel_not_found", 1, START)
    assert stage.marks() == {"buried a: post, channel_not_found"}


def test_no_death_without_its_notice(stage: Stage) -> None:
    """When the notice of a death cannot be kept the effect is not dead, and is tried again later."""
    notices: list[Buried] = []

    def on_dead(tx: Transaction, context: Stage, buried: Buried) -> None:
        mark_dead(tx, context, buried)
        notices.append(buried)
        if len(notices) == 1:
            raise ZeroDivisionError

    stage.script["a"] = [Never("refused"), Never("refused again")]
    stage.decide(effect("a"))
    stage.driver(on_dead=on_dead)
    row = said(stage, "ZeroDivisionError: ")
    assert stage.marks() == set()
    assert row.due_at > START
    stage.later(SECOND)
    until(lambda: stage.state("a") is State.DEAD)
    assert stage.marks() == {"buried a: post, refused again"}


def test_a_call_that_did_not_happen_is_tried_again_without_doubt(stage: Stage) -> None:
    """`TryAgain` waits twice as long each time, half of it by chance, and never gives up."""
    stage.script["a"] = [TryAgain(str(number)) for number in range(1, 13)]
    stage.decide(effect("a"))
    stage.driver()
    for number in range(1, 13):
        row = said(stage, str(number))
        whole = min(timedelta(seconds=2 ** (number - 1)), MAX_BACKOFF)
        assert whole / 2 <= row.due_at - stage.clock.now() <= whole
        stage.later(whole)
    stage.until_done("a")
    assert [call.attempt.tries for call in stage.calls] == list(range(1, 14))
    assert all(call.attempt.doubt is None for call in stage.calls)


def test_a_call_that_may_have_happened_is_tried_again_in_doubt(stage: Stage) -> None:
    """`Unsure` tells each later try when the first began whose end is not known, and how long ago that is."""
    stage.script["a"] = [TryAgain("busy"), Unsure("timed out"), Unsure("cut"), TryAgain("down")]
    stage.decide(effect("a"))
    stage.driver()
    said(stage, "busy")
    stage.later(timedelta(minutes=1))
    first = said(stage, "timed out")
    assert first.doubt_since == first.started_at
    for error in ("cut", "down"):
        stage.later(timedelta(minutes=1))
        said(stage, error)
    stage.later(timedelta(minutes=1))
    stage.until_done("a")
    ages = [timedelta(minutes=number) for number in (1, 2, 3)]
    doubts = [call.attempt.doubt for call in stage.calls]
    assert doubts == [None, None, *(Doubt(first.started_at, age) for age in ages)]


def test_the_other_side_may_be_asked_sooner(stage: Stage) -> None:
    """`Unsure` says itself when to look where the other side is known to answer late."""
    stage.script["a"] = [Unsure("not in the index yet", timedelta(seconds=42))]
    stage.decide(effect("a"))
    stage.driver()
    assert said(stage, "not in the index yet").due_at == START + timedelta(seconds=42)


def test_a_told_wait_is_obeyed_and_is_no_try(stage: Stage) -> None:
    """`Wait` comes back when the other side said, as often as it says so, and counts for nothing."""
    stage.script["a"] = [Wait("rate limited", 30), Wait("still rate limited", 7.5)]
    stage.decide(effect("a"))
    stage.driver()
    row = said(stage, "rate limited")
    assert (row.due_at, row.tries) == (START + timedelta(seconds=30), 0)
    stage.later(timedelta(seconds=30))
    row = said(stage, "still rate limited")
    assert (row.due_at, row.tries) == (stage.clock.now() + timedelta(seconds=7.5), 0)
    stage.later(timedelta(seconds=7.5))
    stage.until_done("a")
    assert [call.attempt.tries for call in stage.calls] == [1, 1, 1]


def test_a_fault_of_ours_is_retried_in_doubt_and_then_dead(stage: Stage) -> None:
    """What is no outcome may have happened: it is tried again, in doubt, a limited number of times."""
    stage.script["a"] = [KeyError("channel") for _ in range(FAULTS)]
    stage.decide(effect("a", "x"), effect("next", "x"))
    stage.driver()
    keep_trying(stage, FAULTS)
    stage.until_done("next")
    assert stage.state("a") is State.DEAD
    assert stage.marks() == {"buried a: post, KeyError: 'channel'", "recorded next"}
    assert [call.attempt.doubt is None for call in stage.calls_of("a")] == [True] + [False] * (FAULTS - 1)


def insert_twice(tx: Transaction, context: Stage, args: Mapping[str, Any], result: Any) -> None:
    """Record what the database refuses."""
    record(tx, context, args, result)
    tx.execute(inbox.insert().values(id=f"recorded {args['key']}", received_at=START))


def store_naive(tx: Transaction, _context: Stage, args: Mapping[str, Any], _result: Any) -> None:
    """Record what the tables refuse."""
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001  (that it is naive is the point)
    tx.execute(inbox.insert().values(id=args["key"], received_at=naive))


@pytest.mark.parametrize("broken", [insert_twice, store_naive])
def test_what_cannot_be_recorded_is_not_tried_for_ever(stage: Stage, broken: Any) -> None:
    """A fault of ours that the database finds is a fault of ours, not the database's being away."""
    stage.decide(effect("a"))
    stage.driver(stage.kind(record=broken))
    keep_trying(stage, FAULTS)
    until(lambda: stage.state("a") is State.DEAD)
    assert len(stage.marks()) == 1


def test_a_result_that_is_not_json_is_a_fault_of_ours(stage: Stage) -> None:
    """An effect whose result cannot be kept does not hold its lane for ever."""
    stage.script["a"] = [object] * FAULTS
    stage.decide(effect("a"))
    stage.driver()
    keep_trying(stage, FAULTS)
    until(lambda: stage.state("a") is State.DEAD)


def test_a_recording_that_fails_leaves_nothing_half_done(stage: Stage) -> None:
    """When recording fails neither its writes nor the success are kept; the next try, in doubt, records."""
    failed: list[str] = []

    def fails_once(tx: Transaction, context: Stage, args: Mapping[str, Any], result: Any) -> None:
        record(tx, context, args, result)
        if not failed:
            failed.append(args["key"])
            raise ZeroDivisionError

    stage.decide(effect("a"))
    stage.driver(stage.kind(record=fails_once))
    row = said(stage, "ZeroDivisionError: ")
    assert (row.result, stage.marks()) == (None, set())
    stage.later(SECOND)
    stage.until_done("a")
    assert stage.marks() == {"recorded a"}
    assert stage.calls[1].attempt.doubt is not None


class Perhaps(Outcome):
    """An outcome nobody told the driver of."""


def test_an_outcome_the_driver_does_not_know_is_a_fault_of_ours(stage: Stage) -> None:
    """It is tried again later, in doubt, and its name is kept."""
    stage.script["a"] = [Perhaps("who knows")]
    stage.decide(effect("a"))
    stage.driver()
    row = said(stage, "TypeError: the driver does not know the outcome Perhaps")
    assert row.due_at > START
    assert row.doubt_since is not None


def test_the_driver_outlives_a_fault_in_its_own_loop(stage: Stage) -> None:
    """A fault while claiming is logged and the driver goes on."""
    faults = [ZeroDivisionError(), None]
    now = stage.clock.now

    def faulty_now() -> datetime:
        fault = faults.pop(0) if faults else None
        if fault:
            raise fault
        return now()

    stage.decide(effect("a"))
    stage.clock.now = faulty_now  # type: ignore[method-assign]
    driver = stage.driver()
    stage.until_done("a")
    assert driver.alive()
    assert faults == []
