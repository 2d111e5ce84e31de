"""Deciding effects: in the transaction that decides them, once each, and collapsed where many make one."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.effects import State
from storage.database import Database
from storage.effects import decide, decide_unless_waiting
from tests.storage.stage import Stage, effect, fail, mark, until


def test_a_transaction_that_fails_decides_nothing(stage: Stage) -> None:
    """A transaction that is rolled back keeps neither its effects nor anything else."""
    with pytest.raises(ZeroDivisionError), stage.database.transaction() as tx:
        fail(tx, stage, effect("a"), effect("b"))
    assert (stage.keys(), stage.marks()) == ([], set())


def test_a_failed_transaction_wakes_nobody(stage: Stage) -> None:
    """What a rolled back transaction decided does not wake drivers, now or with the connection's next use."""
    woken: list[str] = []
    stage.database.on_effects(lambda: woken.append("woken"))
    with pytest.raises(ZeroDivisionError), stage.database.transaction() as tx:
        fail(tx, stage, effect("a"))
    with stage.database.transaction() as tx:
        mark(tx, stage, "something else")
    assert woken == []
    stage.decide(effect("a"))
    assert woken == ["woken"]


def test_a_transaction_within_a_transaction_is_refused(stage: Stage) -> None:
    """A thread that would wait for itself is told so, and the transaction it is in is unharmed."""
    with stage.database.transaction() as tx:
        with pytest.raises(RuntimeError, match="in a transaction already"):
            stage.decide(effect("inner"))
        decide(tx, [effect("outer")], stage.clock.now())
    stage.decide(effect("next"))
    assert stage.keys() == ["outer", "next"]


def test_effects_wait_in_the_order_they_were_decided_in(stage: Stage) -> None:
    """The effects of one decision get ids in its order, and all that was said about them is kept."""
    stage.decide(effect("c", "x"), effect("a", "x"), effect("b", "y"))
    assert stage.keys(State.WAITING) == ["c", "a", "b"]
    row = stage.row("c")
    assert (row.kind, row.lane, row.args, row.tries) == ("post", "x", {"key": "c"}, 0)
    assert row.due_at == row.decided_at == stage.clock.now()


def test_deciding_nothing_is_harmless(stage: Stage) -> None:
    """A decision without effects keeps none."""
    stage.decide()
    assert stage.keys() == []


def test_deciding_twice_is_harmless(stage: Stage) -> None:
    """A key decided before changes nothing, whatever became of it; what is new beside it is kept."""
    stage.decide(effect("a", "first"))
    stage.driver()
    stage.until_done("a")
    stage.decide(effect("a", "second"), effect("b"))
    stage.until_done("b")
    assert stage.keys() == ["a", "b"]
    assert stage.row("a").lane == "first"
    assert stage.order() == ["a", "b"]


def test_deciding_at_once_from_many_threads_keeps_one(stage: Stage) -> None:
    """Transactions that decide the same at the same time all succeed, and one effect of each key is kept."""
    together = threading.Barrier(8)

    def press() -> None:
        together.wait()
        stage.decide(effect("a"), effect("b"))

    with ThreadPoolExecutor(8) as people:
        for pressed in [people.submit(press) for _ in range(8)]:
            pressed.result()
    assert stage.keys() == ["a", "b"]


def edit(stage: Stage, key: str, card: str = "card", database: Database | None = None) -> None:
    """Change something, and decide an edit of the card that collapses with waiting ones."""
    with (database or stage.database).transaction() as tx:
        mark(tx, stage, f"change for {key}")
        decide_unless_waiting(tx, effect(key, "channel", kind="edit", says=card), stage.clock.now())


def test_waiting_edits_of_one_card_collapse(stage: Stage) -> None:
    """While an edit waits, another with the same args is not kept; one with other args is."""
    edit(stage, "edit 1")
    edit(stage, "edit 2")
    edit(stage, "edit 3", card="another card")
    assert stage.keys() == ["edit 1", "edit 3"]


def test_an_edit_that_runs_or_has_run_does_not_stand_for_a_later_one(stage: Stage) -> None:
    """An edit under way may have rendered the old state already, so a change made meanwhile is kept."""
    edit(stage, "edit 1")
    [running] = stage.claim(kinds={"edit": ()})
    edit(stage, "edit 2")
    edit(stage, "edit 3")
    assert running.key == "edit 1"
    assert stage.keys() == ["edit 1", "edit 2"]


def test_a_waiting_edit_is_not_started_while_a_change_relies_on_it(postgres_stage: Stage) -> None:
    """From finding the waiting edit to the commit of the change, no driver can start that edit."""
    stage = postgres_stage
    edit(stage, "edit 1")
    with stage.another_database().transaction() as tx:
        wanted = effect("edit 2", "channel", kind="edit", says="card")
        decide_unless_waiting(tx, wanted, stage.clock.now())
        assert stage.claim(kinds={"edit": ()}) == []
    assert [each.key for each in stage.claim(kinds={"edit": ()})] == ["edit 1"]


def test_no_change_is_lost_to_collapsing(stage: Stage) -> None:
    """However changes and edits interleave, the last edit to run has seen the last change."""
    seen: list[set[str]] = []
    edits = stage.kind("edit", record=lambda *_: None)
    stage.script["card"] = [lambda: seen.append(stage.marks())] * 200
    stage.driver(edits)
    stage.driver(edits)
    other = Database(stage.database.url.render_as_string(hide_password=False))

    def change(name: str, database: Database) -> None:
        for number in range(20):
            edit(stage, f"{name} {number}", database=database)

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(change, "here", stage.database), people.submit(change, "there", other)]:
            done.result()
    other.close()
    until(lambda: not stage.keys(State.WAITING, State.RUNNING))
    assert len(stage.marks()) == len(seen[-1]) == 40
