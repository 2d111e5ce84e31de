"""A bug report: what a reporter fills in, and what Bugle knows of it afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.create_fields import Answer
from domain.happened import Happened
from domain.triage import Triage

EFFORTS = range(1, 8)


class Impact(StrEnum):
    """What the bug does to the customers who met it, worst first; the reporter picks it."""

    BLOCKED = "blocked"
    DATA = "data"
    DIFFICULT = "difficult"
    COSMETIC = "cosmetic"


class Workaround(StrEnum):
    """Whether the customers can go on meanwhile."""

    NONE = "none"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Brought:
    """The customers a reporter named: ids of known ones, and the names of those nobody named before."""

    known: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.known) + len(self.new)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was submitted, parsed and complete, not yet filed.

    `nonce` names the one opening of the form: however often it is submitted, it files one report. `area` and
    `found_in` are the names of a Jira component and version. `effort` is 1 to 7, how hard the customers have
    had to work so far. `reporter_name` is what Slack sent with the form, for when nothing better is known.
    `files` are ids of Slack files, `fields` the answers to the project's own fields, by Jira field id.
    `customer_issue` is the id of the one that the report is made from.
    """

    nonce: str
    reporter: str
    reporter_name: str
    product: str
    area: str | None
    impact: Impact
    workaround: Workaround
    happened: Happened
    language: str
    customers: Brought = Brought()
    environment: str | None = None
    found_in: str | None = None
    effort: int | None = None
    help_desk_url: str | None = None
    source_url: str | None = None
    files: tuple[str, ...] = ()
    fields: Mapping[str, Answer] = field(default_factory=dict)
    customer_issue: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was filed. Times are aware UTC; people are Slack user ids.

    `version` grows with each change that shows in a message about the report. `area` is a component's name.
    `customers` is how many it is about. `severity_reasons` are the facts that led to its severity, as
    `domain/severity.py` tells them. `refusal` is what Jira said against its issue, by field id; empty while
    it said nothing.
    """

    id: str
    reporter: str
    reporter_name: str
    product: str
    area: str | None
    impact: Impact
    workaround: Workaround
    severity: str
    happened: Happened
    language: str
    filed_at: datetime
    on_duty: str | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    taken_by: str | None
    taken_at: datetime | None
    issue_key: str | None
    version: int
    environment: str | None = None
    found_in: str | None = None
    effort: int | None = None
    help_desk_url: str | None = None
    source_url: str | None = None
    fields: Mapping[str, Answer] = field(default_factory=dict)
    customers: int = 0
    severity_reasons: Mapping[str, Any] = field(default_factory=dict)
    refusal: Mapping[str, str] = field(default_factory=dict)
    triage: Triage = field(default_factory=Triage)

    @property
    def label(self) -> str:
        """The Jira label that only this report's issue carries."""
        return f"{_LABEL}{self.id.lower()}"


_LABEL = "bugle-"


def labelled(labels: Iterable[str]) -> str | None:
    """Return the id of the report whose label is among an issue's labels, or None."""
    for label in labels:
        if label.startswith(_LABEL):
            return label.removeprefix(_LABEL).upper()
    return None
