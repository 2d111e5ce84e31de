"""What an effect is, how a try at one can end, and how long to wait before the next.

An effect is one call to the outside that must happen. Gateways raise the outcomes below; the driver in
`storage/effects.py` obeys them. Anything else that escapes an effect is a fault of ours and counts as
`Unsure`: the call may have been made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

MAX_BACKOFF = timedelta(minutes=5)


class Gateway(StrEnum):
    """Which outside system an effect speaks to; a lock-out pauses one gateway and leaves the other be."""

    SLACK = "slack"
    JIRA = "jira"


class State(StrEnum):
    """Where an effect stands. Waiting and running ones hold their lane; the others have left it."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Effect:
    """One call that must happen, as a workflow decides it.

    `key` is unique for ever: deciding the same thing twice is harmless. `lane` names what the call must
    stay in order with, such as a channel or an issue. `args` is JSON. `due_at` is business time (aware
    UTC); None means at once.
    """

    kind: str
    key: str
    lane: str
    args: Mapping[str, Any]
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an effect function is told about the try it makes.

    `doubt` is set when an earlier try may have reached the other side without our hearing of it: the
    function must then ask whether it happened before doing it again.
    """

    key: str
    tries: int
    doubt: "Doubt | None" = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """When the first try whose end we do not know began, and how long ago that is.

    `since` is real time (aware UTC), to compare with the other side's own stamps. `age` is business time,
    so that a sandbox whose clock is moved by ten minutes has waited ten minutes.
    """

    since: datetime
    age: timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """At most one call each `every` seconds under this name, after a burst of `burst` at most."""

    name: str
    every: float
    burst: int = 1


@dataclass
class Outcome(Exception):
    """How a try ended when it did not simply succeed; `reason` is one line for the log and for admins."""

    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass
class TryAgain(Outcome):
    """The call certainly did not take effect and may succeed later: 5xx before effect, no connection."""


@dataclass
class Wait(Outcome):
    """The other side said how long to wait, in seconds, and (by its pace name) for which calls."""

    seconds: float = 1.0
    pace: str | None = None


@dataclass
class Unsure(Outcome):
    """The call may or may not have taken effect: a time-out, a cut connection, a 5xx after sending.

    `ask_again` says how soon to look, where the other side is known to answer late.
    """

    ask_again: timedelta | None = None


@dataclass
class LockedOut(Outcome):
    """The other side no longer accepts our credentials: pause the gateway, lose nothing."""

    gateway: Gateway = field(default=Gateway.SLACK)


@dataclass
class Never(Outcome):
    """The call was refused for good as it is (400, 404, 413): trying again would change nothing.

    `refused` is what the other side said against single fields, by their ids, where it is about these alone.
    """

    refused: Mapping[str, str] = field(default_factory=dict, kw_only=True)


# What Slack calls a channel in which Bugle can say nothing any more.
LOST = "lost channel"
LOST_CHANNEL = frozenset({"is_archived", "is_inactive", "not_in_channel", "channel_not_found"})


# Why Bugle itself does not do something: the beginning of an error.
SHARED = "channel shared with another company"
NO_ISSUE = "the report has no issue"


def same_reason(error: str) -> str:
    """Return the part of an error that calls of different methods share: what comes after the method's name.

    A channel that is archived, gone or without Bugle is one reason, whatever each method calls it.
    """
    reason = error.partition(": ")[2] or error
    return LOST if reason in LOST_CHANNEL else reason


def backoff(tries: int, jitter: float) -> timedelta:
    """Return how long to wait after the `tries`-th failed try: doubling from 1 s to 5 min.

    `jitter` in [0, 1) spreads the waits over the upper half, so that a crowd does not come back at once.
    """
    whole = min(timedelta(seconds=2 ** min(tries - 1, 16)), MAX_BACKOFF)
    return whole * (0.5 + jitter / 2)
