"""The log of calls: what was asked of Slack and Jira, and what they delivered to the bot."""

from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

KEPT = 5_000


@dataclass(frozen=True)
class Call:
    """One request and its answer.

    `service` is slack, jira, or bot for deliveries to the bot; `outcome` is ok, an error's name or an HTTP
    status; `scope` names the scope that allowed the call, where one did; `at` is real time.
    """

    number: int
    service: str
    method: str
    at: datetime
    request: Any
    response: Any
    outcome: str
    milliseconds: float
    scope: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the call as the control API shows it."""
        return {**asdict(self), "at": self.at.isoformat()}

    def headline(self) -> dict[str, Any]:
        """Return the call without what was said, as the live stream tells of it."""
        return {
            "number": self.number,
            "service": self.service,
            "method": self.method,
            "outcome": self.outcome,
        }


class Calls:
    """Remembers the newest calls; numbers start at 1 and never repeat."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self.last = 0

    def add(
        self,
        *,
        service: str,
        method: str,
        at: datetime,
        request: Any,
        response: Any,
        outcome: str,
        milliseconds: float,
        scope: str | None = None,
    ) -> Call:
        """Record a call and return it with its number."""
        self.last += 1
        call = Call(
            self.last, service, method, at, request, response, outcome, round(milliseconds, 3), scope
        )  # fmt: skip
        self._calls.append(call)
        return call

    def since(self, number: int = 0) -> list[Call]:
        """Return the calls numbered above *number*, oldest first."""
        return [call for call in tuple(self._calls) if call.number > number]
