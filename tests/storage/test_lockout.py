"""A gateway that no longer accepts our credentials: its effects wait, undead, until it does again."""

import sys
import threading
from typing import Any

import pytest
from sqlalchemy import event

from domain.effects import Gateway, LockedOut, Never, State, Unsure
from tests.storage.stage import Stage, effect, until


def jira_refuses(times: int) -> list[LockedOut]:
    """Return so many refusals of our credentials."""
    return [LockedOut("401", Gateway.JIRA) for _ in range(times)]


def test_a_lock_out_pauses_one_gateway_until_it_answers_again(stage: Stage) -> None:
    """Refused credentials stop that gateway's effects and no others; a probe lets them go on."""
    issues = stage.kind("issue", Gateway.JIRA)
    stage.script["issue"] = jira_refuses(1)
    stage.probe_answers = [False]
    stage.decide(effect("issue", "x", kind="issue"), effect("behind", "x"), effect("post"))
    driver = stage.driver(issues, stage.kind(), probe_every=0.2)
    until(driver.paused)
    assert driver.paused() == {Gateway.JIRA: "401"}
    stage.decide(effect("issue 2", kind="issue"), effect("post 2"))
    stage.until_done("post", "post 2")
    assert stage.keys(State.WAITING) == ["issue", "behind", "issue 2"]
    stage.until_done("issue", "behind", "issue 2")
    assert driver.paused() == {}
    assert stage.probe_answers == []
    assert [call.attempt.tries for call in stage.calls_of("issue")] == [1, 1]
    assert stage.calls_of("issue")[1].attempt.doubt is None


def test_a_probe_that_fails_is_asked_again(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """An outcome, or a fault of ours, while probing leaves the gateway paused, and is not the last probe."""
    issues = stage.kind("issue", Gateway.JIRA)
    stage.script["issue"] = jira_refuses(1)
    stage.probe_answers = [Unsure("timed out"), KeyError("ok")]
    stage.decide(effect("issue", kind="issue"))
    driver = stage.driver(issues, probe_every=0.2)
    stage.until_done("issue")
    assert stage.probe_answers == []
    assert "timed out" in caplog.text
    assert "KeyError: 'ok'" in caplog.text
    assert driver.alive()


def test_a_gateway_that_locks_out_again_is_paused_again(stage: Stage) -> None:
    """Effects that are refused one after the other lose no try by it, and can still die of something else."""
    issues = stage.kind("issue", Gateway.JIRA)
    stage.script = {"a": jira_refuses(2), "b": [*jira_refuses(1), Never("400")]}
    stage.decide(effect("a", kind="issue"), effect("b", kind="issue"))
    stage.driver(issues, probe_every=0.2)
    stage.until_done("a")
    until(lambda: stage.state("b") is State.DEAD)
    assert (stage.row("a").tries, stage.row("b").tries) == (1, 1)


def test_a_claim_that_waits_for_its_turn_heeds_a_pause(sqlite_stage: Stage) -> None:
    """A gateway that is paused while the driver waits to write gets no further call."""
    stage = sqlite_stage

    def let_the_dispatcher_queue(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        settles = threading.current_thread().name.startswith("effect_") and statement == "BEGIN IMMEDIATE"
        if settles and not stage.row("issue").error:
            stage.database.wake()
            until(dispatcher_is_claiming)

    event.listen(stage.database.engine, "before_cursor_execute", let_the_dispatcher_queue)
    stage.script["issue"] = jira_refuses(1)
    stage.decide(effect("issue", kind="issue"))
    stage.driver(stage.kind("issue", Gateway.JIRA), stage.kind())
    until(lambda: stage.row("issue").error == "401")
    stage.decide(effect("post"))
    stage.until_done("post")
    assert len(stage.calls_of("issue")) == 1


def dispatcher_is_claiming() -> bool:
    """Tell whether the dispatcher is in the middle of a claim, as while it waits for its turn."""
    frames = sys._current_frames()  # where a thread waits cannot be told otherwise
    dispatcher = [each.ident for each in threading.enumerate() if each.name == "effects-dispatcher"]
    frame = frames.get(dispatcher[0] or 0)
    while frame and frame.f_code.co_name != "_claim":
        frame = frame.f_back
    return frame is not None
