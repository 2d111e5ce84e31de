"""A customer issue: one thing that one customer told us, how it came to us and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

SATISFACTION = range(101)  # in hundredths of the best that the one who asked can be told


class Origin(StrEnum):
    """The way a customer issue came in."""

    FORM = "form"  # a rep typed it into the form of a customer issue
    MESSAGE = "message"  # passed on from a message in Slack
    BUG_FORM = "bug_form"  # its customer was chosen for a bug report
    INTAKE = "intake"  # sent by a help desk


class State(StrEnum):
    """What became of a customer issue; all but NEW are outcomes somebody decided, or a rule did."""

    NEW = "new"
    BUG = "bug"  # it is, or became, a bug report: CustomerIssue.report
    FEEDBACK = "feedback"  # kept as feedback on the product, with tags
    ANSWERED = "answered"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Told:
    """A customer issue as it comes in, parsed and complete, not yet kept.

    `nonce` is unique for ever: of the opening of a form, of a message, or of a source and the sender's id;
    however often it comes, it is kept once. `customer` is an id, None where nobody knows whose it is.
    `author` is what the one who said it is called, `author_id` their Slack id. `brought_by` is the Slack id
    of who passed it on; None where it came from outside. `effort` is 1 to 7, `satisfaction` 0 to 100.
    `channel` and `ts` name the message it was made from, `source_url` its address; `files` are ids of Slack
    files. `source` is the key of an intake.
    """

    nonce: str
    origin: Origin
    product: str
    quote: str
    customer: str | None = None
    area: str | None = None
    language: str | None = None
    author: str | None = None
    author_id: str | None = None
    brought_by: str | None = None
    channel: str | None = None
    ts: str | None = None
    source: str | None = None
    source_url: str | None = None
    help_desk_url: str | None = None
    effort: int | None = None
    satisfaction: int | None = None
    files: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerIssue:
    """A customer issue that is kept. Times are aware UTC; people are Slack user ids.

    `told` is as it came in; its quote is empty once it was blanked. `version` grows with each change that
    shows. `decision` says which lines of the routing table decided where it goes, as
    `domain/customer_routing.py` tells them: for people who ask why it is here.
    """

    id: str
    told: Told
    brought_at: datetime
    version: int
    state: State = State.NEW
    settled_by: str | None = None
    settled_at: datetime | None = None
    settled_note: str | None = None
    report: str | None = None
    decision: Mapping[str, Any] = field(default_factory=dict)
    blanked_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has said what becomes of it."""
        return self.state is State.NEW
