"""What both gateways share: knowledge with an age, Retry-After, observing; and what loading them costs."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from domain.effects import Gateway, TryAgain
from gateways.memory import Memory
from gateways.observing import observed, unobserved
from gateways.waiting import seconds_to_wait
from tests.gateways.stage import Listener, Seconds

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("37", 37.0), (" 37 ", 37.0), ("0", 1.0), ("86400", 86400.0),
        ("Mon, 23 Nov 2026 12:01:30 GMT", 90.0), ("Mon, 23 Nov 2026 13:01:30 +0100", 90.0),
        ("Mon, 23 Nov 2026 12:01:30 -0000", 90.0), ("Mon, 23 Nov 2026 11:59:00 GMT", 1.0),
        (None, 10.0), ("", 10.0), ("soon", 10.0), ("-5", 10.0), ("nan", 10.0), ("99 Foo 2026", 10.0),
    ],
)  # fmt: skip
def test_retry_after_is_read(header: str | None, expected: float) -> None:
    """Retry-After is seconds or an HTTP date; at least a second, and ten where nothing can be made of it."""
    assert seconds_to_wait(header, NOW) == expected


def test_the_age_of_knowledge_starts_with_the_question(seconds: Seconds) -> None:
    """An answer that took long is as old as its question: it may tell what was so at its beginning."""
    memory: Memory[str, float] = Memory(30.0, seconds)

    def slowly() -> float:
        seconds.go(20)
        return seconds.now

    first = memory.recall("a", slowly)
    seconds.go(9)
    assert memory.recall("a", slowly) == first
    seconds.go(1)
    assert memory.recall("a", slowly) != first


def test_an_answer_that_was_overtaken_by_forgetting_is_asked_again(seconds: Seconds) -> None:
    """What was asked before something was forgotten is neither returned nor kept."""
    memory: Memory[str, str] = Memory(30.0, seconds)
    answers = iter(["old", "new", "newer"])

    def ask() -> str:
        answer = next(answers)
        if answer == "old":
            memory.forget("a")
        return answer

    assert memory.recall("a", ask) == "new"
    assert memory.recall("a", ask) == "new"


def test_a_late_answer_does_not_replace_a_newer_one(seconds: Seconds) -> None:
    """Of two answers under way at once, the one asked for later is kept."""
    memory: Memory[str, str] = Memory(30.0, seconds)

    def slowly() -> str:
        seconds.go(1)
        memory.recall("a", lambda: "asked later", fresh=True)
        return "asked first"

    assert memory.recall("a", slowly) == "asked first"
    assert memory.known("a") == "asked later"


def test_a_fault_of_ours_is_observed_as_one(listener: Listener) -> None:
    """What is no outcome is observed as a fault, and goes on its way."""
    with pytest.raises(ZeroDivisionError), observed(listener, Gateway.JIRA, "GET issue"):
        _ = 1 // 0
    with pytest.raises(TryAgain), observed(listener, Gateway.JIRA, "GET issue"):
        raise TryAgain("down")
    with observed(unobserved, Gateway.JIRA, "GET issue"):
        pass
    assert [outcome for _, _, outcome in listener.heard] == ["fault", "try_again"]


def test_loading_the_gateways_loads_no_jira() -> None:
    """The jira library (22 MB, 0.2 s) and requests are loaded by the first call only, not by a start."""
    look = "import sys, gateways.jira, gateways.slack; print(sorted({'jira', 'requests'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
