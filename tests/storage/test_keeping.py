"""Looking after effects that are kept: listed, counted, retried, dropped and forgotten."""

from datetime import timedelta

import pytest

from domain.effects import Never, State, Unsure
from storage.effects import counts, drop, find, forget_finished, lag, listed, retry
from tests.storage.stage import START, Stage, effect, until

MINUTE = timedelta(minutes=1)


@pytest.fixture
def dead(stage: Stage) -> int:
    """Let an effect die that was in doubt before, and return its id."""
    stage.script["dead"] = [Unsure("timed out"), Never("refused")]
    stage.decide(effect("dead", "x"))
    stage.driver()
    until(lambda: stage.row("dead").error == "timed out")
    stage.later(MINUTE)
    until(lambda: stage.state("dead") is State.DEAD)
    stage.stop()
    found: int = stage.row("dead").id
    return found


def test_a_dead_effect_can_be_retried(stage: Stage, dead: int) -> None:
    """Retrying runs it at once, before what waits in its lane, its tries counted anew, still in doubt."""
    stage.decide(effect("next", "x"))
    with stage.database.transaction() as tx:
        assert retry(tx, dead, stage.clock.now())
        assert not retry(tx, dead, stage.clock.now())
    stage.calls.clear()
    stage.driver()
    stage.until_done("dead", "next")
    assert stage.order() == ["dead", "next"]
    attempt = stage.calls_of("dead")[0].attempt
    assert attempt.tries == 1
    assert attempt.doubt is not None


def test_retrying_wakes_the_driver(stage: Stage, dead: int) -> None:
    """A retry is run when it is committed, not when the driver looks the next time."""
    woken: list[str] = []
    stage.database.on_effects(lambda: woken.append("woken"))
    with stage.database.transaction() as tx:
        retry(tx, dead, stage.clock.now())
    assert woken == ["woken"]


def test_a_dead_effect_can_be_dropped(stage: Stage, dead: int) -> None:
    """Dropping gives it up for good: it is neither run nor retried any more, and its error is kept."""
    with stage.database.transaction() as tx:
        assert drop(tx, dead)
        assert not drop(tx, dead)
        assert not retry(tx, dead, stage.clock.now())
    assert (stage.state("dead"), stage.row("dead").error) == (State.DROPPED, "refused")


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.DONE, State.DROPPED])
def test_only_the_dead_are_retried_or_dropped(stage: Stage, state: State) -> None:
    """What waits, runs or is done is left alone, and so is what there is not."""
    stage.decide(effect("a"))
    stage.change("a", state=state)
    with stage.database.transaction() as tx:
        for effect_id in (stage_id := stage.row("a").id, stage_id + 1):
            assert not retry(tx, effect_id, START)
            assert not drop(tx, effect_id)
    assert stage.state("a") is state


def test_effects_are_found_and_listed_newest_first(stage: Stage, dead: int) -> None:
    """Effects are shown as they were decided and as they stand."""
    stage.decide(effect("b"), effect("c"))
    with stage.database.reading() as tx:
        found = find(tx, dead)
        assert found is not None
        assert (found.key, found.kind, found.lane, found.args) == ("dead", "post", "x", {"key": "dead"})
        assert (found.state, found.error, found.tries) == (State.DEAD, "refused", 2)
        assert (found.decided_at, found.result) == (START, None)
        assert [row.key for row in listed(tx)] == ["c", "b", "dead"]
        assert [row.key for row in listed(tx, limit=2)] == ["c", "b"]
        assert [row.key for row in listed(tx, State.DEAD)] == ["dead"]
        assert find(tx, dead + 100) is None


def test_effects_are_counted_by_kind_and_state(stage: Stage, dead: int) -> None:
    """The counts name each kind and state there is."""
    assert dead
    stage.decide(effect("b"), effect("c"), effect("d", kind="edit"))
    with stage.database.reading() as tx:
        assert sorted(counts(tx)) == [
            ("edit", State.WAITING, 1),
            ("post", State.DEAD, 1),
            ("post", State.WAITING, 2),
        ]


def test_lag_is_how_long_the_most_overdue_has_been_due(stage: Stage) -> None:
    """Nothing due, no lag; what waits or runs counts from when it was due; what is over does not."""

    def now() -> timedelta:
        with stage.database.reading() as tx:
            return lag(tx, stage.clock.now())

    assert now() == timedelta(0)
    stage.decide(effect("later", at=START + 2 * MINUTE))
    assert now() == timedelta(0)
    stage.later(5 * MINUTE)
    assert now() == 3 * MINUTE
    stage.claim()
    assert now() == 3 * MINUTE
    stage.decide(effect("new"))
    stage.change("later", state=State.DEAD)
    assert now() == timedelta(0)


def test_what_is_over_is_forgotten_in_time(stage: Stage, dead: int) -> None:
    """Old effects that are done or dropped are deleted; the dead, the waiting and the recent stay."""
    stage.decide(effect("old"), effect("waits", at=stage.clock.now() + 60 * MINUTE), effect("dropped"))
    stage.change("dropped", state=State.DROPPED, finished_at=START)
    stage.driver()
    stage.until_done("old")
    stage.later(10 * MINUTE)
    before = stage.clock.now()
    stage.decide(effect("recent"))
    stage.until_done("recent")
    with stage.database.transaction() as tx:
        assert forget_finished(tx, before) == 2
    assert dead
    assert stage.keys() == ["dead", "waits", "recent"]
