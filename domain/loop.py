"""Loops: the promise to tell a customer how ended what they told us, and what becomes of it.

A loop is open without being kept: every customer issue that hangs on a report has one. It is kept from the
moment on at which there is something to tell. No loop is lost: as long as its report has ended, it is told,
confirmed or let go, or it is among those that `State.is_listed`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.report import Report
from domain.telling import TellWhen
from domain.tracking import Phase, Tracked
from domain.triage import State as ReportState


class State(StrEnum):
    """How far the promise to one customer is kept."""

    OPEN = "open"  # nothing to tell yet
    TO_TELL = "to_tell"
    TOLD = "told"
    CONFIRMED = "confirmed"  # the customer says that it is so
    REOPENED = "reopened"  # they were told an end that turned out not to be one
    LET_GO = "let_go"  # nobody will tell them, for a reason that is kept

    @property
    def is_listed(self) -> bool:
        """Whether somebody has to tell the customer something."""
        return self in LISTED


LISTED = (State.TO_TELL, State.REOPENED)


class Ending(StrEnum):
    """How it ended for the customer."""

    FIXED = "fixed"
    RELEASED = "released"
    WONT_FIX = "wont_fix"
    DUPLICATE = "duplicate"  # of an issue that is followed elsewhere
    NOT_A_BUG = "not_a_bug"
    GONE = "gone"  # its issue is not in Jira any more


REPAIRED = (Ending.FIXED, Ending.RELEASED)


class Event(StrEnum):
    """What happens to a loop."""

    ENDED = "ended"  # its report has come to the moment at which customers are told
    OPENED_AGAIN = "opened_again"  # its report is open, or it hangs on none any more
    TOLD = "told"
    NOT_SENT = "not_sent"  # what was to tell them could not be posted
    CONFIRMED = "confirmed"
    STILL_BROKEN = "still_broken"  # the customer still meets it, and knows that we know
    LET_GO = "let_go"


class How(StrEnum):
    """How a customer was told."""

    CHANNEL = "channel"  # by Bugle, in the channel shared with them
    OTHERWISE = "otherwise"


_STEPS: dict[tuple[State, Event], State] = {
    (State.OPEN, Event.ENDED): State.TO_TELL,
    (State.TO_TELL, Event.OPENED_AGAIN): State.OPEN,
    (State.TO_TELL, Event.TOLD): State.TOLD,
    (State.TO_TELL, Event.LET_GO): State.LET_GO,
    (State.TOLD, Event.OPENED_AGAIN): State.REOPENED,
    (State.TOLD, Event.NOT_SENT): State.TO_TELL,
    (State.TOLD, Event.CONFIRMED): State.CONFIRMED,
    (State.CONFIRMED, Event.OPENED_AGAIN): State.REOPENED,
    # Who was told that it is open again waits for its end once more.
    (State.REOPENED, Event.TOLD): State.OPEN,
    (State.REOPENED, Event.ENDED): State.TO_TELL,
    (State.REOPENED, Event.LET_GO): State.LET_GO,
    (State.TO_TELL, Event.STILL_BROKEN): State.OPEN,
    (State.TOLD, Event.STILL_BROKEN): State.OPEN,
    (State.CONFIRMED, Event.STILL_BROKEN): State.OPEN,
    (State.REOPENED, Event.STILL_BROKEN): State.OPEN,
    # Only what was decided as told can turn out not to have been sent, whatever came of its report since.
    (State.REOPENED, Event.NOT_SENT): State.OPEN,
    (State.OPEN, Event.NOT_SENT): State.REOPENED,
}


def step(state: State, event: Event) -> State:
    """Return what becomes of a loop; what does not concern it leaves it as it is."""
    return _STEPS.get((state, event), state)


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that is kept, by its customer issue. Times are aware UTC, business time.

    `report` is what the customer issue hangs on, the original where that is a duplicate. `owner` is whose it
    is, `holder` with whom it is now: who stands in while they are away, None where nobody is left. `since` is
    when there came to be something to tell, or to take back. `told_at`, `told_by` and `told_how` are of the
    last time. `remind_at` is when its holder hears of it next, and `reminders` how often they did. `reason`
    says why it was let go. `touches` is how often the customer was told something.
    """

    customer_issue: str
    report: str
    state: State
    ending: Ending
    since: datetime
    owner: str | None
    holder: str | None
    version: int
    told_at: datetime | None = None
    told_by: str | None = None
    told_how: How | None = None
    remind_at: datetime | None = None
    reminders: int = 0
    reason: str | None = None
    touches: int = 0


def is_news(before: Ending, now: Ending) -> bool:
    """Tell whether who was told the one ending has to hear of the other."""
    return before is not now and not (before is Ending.FIXED and now is Ending.RELEASED)


def ending_of(report: Report, tracked: Tracked | None, tell_when: TellWhen) -> Ending | None:
    """Return how a report has ended for its customers; None while there is nothing to tell them.

    What leads to another report ends as that one does.
    """
    match report.triage.state:
        case ReportState.NOT_A_BUG:
            return Ending.NOT_A_BUG
        case ReportState.DUPLICATE:
            return None if report.triage.duplicate_of else Ending.DUPLICATE
        case ReportState.RESOLVED if tracked is not None:
            return _ending_in_jira(tracked, tell_when)
    return None


def _ending_in_jira(tracked: Tracked, tell_when: TellWhen) -> Ending | None:
    if tracked.phase is Phase.FIXED and tell_when is TellWhen.RELEASED and tracked.facts.versions:
        return None
    return {
        Phase.FIXED: Ending.FIXED,
        Phase.RELEASED: Ending.RELEASED,
        Phase.WONT_FIX: Ending.WONT_FIX,
        Phase.DUPLICATE: Ending.DUPLICATE,
        Phase.GONE: Ending.GONE,
    }.get(tracked.phase)
