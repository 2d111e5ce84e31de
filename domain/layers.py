"""Who is on call: a rotation's turns and what lies over them, seen as one.

From the top: what was recorded, then overrides and swaps, then stand-ins for those who have time off, then
the turn; nobody outside the rotation's hours of duty. Everything here is a function of its arguments alone:
it asks no clock, no zone of the process, no network. For use elsewhere:

    history = begin(Rotation(("ana", "ben"), Kind.WEEKLY, 1, datetime(2026, 1, 5, 9), "Europe/Madrid"))
    on_call(history, Layers(), datetime.now(UTC))
    list(shifts(history, Layers(), start, end))
"""

from collections.abc import Iterator
from datetime import datetime

from domain.duty import NOTHING_OVER, Duty, Layers, Override, Recorded, TimeOff, Why
from domain.revisions import History, Revision
from domain.rotation import Shift
from domain.wall_clock import zone_named

_Decided = tuple[str | None, Why, str | None]


def on_call(rotation: History, layers: Layers, at: datetime) -> str | None:
    """Say who is on duty at the aware instant *at*; None before the rotation begins and in a gap."""
    index = rotation.index(at)
    if index is None:
        return None
    revision = rotation.revisions[index]
    if revision.window is None and not layers:
        return revision.holder(revision.rotation.locate(at)[0])
    return _decide(revision, layers, at)[0]


def duty(rotation: History, layers: Layers, at: datetime) -> Duty | None:
    """Find the stretch under way at the aware instant *at*; None before the rotation begins."""
    turn = rotation.shift(at)
    if turn is None:
        return None
    return next(each for each in _stretches(rotation, layers, turn) if each.end > at)


def shifts(rotation: History, layers: Layers, start: datetime, end: datetime) -> Iterator[Duty]:
    """List the stretches, whole and in order, that overlap [*start*, *end*), both aware.

    They follow on each other without a hole from when the rotation begins; a gap is one without a person.
    """
    for turn in rotation.shifts(start, end):
        for each in _stretches(rotation, layers, turn):
            if each.start >= end:
                return
            if each.end > start:
                yield each


def _stretches(history: History, layers: Layers, turn: Shift) -> Iterator[Duty]:
    """Part one turn where what decides changes."""
    over = layers.within(turn.start, turn.end) if layers else NOTHING_OVER
    revisions = _in_force(history, turn)
    if not over and all(revision.window is None for revision in revisions):
        yield Duty(turn.start, turn.end, turn.holder, Why.TURN, turn)
        return
    begun, decided = turn.start, _decide(revisions[0], over, turn.start)
    for cut in sorted(set(_cuts(revisions, over, turn))):
        revision = next(each for each in reversed(revisions) if each.starts_at <= cut)
        if (then := _decide(revision, over, cut)) != decided:
            yield Duty(begun, cut, *decided[:2], turn, decided[2])
            begun, decided = cut, then
    yield Duty(begun, turn.end, *decided[:2], turn, decided[2])


def _in_force(history: History, turn: Shift) -> tuple[Revision, ...]:
    """List the revisions in force during a turn, which changes that keep its holder do not part."""
    first = history.index(turn.start)
    assert first is not None
    last = first
    while last + 1 < len(history.revisions) and history.revisions[last + 1].starts_at < turn.end:
        last += 1
    return history.revisions[first : last + 1]


def _cuts(revisions: tuple[Revision, ...], over: Layers, turn: Shift) -> Iterator[datetime]:
    """List the instants within a turn at which something else may decide."""
    spans: tuple[Recorded | Override | TimeOff, ...] = (*over.recorded, *over.overrides, *over.time_off)
    for each in spans:
        yield from (at for at in (each.start, each.end) if turn.start < at < turn.end)
    for revision in revisions:
        if turn.start < revision.starts_at:
            yield revision.starts_at
        if revision.window is not None:
            zone = zone_named(revision.rotation.zone)
            for spell in revision.window.spells(turn.start, turn.end, zone):
                yield from (at for at in spell if turn.start < at < turn.end)


def _decide(revision: Revision, over: Layers, at: datetime) -> _Decided:
    """Say who is on duty at *at*, what decides it, and by which override."""
    for record in over.recorded:
        if record.start <= at < record.end:
            return record.person, Why.RECORDED, None
    for override in over.overrides:
        if override.start <= at < override.end:
            return override.person, Why.SWAP if override.swap else Why.OVERRIDE, override.id
    if revision.window is not None and not revision.window.is_open(at, zone_named(revision.rotation.zone)):
        return None, Why.CLOSED, None
    holder = revision.holder(revision.rotation.locate(at)[0])
    away = {each.person for each in over.time_off if each.start <= at < each.end}
    if holder not in away:
        return holder, Why.TURN, None
    stand_in = next((each for each in in_order(revision, holder) if each not in away), None)
    return stand_in, Why.STAND_IN if stand_in else Why.ALL_AWAY, None


def in_order(revision: Revision, first: str) -> tuple[str, ...]:
    """List the members in the order of their turns, from *first* on."""
    members = revision.rotation.members
    place = members.index(first)
    return members[place:] + members[:place]
