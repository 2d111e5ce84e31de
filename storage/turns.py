"""Taking turns among threads, in the order in which they came."""

import threading
from collections import deque
from types import TracebackType


class Turns:
    """A lock that goes to whoever has waited longest.

    With `threading.Lock` a thread that gives it back and wants it again mostly has it again at once: one that
    writes in a row, a little at a time so that others come between, would keep them all waiting.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    @property
    def waiting(self) -> int:
        """How many threads wait for their turn."""
        return len(self._waiting)

    def __enter__(self) -> None:
        """Wait for one's turn."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            called = threading.Lock()
            called.acquire()
            self._waiting.append(called)
        called.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Call the next one; the lock is theirs before anybody else can take it."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
