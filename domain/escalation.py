"""Who is pinged about a report, one after the other, until somebody reacts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.revisions import History


class End(StrEnum):
    """Why a ping went on to the next in line."""

    UNANSWERED = "unanswered"
    PASSED = "passed"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Ping:
    """One step of asking a rotation about a report.

    `number` counts a report's pings, from 1; `step` those of one round, which a filing or a hand-over begins
    with 1. `member` is None where the channel is asked: last, when everybody was, or first, when nobody was
    on duty. `posted_at` and `zone` (IANA, the member's) are known once it was posted, `due_at` where it then
    goes on by itself. `end` and `ended_by` say why it did, and who passed it on. Times are aware UTC, people
    Slack user ids.
    """

    report: str
    number: int
    step: int
    member: str | None
    posted_at: datetime | None = None
    zone: str | None = None
    due_at: datetime | None = None
    end: End | None = None
    ended_by: str | None = None


def next_in_line(history: History, at: datetime, asked: Collection[str]) -> str | None:
    """Return whom to ask at *at*: who is on duty, then the others in the order of their turns.

    Those in *asked* have been; None when nobody is left.
    """
    index = history.index(at)
    if index is None:
        members = history.latest.members
    else:
        order = history.revisions[index].rotation.members
        first = order.index(history.holder(at) or order[0])
        members = order[first:] + order[:first]
    return next((member for member in members if member not in asked), None)
