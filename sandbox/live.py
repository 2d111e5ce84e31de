"""What just happened, as a stream: the page shows it without reloading."""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sandbox.bell import Bell

HEARTBEAT = 15.0
BACKLOG = 1_000


@dataclass(frozen=True)
class Happening:
    """Something that happened: its kind, such as `message` or `issue`, and what the page needs to know."""

    kind: str
    data: dict[str, Any]


class Live:
    """Hands what happens to everybody who listens; publishing may be done from any thread."""

    def __init__(self) -> None:
        self._backlogs: list[deque[Happening]] = []
        self._bell = Bell()
        self._closed = False

    def publish(self, kind: str, data: dict[str, Any]) -> None:
        """Tell every listener."""
        for backlog in tuple(self._backlogs):
            backlog.append(Happening(kind, data))
        self._bell.ring()

    async def subscribe(self) -> AsyncIterator[Happening]:
        """Yield `ready` once listening, then what happens, and `heartbeat` after 15 s of nothing."""
        backlog: deque[Happening] = deque(maxlen=BACKLOG)
        self._backlogs.append(backlog)
        try:
            yield Happening("ready", {})
            while not self._closed:
                await self._bell.wait(lambda: bool(backlog) or self._closed, HEARTBEAT)
                if not backlog:
                    yield Happening("heartbeat", {})
                while backlog:
                    yield backlog.popleft()
        finally:
            self._backlogs.remove(backlog)

    def close(self) -> None:
        """End every stream, because the sandbox stops."""
        self._closed = True
        self._bell.ring()
