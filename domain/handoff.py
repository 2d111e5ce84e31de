"""A hand-off: the duty of a rotation goes from one person to the next, with the open bugs they pass on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.duty import Duty, Why
from domain.rotation_profile import KeptRotation

SHIFT_EFFORTS = range(1, 6)


class Decision(StrEnum):
    """What the leaver decided of a bug they hold."""

    PASSED = "passed"
    KEPT = "kept"


class Role(StrEnum):
    """Which of the two a hand-off's direct message is for."""

    LEAVER = "leaver"
    TAKER = "taker"


class Gone(StrEnum):
    """Why a member of a rotation is not written to."""

    DEACTIVATED = "deactivated"
    GUEST = "guest"
    EXTERNAL = "external"
    SILENT = "silent"  # Slack takes no message for them


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is on duty in a rotation in [*start*, *end*), aware UTC, as it was settled.

    Without *why* the rotation has not begun, or has ended; *end* is None where nothing comes by itself.
    """

    start: datetime
    end: datetime | None
    person: str | None = None
    why: Why | None = None
    slot: int | None = None
    revision: int | None = None
    override: str | None = None

    def is_over(self, at: datetime) -> bool:
        """Tell whether it has come to its end at the aware instant *at*."""
        return self.end is not None and self.end <= at

    def is_as(self, other: "Standing") -> bool:
        """Tell whether the same decides, for the same person, whenever it began and ends."""
        return _decided(self) == _decided(other)


@dataclass(frozen=True, slots=True)
class Handoff:
    """A change of person that is told of; *slot* and *revision* name the turn that the leaver left.

    No *leaver* where nobody was on duty before, no *taker* where nobody is on duty now. *version* grows with
    each change that shows in its messages. *at* is aware UTC.
    """

    id: int
    rotation: str
    at: datetime
    leaver: str | None
    taker: str | None
    slot: int | None
    revision: int | None
    asks_effort: bool
    version: int


@dataclass(frozen=True, slots=True)
class Item:
    """An open bug that a leaver held; passed on, it waits for the taker of the hand-off *given_in*."""

    handoff: int
    report: str
    decision: Decision | None = None
    given_in: int | None = None
    accepted_at: datetime | None = None

    @property
    def is_offered(self) -> bool:
        """Whether it waits to be accepted."""
        return self.given_in is not None and self.accepted_at is None


class WhyNot(StrEnum):
    """Why a bug of a hand-off does not become what somebody pressed."""

    CLOSED = "closed"
    ACCEPTED = "accepted"
    TAKEN = "taken"
    KEPT = "kept"
    PASSED_ELSEWHERE = "passed_elsewhere"
    ON_DUTY_AGAIN = "on_duty_again"
    NOBODY_ON_DUTY = "nobody_on_duty"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Until when somebody's duty lasts (aware UTC), and who has it then.

    Without *until* no end is in sight; without *person* nobody has it then.
    """

    until: datetime | None = None
    person: str | None = None


def standing(kept: KeptRotation, duty: Duty | None, at: datetime) -> Standing:
    """Return who is on duty at the aware instant *at*, when *duty* is the stretch under way."""
    ended_at = kept.profile.ended_at
    if kept.has_ended(at):
        return Standing(at, None)
    if duty is None:
        return Standing(at, kept.history.first)
    end = duty.end if ended_at is None else min(duty.end, ended_at)
    return Standing(duty.start, end, duty.person, duty.why, duty.turn.slot, duty.turn.revision, duty.override)


def outlook(stretches: Iterable[Duty], person: str | None) -> Outlook:
    """Say until when *person* (None: nobody) has the duty that they have in the first of the stretches.

    Hours in which nobody needs to be on duty end nothing: they are a pause. Where it is not theirs to begin
    with, nothing is said.
    """
    is_theirs = False
    for each in stretches:
        if each.person == person or each.why is Why.CLOSED:
            is_theirs = True
        else:
            return Outlook(each.start, each.person) if is_theirs else Outlook()
    return Outlook()


def _decided(one: Standing) -> tuple[object, ...]:
    return one.person, one.why, one.slot, one.revision, one.override
