"""Telling somebody, such as the metrics, how each call to the outside ended and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from domain.effects import Gateway, LockedOut, Never, Outcome, TryAgain, Unsure, Wait

_NAMES: dict[type[Outcome], str] = {
    TryAgain: "try_again",
    Wait: "wait",
    Unsure: "unsure",
    LockedOut: "locked_out",
    Never: "never",
}


class Observer(Protocol):
    """Is called after each call to the outside, in the thread that made it; must be quick and not raise."""

    def __call__(self, gateway: Gateway, method: str, outcome: str, seconds: float) -> None:
        """Take note: *outcome* is ok, try_again, wait, unsure, locked_out, never or fault (ours)."""


def unobserved(gateway: Gateway, method: str, outcome: str, seconds: float) -> None:
    """Take no note; for programs without metrics."""


@contextmanager
def observed(observe: Observer, gateway: Gateway, method: str) -> Iterator[None]:
    """Make the one call inside, and report how it ended."""
    started = time.perf_counter()
    ended = "fault"
    try:
        yield
        ended = "ok"
    except Outcome as outcome:
        ended = next(name for kind, name in _NAMES.items() if isinstance(outcome, kind))
        raise
    finally:
        observe(gateway, method, ended, time.perf_counter() - started)
