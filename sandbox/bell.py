"""Waiting on the event loop for something that another thread may make happen."""

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes whoever waits for a condition; may be rung from any thread."""

    def __init__(self) -> None:
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def ring(self) -> None:
        """Make every waiter look at its condition again."""
        for loop, event in tuple(self._waiting):
            loop.call_soon_threadsafe(event.set)

    async def wait(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait in real time until *condition* holds, at most *seconds*; tell whether it holds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        event = asyncio.Event()
        self._waiting.add((loop, event))
        try:
            while not condition() and (left := deadline - loop.time()) > 0:
                event.clear()
                if condition():
                    break
                try:
                    await asyncio.wait_for(event.wait(), left)
                except TimeoutError:
                    break
            return condition()
        finally:
            self._waiting.discard((loop, event))
