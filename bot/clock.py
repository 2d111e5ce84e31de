"""Business time: the real time, or the sandbox's clock where BUGLE_CLOCK_URL names one.

The sandbox's clock can be moved ahead by hours or days. Bugle follows it, and runs its ticks at once when it
moves. In real use the setting is empty.
"""

import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

log = logging.getLogger(__name__)

_WAIT = 20  # seconds for which the sandbox holds a request while its clock is not moved


class Clock:
    """Tells business time, aware UTC. With an address it follows the clock there once started."""

    def __init__(self, url: str = "") -> None:
        self._url = url
        self._offset = timedelta(0)
        self._version = -1
        self._stopping = threading.Event()

    def now(self) -> datetime:
        """Return business time."""
        return datetime.now(UTC) + self._offset

    def start(self, moved: Callable[[], None]) -> None:
        """Begin to follow the sandbox's clock; `moved` is called after each move. Nothing without one."""
        if self._url:
            self._ask(wait=False)
            threading.Thread(target=self._follow, args=(moved,), name="clock", daemon=True).start()

    def stop(self) -> None:
        """Stop following."""
        self._stopping.set()

    def _follow(self, moved: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                if self._ask(wait=True):
                    moved()
            except (OSError, urllib.error.URLError, ValueError, KeyError) as error:
                log.warning("the sandbox's clock does not answer: %s", error)
                self._stopping.wait(1)

    def _ask(self, *, wait: bool) -> bool:
        query = f"?after={self._version}&timeout={_WAIT}" if wait else ""
        with urllib.request.urlopen(self._url + query, timeout=_WAIT + 10) as answer:  # noqa: S310  (a setting, checked)
            told = json.load(answer)
        changed: bool = told["version"] != self._version
        self._version = told["version"]
        self._offset = timedelta(seconds=told["offset"])
        return changed
