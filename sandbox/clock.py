"""The business clock: real time plus an offset that tests and the page move forward.

Only what an organisation would call time follows it (deadlines, shifts, when an issue was created). Timeouts,
triggers, Retry-After and signatures stay on real time.
"""

from datetime import UTC, datetime, timedelta

from sandbox.bell import Bell


class Clock:
    """Tells the business time and wakes who waits for a move; `version` counts the moves."""

    def __init__(self) -> None:
        self.version = 0
        self.offset = timedelta()
        self._moved = Bell()
        self._closed = False

    def now(self) -> datetime:
        """Return the business time, aware UTC."""
        return datetime.now(UTC) + self.offset

    def move(self, by: timedelta) -> None:
        """Move the clock forward; ValueError when *by* would turn it back."""
        if by < timedelta():
            raise ValueError("The business clock only moves forward")
        self.offset += by
        self.version += 1
        self._moved.ring()

    async def wait(self, after: int, timeout: float) -> int:  # noqa: ASYNC109 - a long poll ends without an error
        """Return the version as soon as it is beyond *after*, or after *timeout* real seconds."""
        await self._moved.wait(lambda: self.version > after or self._closed, timeout)
        return self.version

    def close(self) -> None:
        """Let everybody who waits go, because the sandbox stops."""
        self._closed = True
        self._moved.ring()
