"""Somebody asks for cover of a shift, or to swap it: who was asked, how it ended, when to remind of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.covering import Change, Refusal, Stint, covering, swapping
from domain.duty import Layers
from domain.revisions import History
from domain.working_hours import WorkingHours

BEFORE = (timedelta(days=3), timedelta(days=1), timedelta(hours=3))
_SHORTLY = timedelta(hours=1)


class State(StrEnum):
    """How a request stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # the shift began, and nobody had answered
    OVERTAKEN = "overtaken"  # the shift is somebody else's meanwhile
    GONE = "gone"  # who was asked, or has the shift, is not there any more


@dataclass(frozen=True, slots=True)
class CoverRequest:
    """*asked*, or everybody (None), is asked to have the duty instead of *whose* in [*start*, *end*).

    A swap gives *whose* what *asked* has in [*other_start*, *other_end*) for it. *asked_by* is another than
    *whose* where it was asked on behalf. Instants are aware UTC; *remind_at* is None when no more is due.
    """

    id: str
    rotation: str
    start: datetime
    end: datetime
    whose: str
    asked_by: str
    asked_at: datetime
    lapses_at: datetime
    asked: str | None = None
    other_start: datetime | None = None
    other_end: datetime | None = None
    remind_at: datetime | None = None
    state: State = State.OPEN
    answered_by: str | None = None
    answered_at: datetime | None = None
    reminders: int = 0
    version: int = 1

    @property
    def shift(self) -> Stint:
        """What is to be covered."""
        return Stint(self.start, self.end, self.whose)

    @property
    def other(self) -> Stint | None:
        """What is given for it in a swap; None where nothing is."""
        if self.other_start is None or self.other_end is None:
            return None
        return Stint(self.other_start, self.other_end, self.asked)

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state is State.OPEN

    def touches(self, start: datetime, end: datetime) -> bool:
        """Tell whether either of its shifts overlaps [*start*, *end*)."""
        other = self.other
        mine = self.start < end and start < self.end
        return mine or (other is not None and other.start < end and start < other.end)


def granted(
    history: History, layers: Layers, request: CoverRequest, person: str, at: datetime
) -> Change | Refusal:
    """Say what changes where *person* says yes to a request at *at*, or why nothing can any more."""
    if request.other is not None:
        return swapping(history, layers, request.shift, request.other._replace(person=person), at)
    return covering(history, layers, request.shift, person, at)


def is_overtaken(history: History, layers: Layers, request: CoverRequest, at: datetime) -> bool:
    """Tell whether nobody can say yes any more, since duty has changed hands otherwise."""
    somebody = request.asked or "somebody"
    return isinstance(granted(history, layers, request, somebody, at), Refusal)


def lapse_of(shift: Stint, other: Stint | None, at: datetime) -> datetime:
    """Say when a request made at *at* is too late: when a shift begins, or ends where it is under way."""
    return min(each.start if each.start > at else each.end for each in (shift, other) if each is not None)


def reminder_after(at: datetime, lapses_at: datetime, hours: WorkingHours, zone: ZoneInfo) -> datetime | None:
    """Say when to remind next of a request that lapses then, in working *hours* of *zone*; None: no more.

    Three days, one day and three hours before. What falls into the night comes when work begins, or an hour
    before work ends where it would be too late by then. All instants are aware UTC.
    """
    wanted = (_at_work(lapses_at - before, lapses_at, hours, zone) for before in BEFORE)
    return min((each for each in wanted if each is not None and at < each < lapses_at), default=None)


def _at_work(wanted: datetime, lapses_at: datetime, hours: WorkingHours, zone: ZoneInfo) -> datetime | None:
    begin, _ = next(hours.spells(wanted, zone))
    if begin < lapses_at:
        return begin
    earlier: datetime | None = None
    for start, end in hours.spells(wanted - timedelta(days=7), zone):
        if start >= wanted:
            return earlier
        earlier = max(start, end - _SHORTLY)
    return earlier
