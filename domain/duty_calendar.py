"""Shifts as a calendar has them: one event for each, with a name that stays when the shift changes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from domain.duty import Duty, Why

PAST, AHEAD = timedelta(days=60), timedelta(days=366)
MOST = 2_000
"""How far a calendar reaches, and how many events it holds at most; the nearest ones to come are kept."""


@dataclass(frozen=True, slots=True)
class Event:
    """One shift of *person*, or the part of one, in the rotation with this key and name; instants in UTC.

    `uid` names it in every calendar, `state` tells whether anything about it has changed.
    """

    uid: str
    rotation: str
    name: str
    start: datetime
    end: datetime
    person: str
    why: Why

    @property
    def state(self) -> str:
        """Digest what a reader of the calendar sees."""
        told = (self.name, self.start.isoformat(), self.end.isoformat(), self.person, self.why)
        return sha256("\n".join(told).encode()).hexdigest()


def events(
    rotation: str, name: str, duties: Iterable[Duty], *, until: datetime | None = None
) -> Iterator[Event]:
    """Give each stretch with somebody on duty its event; *duties* are whole and in order.

    The parts of one shift are counted, so that what is left of it after an override keeps its uid. A part
    whose turn began before the first of *duties* counts from there: begin where a turn does. *until* is when
    the rotation ends for good, in the midst of a shift perhaps.
    """
    parts: Counter[tuple[int, int]] = Counter()
    for duty in _joined(duties):
        turn = (duty.turn.revision, duty.turn.slot)
        number = parts[turn]
        parts[turn] += 1
        end = duty.end if until is None else min(duty.end, until)
        if duty.person is not None and duty.start < end:
            uid = f"{rotation}-{turn[0]}-{turn[1]}-{number}@bugle"
            yield Event(uid, rotation, name, duty.start, end, duty.person, duty.why)


def _joined(duties: Iterable[Duty]) -> Iterator[Duty]:
    """Join what only the record parts: a calendar shows a shift alike before and after it is written down."""
    last: Duty | None = None
    for duty in duties:
        told = duty._replace(why=Why.TURN) if duty.why is Why.RECORDED else duty
        if last is not None and _are_one(last, told):
            last = last._replace(end=told.end)
            continue
        if last is not None:
            yield last
        last = told
    if last is not None:
        yield last


def _are_one(last: Duty, then: Duty) -> bool:
    return (last.turn, last.person, last.why) == (then.turn, then.person, then.why) and last.end == then.start


def nearest(found: Iterable[Event], now: datetime) -> list[Event]:
    """Return at most MOST events in the order of their starts, those that are over going first."""
    ordered = sorted(found, key=lambda event: (event.start, event.uid))
    if len(ordered) <= MOST:
        return ordered
    begun = next((place for place, event in enumerate(ordered) if event.end > now), len(ordered))
    first = min(begun, len(ordered) - MOST)
    return ordered[first : first + MOST]
