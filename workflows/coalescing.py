"""Doing something for each key once in a while at most, and always what was asked for last."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

Deed = Callable[[], None]


class Coalescing:
    """Runs the first deed asked for under a key at once, then the last one of each stretch of *seconds*.

    Thread-safe. A deed that fails is in the log; whoever asked for it is not held up by that.
    """

    def __init__(self, seconds: float = 1.0) -> None:
        self._seconds = seconds
        self._waiting: dict[str, Deed | None] = {}  # a key is here while its stretch lasts
        self._lock = threading.Lock()

    def ask(self, key: str, deed: Deed) -> None:
        """Run a deed now, or, within a stretch, at its end unless another is asked for by then."""
        if self._wait(key, deed):
            _run(deed)

    def ask_later(self, key: str, deed: Deed) -> None:
        """Run a deed at the end of a stretch, unless another is asked for by then."""
        if self._wait(key, deed):
            self._wait(key, deed)

    def flush(self, key: str) -> None:
        """Run now what waits under a key."""
        with self._lock:
            deed = self._waiting.get(key)
            if deed is not None:
                self._waiting[key] = None
        if deed is not None:
            _run(deed)

    def finish(self) -> None:
        """Run now whatever waits, at the end of the program."""
        with self._lock:
            keys = list(self._waiting)
        for key in keys:
            self.flush(key)

    def _wait(self, key: str, deed: Deed) -> bool:
        """Let a deed wait for the end of the stretch under way; True when this begins one instead."""
        with self._lock:
            begins = key not in self._waiting
            self._waiting[key] = None if begins else deed
        if begins:
            self._start(key)
        return begins

    def _start(self, key: str) -> None:
        timer = threading.Timer(self._seconds, self._end, [key])
        timer.daemon = True  # the end of the program does not wait for it: `finish` runs what waits
        timer.start()

    def _end(self, key: str) -> None:
        with self._lock:
            deed = self._waiting.pop(key)
            if deed is not None:
                self._waiting[key] = None
        if deed is not None:
            self._start(key)
            _run(deed)


def _run(deed: Deed) -> None:
    try:
        deed()
    except Exception:
        log.exception("what was asked for could not be done")
