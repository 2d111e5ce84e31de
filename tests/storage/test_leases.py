"""Leases: who runs an effect, until when, and what another may do about it."""

import threading
from datetime import timedelta

from domain.effects import Doubt, Never, State
from storage import claims
from storage.claims import LEASE
from tests.storage.stage import START, Stage, effect, until

A_MOMENT = timedelta(seconds=1)


def run_out(stage: Stage, key: str) -> None:
    """Let the lease of an effect be over, as when its owner could not keep it."""
    stage.change(key, lease_until=stage.real_now() - A_MOMENT)


def test_a_lease_keeps_others_away_until_it_is_over(stage: Stage) -> None:
    """An effect under lease is nobody else's; once the lease is over another gets it."""
    stage.decide(effect("a"))
    [mine] = stage.claim("one")
    assert (mine.tries, mine.doubt, stage.claim("other")) == (1, None, [])
    run_out(stage, "a")
    [theirs] = stage.claim("other")
    assert (theirs.key, theirs.tries) == ("a", 2)
    assert stage.row("a").lease_owner == "other"


def test_a_renewed_lease_lasts(stage: Stage) -> None:
    """Renewing revives a lease that is over as long as nobody has taken the effect, and no longer."""
    stage.decide(effect("a"), effect("b"))
    ids = [each.id for each in stage.claim("one")]
    run_out(stage, "a")
    with stage.database.transaction() as tx:
        claims.renew(tx, "one", ids, stage.real_now())
    assert stage.claim("other") == []
    run_out(stage, "b")
    assert [each.key for each in stage.claim("other")] == ["b"]
    with stage.database.transaction() as tx:
        claims.renew(tx, "one", ids, stage.real_now() + timedelta(hours=1))
    assert stage.row("b").lease_until < stage.real_now() + 2 * LEASE


def test_an_interrupted_effect_is_taken_in_doubt(stage: Stage) -> None:
    """Who takes over is told when the first try of unknown end began, however often it is interrupted."""
    stage.decide(effect("a"))
    stage.claim("first")
    began = stage.row("a").started_at
    run_out(stage, "a")
    [second] = stage.claim("second")
    assert second.doubt == Doubt(began, timedelta(0))
    stage.later(timedelta(minutes=10))
    run_out(stage, "a")
    [third] = stage.claim("third")
    assert third.doubt == Doubt(began, timedelta(minutes=10))


def test_who_lost_the_lease_cannot_settle(stage: Stage) -> None:
    """Neither the end nor the failure of a try counts once another has taken the effect."""
    stage.decide(effect("a"))
    [mine] = stage.claim("one")
    run_out(stage, "a")
    [theirs] = stage.claim("other")
    with stage.database.transaction() as tx:
        assert not claims.finish(tx, mine, "one", "done", START)
        assert not claims.put_back(tx, mine, "one", due_at=START, error="no", unsure_at=START)
        assert not claims.bury(tx, mine, "one", "dead", START)
        assert not claims.finish(tx, mine, "other", "an older try of the same owner", START)
        assert claims.finish(tx, theirs, "other", "done", START)
    assert (stage.row("a").result, stage.row("a").error) == ("done", None)


def test_what_a_driver_lost_it_does_not_record(stage: Stage) -> None:
    """A driver whose effect was taken meanwhile neither records its success nor gives notice of its death."""

    def taken() -> None:
        stage.change("done", lease_owner="another", tries=2)
        stage.change("dead", lease_owner="another", tries=2)

    def taken_and_refused() -> None:
        taken()
        raise Never("refused")

    stage.script = {"done": [taken], "dead": [taken_and_refused]}
    stage.decide(effect("done", "x"), effect("dead", "y"))
    stage.driver()
    until(lambda: len(stage.calls) == 2)
    stage.stop()
    assert stage.marks() == set()
    assert stage.keys(State.RUNNING) == ["done", "dead"]


def test_a_slow_act_keeps_its_lease(stage: Stage) -> None:
    """An act that takes longer than a lease is kept alive: no other driver runs it, and nothing behind it."""
    longer = LEASE.total_seconds() + 1.2
    stage.script["slow"] = [lambda: threading.Event().wait(longer)]
    stage.decide(effect("slow", "x"), effect("next", "x"))
    stage.driver()
    stage.driver(database=stage.another_database())
    stage.until_done("slow", "next")
    assert stage.order() == ["slow", "next"]
    assert stage.row("slow").tries == 1
    assert stage.calls_of("slow")[0].ended - stage.calls_of("slow")[0].began > LEASE.total_seconds()


def test_a_driver_does_not_take_what_it_still_runs(stage: Stage) -> None:
    """A driver that could not keep a lease, as when the database was away, does not run the effect twice."""
    going_on = threading.Event()

    def slow() -> None:
        run_out(stage, "slow")
        stage.decide(effect("other"))
        going_on.wait(15)

    stage.script["slow"] = [slow]
    stage.decide(effect("slow"))
    stage.driver()
    stage.until_done("other")
    going_on.set()
    stage.until_done("slow")
    assert len(stage.calls_of("slow")) == 1


def test_a_lease_from_before_the_clock_was_set_back_is_over(stage: Stage) -> None:
    """A lease further ahead than leases reach holds nobody up: the clock was wrong when it was given."""
    stage.decide(effect("a"))
    stage.claim("who died")
    stage.change("a", lease_until=stage.real_now() + timedelta(hours=1))
    assert [each.key for each in stage.claim("other")] == ["a"]


def test_a_claim_looks_at_the_clock_when_it_is_its_turn(postgres_stage: Stage) -> None:
    """The time a claim waited for another is not taken off its leases and paces."""
    stage = postgres_stage
    stage.decide(effect("a"), effect("b"))
    waiting = threading.Thread(target=stage.claim, args=("other",))
    with stage.database.transaction() as tx:
        stage.claim_in(tx, "me", limit=1)
        waiting.start()
        until(stage.has_somebody_waiting)
        released = stage.real_now()
    waiting.join()
    assert stage.row("b").started_at > released


def test_a_replica_that_freezes_while_it_claims_holds_nobody_up(postgres_stage: Stage) -> None:
    """When a replica stands still in the middle of a claim, another goes on within ten seconds."""
    stage = postgres_stage
    stage.decide(effect("a"), effect("b"))
    with stage.another_database().engine.connect() as frozen:
        stage.claim_in(frozen, "frozen", limit=1)
        stage.driver()
        try:
            stage.until_done("a", "b", within=10)
        finally:
            frozen.invalidate()


def test_stopping_ends_what_runs_and_takes_nothing_new(stage: Stage) -> None:
    """A driver that is stopped returns when what runs has been settled, and leaves the rest for others."""
    begun, going_on = threading.Event(), threading.Event()
    stage.script["running"] = [lambda: begun.set() or going_on.wait(15)]
    stage.decide(effect("running", "x"), effect("next", "x"))
    driver = stage.driver()
    begun.wait(15)
    stopping = threading.Thread(target=driver.stop)
    stopping.start()
    until(lambda: not driver.alive())
    stage.decide(effect("new"))
    going_on.set()
    stopping.join(15)
    assert not driver.alive()
    assert stage.keys(State.DONE) == ["running"]
    assert stage.keys(State.WAITING) == ["next", "new"]
