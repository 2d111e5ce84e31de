"""Doing something for each key once in a while at most, and always what was asked for last."""

import logging
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue

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
        self._stretches: SimpleQueue[tuple[float, str]] = SimpleQueue()  # as they end: all are equally long
        self._ender: threading.Thread | None = None

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
                self._begin(key)
        return begins

    def _begin(self, key: str) -> None:
        self._stretches.put((time.monotonic() + self._seconds, key))
        if self._ender is None:
            # The end of the program does not wait for it: `finish` runs what waits.
            self._ender = threading.Thread(target=self._end_stretches, name="coalescing", daemon=True)
            self._ender.start()

    def _end_stretches(self) -> None:
        while True:
            ends_at, key = self._stretches.get()
            time.sleep(max(0.0, ends_at - time.monotonic()))  # a thread of its own: nobody waits for it
            with self._lock:
                deed = self._waiting.pop(key)
                if deed is not None:
                    self._waiting[key] = None
                    self._begin(key)
            if deed is not None:
                _run(deed)


def _run(deed: Deed) -> None:
    try:
        deed()
    except Exception:  # the thread must live for the other forms, whose last words wait in it
        log.exception("what was asked for could not be done")
