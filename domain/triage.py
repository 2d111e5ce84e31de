"""What triage decides about a report, and what it asks of its reporter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Whether a report is still to be dealt with, how triage closed it, or that its issue is done in Jira."""

    OPEN = "open"
    DUPLICATE = "duplicate"
    NOT_A_BUG = "not_a_bug"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Triage:
    """What people decided about one report. Times are aware UTC; people are Slack user ids.

    A duplicate names its original by report id where we have one, and by Jira key where that was known;
    `moved_customers` are those it had, for when it is opened again (`storage/customer_moves.py`).
    `severity_by` and `severity_reason` are set where somebody changed what the rules said. `handed_at` is
    when the report last went back to the rotation; None while it is where filing left it.
    """

    state: State = State.OPEN
    closed_by: str | None = None
    closed_at: datetime | None = None
    closed_reason: str | None = None
    duplicate_of: str | None = None
    duplicate_key: str | None = None
    moved_customers: tuple[Mapping[str, Any], ...] = ()
    severity_by: str | None = None
    severity_reason: str | None = None
    handed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the report is still to be dealt with."""
        return self.state is State.OPEN


@dataclass(frozen=True, slots=True)
class Question:
    """Something triage wants to know of a reporter; `channel` and `ts` say where it was posted to them."""

    id: int
    report: str
    asked_by: str
    asked_at: datetime
    text: str
    answer: str | None = None
    answered_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """What a report may be a duplicate of: one of ours (its id and what goes wrong), or only an issue."""

    report: str | None
    key: str | None
    title: str = ""

    @property
    def value(self) -> str:
        """What comes back when it is chosen from a menu."""
        return f"report:{self.report}" if self.report else f"issue:{self.key}"

    @classmethod
    def chosen(cls, value: str) -> "Original":
        """Return the one whose value this is, without its title."""
        kind, _, name = value.partition(":")
        return cls(name, None) if kind == "report" else cls(None, name)


class Why(StrEnum):
    """Why Bugle does not do what somebody pressed."""

    NOT_ALLOWED = "not_allowed"
    GROUPS_UNKNOWN = "groups_unknown"
    CLOSED = "closed"
    NOT_CLOSED = "not_closed"
    TAKEN = "taken"
    OWN_DUPLICATE = "own_duplicate"
    ANSWERED = "answered"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, with the person (`by`) whose deed is in the way, or who (`allowed`) may do it."""

    why: Why
    by: str | None = None
    allowed: tuple[str, ...] = ()
