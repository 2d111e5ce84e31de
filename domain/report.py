"""A bug report: what a reporter fills in, and what Bugle knows of it afterwards."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.happened import Happened


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
class Draft:
    """A form as it was submitted, parsed and complete, not yet filed.

    `nonce` names the one opening of the form: however often it is submitted, it files one report. `area` is
    a Jira component id. `reporter_name` is what Slack sent with the form, for when nothing better is known.
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


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was filed. Times are aware UTC; people are Slack user ids.

    `version` grows with each change that shows in a message about the report. `area` is a component's name.
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

    @property
    def label(self) -> str:
        """The Jira label that only this report's issue carries."""
        return f"bugle-{self.id.lower()}"
