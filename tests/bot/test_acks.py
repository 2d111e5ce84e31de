"""Requests under way go first, and none is begun when it is too late."""

import threading

from bot.acks import Acks
from bot.metrics import Metrics
from tests.harness.waiting import eventually, stays


def test_others_wait_for_a_request_under_way() -> None:
    """Who gives way goes on as soon as the last request is answered."""
    acks = Acks(Metrics())
    acks.give_way()  # nobody to wait for
    passed = threading.Event()

    def give_way() -> None:
        for _ in range(20):  # longer than a request may hold them up at one time
            acks.give_way()
        passed.set()

    with acks.answering("interactive"), acks.answering("interactive"):
        other = threading.Thread(target=give_way)
        other.start()
        assert stays(lambda: not passed.is_set(), during=0.2)
    eventually(passed.is_set, within=1, what="the other to go on")
    other.join()


def test_nobody_waits_for_ever() -> None:
    """A request that hangs holds nobody up for longer than a moment."""
    acks = Acks(Metrics())
    with acks.answering("interactive"):
        acks.give_way()


def test_nothing_is_begun_once_it_is_closed() -> None:
    """A request under way may end; one that comes later is told that it is too late, and is not counted."""
    metrics = Metrics()
    acks = Acks(metrics)
    closed = threading.Event()

    def close() -> None:
        acks.close(30)
        closed.set()

    with acks.answering("interactive") as is_open:
        assert is_open
        closing = threading.Thread(target=close)
        closing.start()
        assert stays(lambda: not closed.is_set(), during=0.1)
    eventually(closed.is_set, what="it to be closed")
    closing.join()
    with acks.answering("interactive") as is_open:
        assert not is_open
    assert metrics.registry.get_sample_value("bugle_ack_seconds_count", {"type": "interactive"}) == 1
