"""The requests of Slack's that are being answered: people wait for them, so that the rest gives way."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.metrics import Metrics

GIVE_WAY = 0.1  # seconds for which others wait at most, however many people press buttons


class Acks:
    """Counts and times the requests under way; thread-safe."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._under_way = 0
        self._is_closed = False
        self._changed = threading.Condition()

    @contextmanager
    def answering(self, kind: str) -> Iterator[bool]:
        """Answer a request of this kind within; False where it is too late to answer any."""
        with self._changed:
            if is_open := not self._is_closed:
                self._under_way += 1
        if not is_open:
            yield False
            return
        began = time.perf_counter()
        try:
            yield True
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()
            self._metrics.acked(kind, time.perf_counter() - began)

    def give_way(self) -> None:
        """Let the requests that are under way go first, for a moment at most."""
        with self._changed:
            self._changed.wait_for(self._is_idle, timeout=GIVE_WAY)

    def close(self, seconds: float) -> None:
        """Let the requests under way end, for so many seconds at most, and answer no other."""
        with self._changed:
            self._changed.wait_for(self._is_idle, timeout=seconds)
            self._is_closed = True

    def _is_idle(self) -> bool:
        return self._under_way == 0
