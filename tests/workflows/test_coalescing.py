"""Many deeds under one key become few, and the last one is never lost."""

import threading

import pytest

from tests.harness.waiting import eventually, stays
from workflows.coalescing import Coalescing

STRETCH = 0.2


class Deeds:
    """What was done, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def __call__(self, name: str) -> "Deed":
        """Return the deed of this name."""
        return Deed(self.done, name)


class Deed:
    """Something to do; a deed called "fail" fails."""

    def __init__(self, done: list[str], name: str) -> None:
        self._done = done
        self._name = name

    def __call__(self) -> None:
        """Do it."""
        self._done.append(self._name)
        if self._name == "fail":
            raise ZeroDivisionError


def test_the_first_deed_is_done_at_once_and_then_the_last_of_each_stretch() -> None:
    """Of many deeds in a row those between are left out, and none comes twice."""
    deeds, coalescing = Deeds(), Coalescing(STRETCH)
    for name in "abcd":
        coalescing.ask("k", deeds(name))
    assert deeds.done == ["a"]
    eventually(lambda: deeds.done == ["a", "d"], what="the last one")
    coalescing.ask("k", deeds("e"))
    eventually(lambda: deeds.done == ["a", "d", "e"], what="the one of the next stretch")
    assert stays(lambda: deeds.done == ["a", "d", "e"], during=2 * STRETCH)


def test_keys_do_not_hold_each_other_up() -> None:
    """What is asked for under another key is done at once."""
    deeds, coalescing = Deeds(), Coalescing(60)
    coalescing.ask("k", deeds("a"))
    coalescing.ask("other", deeds("b"))
    assert deeds.done == ["a", "b"]


def test_a_deed_for_later_waits_for_the_end_of_the_stretch() -> None:
    """It is not done at once, and gives way to a later one."""
    deeds, coalescing = Deeds(), Coalescing(STRETCH)
    coalescing.ask_later("k", deeds("a"))
    assert deeds.done == []
    coalescing.ask("k", deeds("b"))
    eventually(lambda: deeds.done == ["b"], what="the later one")


@pytest.mark.parametrize("by_name", [True, False])
def test_what_waits_can_be_done_now(by_name: bool) -> None:
    """At the end of the program, or when a key is asked for, what waits is done, once."""
    deeds, coalescing = Deeds(), Coalescing(STRETCH)
    for name in "abc":
        coalescing.ask("k", deeds(name))
    for _ in range(2):
        coalescing.flush("k") if by_name else coalescing.finish()
    assert deeds.done == ["a", "c"]
    assert stays(lambda: deeds.done == ["a", "c"], during=2 * STRETCH)


def test_a_deed_that_fails_holds_nobody_up(caplog: pytest.LogCaptureFixture) -> None:
    """Its fault is in the log, and the next one is done."""
    deeds, coalescing = Deeds(), Coalescing(STRETCH)
    coalescing.ask("k", deeds("fail"))
    coalescing.ask("k", deeds("b"))
    eventually(lambda: deeds.done == ["fail", "b"], what="the next one")
    assert "could not be done" in caplog.text


def test_many_at_once_lose_nothing() -> None:
    """Whatever the threads do, the last deed of each key is done."""
    deeds, coalescing = Deeds(), Coalescing(0.01)
    last = [f"{key} 199" for key in range(8)]

    def ask(key: int) -> None:
        for number in range(200):
            coalescing.ask(str(key), deeds(f"{key} {number}"))

    threads = [threading.Thread(target=ask, args=[key]) for key in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    eventually(lambda: set(last) <= set(deeds.done), what="the last ones")
    assert len(deeds.done) == len(set(deeds.done))
