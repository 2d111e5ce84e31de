"""Waiting for a condition with a deadline, and saying what was there when it did not come."""

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 10.0


def eventually(
    look: Callable[[], T | None], *, within: float = PATIENCE, every: float = 0.02, what: str = ""
) -> T:
    """Return what *look* finds as soon as it is truthy; AssertionError with what it saw last otherwise."""
    deadline = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() >= deadline:
            raise AssertionError(f"Waited {within} s for {what or look}; last seen: {found!r}")
        Event().wait(every)


def stays(look: Callable[[], object], *, during: float, every: float = 0.02) -> bool:
    """Tell whether *look* holds all the time for so many seconds."""
    deadline = time.monotonic() + during
    while time.monotonic() < deadline:
        if not look():
            return False
        Event().wait(every)
    return True
