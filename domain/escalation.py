"""Who is pinged about a report, one after the other, until somebody reacts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from domain.layers import in_order
from domain.revisions import History
from domain.rotation_profile import Step


class End(StrEnum):
    """Why a ping went on to the next in line, or was made anew."""

    UNANSWERED = "unanswered"
    PASSED = "passed"
    UNREACHABLE = "unreachable"
    LAPSED = "lapsed"  # it was acknowledged, and nothing came of it
    RETURNED = "returned"  # it was snoozed, and comes back in a new round


@dataclass(frozen=True, slots=True)
class Ping:
    """One step of asking a rotation about a report.

    `number` counts a report's pings, from 1; `step` those of one round, which a filing or a hand-over begins
    with 1. `member` is None where the channel is asked, or nobody is left to ask. `via` is the escalation
    step that led there; None for whoever is on duty, and for the end of a round. `posted_at` and `zone`
    (IANA, the member's) are known once it was posted, `due_at` where it then goes on by itself;
    `after_hours` says that it came outside their working hours. `end` and `ended_by` say why it did, and who
    passed it on. An acknowledgement counts until `lapses_at`, a snooze until `snoozed_until`; None: there is
    none. Times are aware UTC, people Slack user ids.
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
    via: Step | None = None
    after_hours: bool | None = None
    snoozed_until: datetime | None = None
    lapses_at: datetime | None = None


class Asked(NamedTuple):
    """Who is asked by which step; None: whoever is on duty. No member stands for the channel."""

    via: Step | None
    member: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """Who can be asked about a report at one instant.

    `members` come in the order of asking; `on_duty`, who may be none of them, before them and before every
    step. `secondary` are on duty in rotations of that rank. `away` have time off: they are asked where
    somebody put them on duty in so many words, and a lead where all others are away.
    """

    steps: tuple[Step, ...]
    members: tuple[str, ...]
    on_duty: str | None = None
    secondary: tuple[str, ...] = ()
    lead: str | None = None
    away: frozenset[str] = frozenset()

    def led_to(self, step: Step) -> Iterable[str]:
        """List those whom a step may ask."""
        if step in (Step.NEXT, Step.OTHERS):
            return (each for each in self.members if each not in self.away)
        if step is Step.SECONDARY:
            return (each for each in self.secondary if each not in self.away)
        if step is Step.LEAD and self.lead is not None and not self._spares(self.lead):
            return (self.lead,)
        return ()

    def _spares(self, lead: str) -> bool:
        others = {*self.members, *self.secondary} - {lead}
        return lead in self.away and not others <= self.away


def first_asked(line: Line) -> Asked:
    """Return who begins a round: who is on duty; where nobody is the lead, else the channel."""
    if line.on_duty is not None:
        return Asked(None, line.on_duty)
    lead = next(iter(line.led_to(Step.LEAD)), None)
    return Asked(Step.LEAD, lead) if lead is not None else Asked(Step.CHANNEL, None)


def next_asked(line: Line, asked: Sequence[Asked]) -> Asked | None:
    """Return whom to ask after those who were *asked* in this round, in order; None where its end is reached.

    Nobody is asked twice. Who has come on duty meanwhile comes first; else the steps go on from the one
    reached, and one that leads to nobody is passed over.
    """
    known = {each.member for each in asked}
    if line.on_duty is not None and line.on_duty not in known:
        return Asked(None, line.on_duty)
    for step in line.steps[_reached(line.steps, asked) :]:
        if step is Step.CHANNEL:
            return Asked(step, None)
        for person in line.led_to(step):
            if person not in known:
                return Asked(step, person)
    return None


def _reached(steps: Sequence[Step], asked: Sequence[Asked]) -> int:
    """Find the first of the steps that is not used up; whoever began the round was not asked by a step."""
    place = 0
    for each in _once_each(asked):
        found = next((at for at in range(place, len(steps)) if steps[at] is each.via), None)
        if found is not None:
            place = found if each.via is Step.OTHERS else found + 1
    return place


def _once_each(asked: Sequence[Asked]) -> Iterator[Asked]:
    """Leave out who began, and those who were asked once more in between, which used no step up."""
    seen = {asked[0].member} - {None} if asked else set()
    for each in asked[1:]:
        if each.member not in seen:
            yield each
        seen |= {each.member} - {None}


def order_of_asking(history: History, at: datetime, on_duty: str | None) -> tuple[str, ...]:
    """List a rotation's members as they are asked at the aware instant *at*: as their turns come.

    Whose turn it is comes last where another is on duty instead. Before the rotation begins it is the order
    of its members.
    """
    index, holder = history.index(at), history.holder(at)
    if index is None or holder is None:
        return history.latest.members
    members = in_order(history.revisions[index], holder)
    return members if on_duty in (None, holder) else (*members[1:], members[0])
