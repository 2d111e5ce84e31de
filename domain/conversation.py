"""What is said about a report, in its card's thread and in its issue's comments, is read on both sides.

A remark belongs to the side where it was made. What is seen of it there, in whatever order, says what the
other side has to show; the other side's copy never says anything about the remark.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Origin(StrEnum):
    """Where a remark was made."""

    SLACK = "slack"
    JIRA = "jira"


@dataclass(frozen=True, slots=True)
class Shared:
    """A file that came with a remark, by its id where the remark was made."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A remark as it was just seen where it was made.

    `id` is its ts in Slack or its comment's id in Jira, `said_at` when it was made, `stamp` when it was last
    changed, as that side writes it: later ones compare greater. `author` is a Slack user or the name of a
    Jira account, `text` in that side's markup. `is_private` says that the other side is not to show it.
    """

    origin: Origin
    id: str
    said_at: datetime
    stamp: str
    author: str
    text: str
    files: tuple[Shared, ...] = ()
    is_private: bool = False

    @property
    def version(self) -> str:
        """What tells how it stands from how it stood: when that was, and a mark of what it says."""
        content = "\0".join((self.text, *(each.id for each in self.files), str(self.is_private)))
        return f"{self.stamp} {hashlib.sha256(content.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark as it is kept.

    `source` is its id where it was made, `mirror` that of its copy on the other side. `shown` is the version
    which the copy shows; None where there is no copy, empty where nobody knows. `text` is kept until the copy
    shows it. `is_kept` says that somebody decided that there is no copy; `noted` that somebody changed it.
    `attachments` are its files that are on the issue, by their ids in Slack.
    """

    id: int
    report: str
    origin: Origin
    source: str
    author: str
    version: str
    text: str | None
    files: tuple[Shared, ...]
    is_private: bool
    is_kept: bool
    is_deleted: bool
    mirror: str | None
    shown: str | None
    noted: bool
    attachments: dict[str, str]

    @property
    def wanted(self) -> str | None:
        """The version that the other side is to show; None where it is to show nothing."""
        return None if self.is_private or self.is_kept or self.is_deleted else self.version

    @property
    def is_settled(self) -> bool:
        """Whether the other side shows what it is to show."""
        return self.shown == self.wanted


def is_news(known: Remark, seen: Seen) -> bool:
    """Tell whether what was seen of a remark is not older than what is known, and differs from it.

    What was deleted in Slack stays so: what comes after that was sent before. Of Jira it is read, each time
    anew: what it did not show may be shown again.
    """
    if known.is_deleted:
        return known.origin is Origin.JIRA
    is_older = seen.stamp < known.version.partition(" ")[0]
    return not is_older and seen.version != known.version


def stays_in_slack(text: str, marks: Iterable[str]) -> bool:
    """Tell whether what somebody wrote begins with one of the marks that keep it in Slack."""
    return text.lstrip().startswith(tuple(marks))
