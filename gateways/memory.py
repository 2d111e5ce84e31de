"""What was last learned from the other side, each piece with its age."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.effects import LockedOut, TryAgain, Wait

K = TypeVar("K")
V = TypeVar("V")

FOR_EVER = float("inf")


@dataclass(frozen=True, slots=True)
class _Learned(Generic[V]):
    """A value and the second (monotonic) at which asking for it began."""

    value: V
    at: float


class Memory(Generic[K, V]):
    """Answers from memory while that is no older than *lasts* seconds, else asks again; thread-safe.

    *elapsed* tells monotonic seconds. With *stale_when_down* old knowledge is better than none: it is
    served while the other side does not answer. Two threads may ask for the same thing at once.
    """

    def __init__(self, lasts: float, elapsed: Callable[[], float], *, stale_when_down: bool = False) -> None:
        self._lasts = lasts
        self._elapsed = elapsed
        self._stale_when_down = stale_when_down
        self._learned: dict[K, _Learned[V]] = {}
        self._forgotten: dict[K, int] = {}
        self._lock = threading.Lock()

    def recall(self, key: K, ask: Callable[[], V], *, fresh: bool = False) -> V:
        """Return what is known under *key*, or what *ask* says; raises what *ask* raises."""
        known = self._learned.get(key)
        if known and not fresh and self._elapsed() - known.at < self._lasts:
            return known.value
        try:
            return self._learn(key, ask)
        except (TryAgain, Wait, LockedOut):
            if known and self._stale_when_down and not fresh:
                return known.value
            raise

    def known(self, key: K) -> V | None:
        """Return what was last learned, however old; None when nothing was."""
        known = self._learned.get(key)
        return known.value if known else None

    def forget(self, key: K) -> None:
        """Drop what is known, and also the answer to a question under way."""
        with self._lock:
            self._learned.pop(key, None)
            self._forgotten[key] = self._forgotten.get(key, 0) + 1

    def _learn(self, key: K, ask: Callable[[], V]) -> V:
        """Ask until no forgetting came between: an answer from before it is neither kept nor returned."""
        while True:
            asked_at, forgotten = self._elapsed(), self._forgotten.get(key, 0)
            value = ask()
            with self._lock:
                if self._forgotten.get(key, 0) == forgotten:
                    self._keep(key, _Learned(value, asked_at))
                    return value

    def _keep(self, key: K, learned: _Learned[V]) -> None:
        known = self._learned.get(key)
        if known is None or known.at <= learned.at:
            self._learned[key] = learned
