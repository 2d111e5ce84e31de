"""Misbehaviour that was asked for: refusals, slowness and cut connections, per service and method."""

import itertools
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What goes wrong."""

    RATE_LIMIT = "rate_limit"
    ERROR = "error"
    ERROR_AFTER = "error_after"
    SLOW = "slow"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    DOWN = "down"
    AUTH = "auth"


@dataclass(frozen=True)
class Trouble:
    """One misbehaviour: for `times` calls, for `seconds` of real time, or until it is removed.

    `method` is `*` or the exact name the call log uses; `match` must occur in the request's body. `delay` and
    `retry_after` are seconds; `error` makes Slack answer 200 with that error instead of `status`.
    """

    id: int
    service: str
    method: str
    kind: Kind
    times: int | None = None
    seconds: float | None = None
    delay: float = 1.0
    retry_after: int = 1
    status: int = 500
    error: str | None = None
    match: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the trouble as the control API shows it."""
        return asdict(self)

    def concerns(self, service: str, method: str, body: str) -> bool:
        """Tell whether a call to *method* of *service* with this *body* is meant."""
        return (
            self.service in ("*", service)
            and self.method in ("*", method)
            and (self.match is None or self.match in body)
        )


@dataclass
class _Running:
    """A trouble under way: how many times are left, and the monotonic second at which it ends."""

    trouble: Trouble
    left: int | None
    until: float | None

    def over(self) -> bool:
        """Tell whether it has spent its times or its time."""
        return self.left == 0 or (self.until is not None and time.monotonic() >= self.until)


class Troubles:
    """The troubles under way, in the order they were asked for."""

    def __init__(self) -> None:
        self._running: dict[int, _Running] = {}
        self._ids = itertools.count(1)

    def add(self, *, service: str, kind: Kind | str, method: str = "*", **details: Any) -> Trouble:
        """Start a trouble and return it; *details* are the other fields of Trouble."""
        trouble = Trouble(next(self._ids), service, method, Kind(kind), **details)
        until = None if trouble.seconds is None else time.monotonic() + trouble.seconds
        self._running[trouble.id] = _Running(trouble, trouble.times, until)
        return trouble

    def remove(self, id: int) -> bool:  # noqa: A002 - the name the field has
        """End the trouble *id*; False when it is not there."""
        return self._running.pop(id, None) is not None

    def clear(self) -> None:
        """End all troubles."""
        self._running.clear()

    def all(self) -> list[Trouble]:
        """Return the troubles under way."""
        self._forget_ended()
        return [running.trouble for running in self._running.values()]

    def take(self, service: str, method: str, body: str = "") -> list[Trouble]:
        """Return what goes wrong with this call, counting down: all slowness and the first other trouble."""
        self._forget_ended()
        taken: list[Trouble] = []
        refused = False
        for running in tuple(self._running.values()):
            slow = running.trouble.kind is Kind.SLOW
            if (refused and not slow) or not running.trouble.concerns(service, method, body):
                continue
            refused = refused or not slow
            running.left = None if running.left is None else running.left - 1
            taken.append(running.trouble)
        return taken

    def _forget_ended(self) -> None:
        for id_, running in tuple(self._running.items()):
            if running.over():
                self._running.pop(id_, None)
