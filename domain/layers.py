"""Who is on call: a rotation's turns and what lies over them, seen as one.

From the top: what was recorded, then overrides and swaps, then stand-ins for those who have time off, then
the turn; nobody outside the rotation's hours of duty. Everything here is a function of its arguments alone:
it asks no clock, no zone of the process, no network. For use elsewhere:

    history = begin(Rotation(("ana", "ben"), Kind.WEEKLY, 1, datetime(2026, 1, 5, 9), "Europe/Madrid"))
    on_call(history, Layers(), datetime.now(UTC))
    list(shifts(history, Layers(), start, end))
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from domain.duty import NOTHING_OVER, Duty, Layers, Override, Recorded, TimeOff, Why
from domain.revisions import History, Revision
from domain.rotation import Shift
from domain.wall_clock import zone_named

_Decided = tuple[str | None, Why, str | None]
_START, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def on_call(rotation: History, layers: Layers, at: datetime) -> str | None:
    """Say who is on duty at the aware instant *at*; None before the rotation begins and in a gap."""
    index = rotation.index(at)
    if index is None:
        return None
    revision = rotation.revisions[index]
    holder = revision.holder(revision.rotation.locate(at)[0])
    if revision.window is None and not layers:
        return holder
    return _decide(revision, holder, layers, at)[0]


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
    busy = _busy(rotation, layers)
    this, after = next(busy), next(busy)
    for turn in rotation.shifts(start, end):
        while this.end <= turn.start:
            this, after = after, next(busy)
        # Most turns have nothing over them, and there may be thousands.
        if this.start >= turn.end:
            yield Duty(turn.start, turn.end, turn.holder, Why.TURN, turn)
            continue
        near = this.layers if after.start >= turn.end else layers
        for each in _stretches(rotation, near, turn):
            if each.start >= end:
                return
            if each.end > start:
                yield each


class _Busy(NamedTuple):
    """A span in which something may lie over the turns, and what does."""

    start: datetime
    end: datetime
    layers: Layers


def _busy(history: History, layers: Layers) -> Iterator[_Busy]:
    """List such spans in order and apart; at last empty ones at the end of time, without end."""
    spans = [(each.start, each.end) for each in _spans(layers)]
    limits = [each.starts_at for each in history.revisions[1:]] + [_END]
    for revision, until in zip(history.revisions, limits, strict=True):
        if revision.window is not None:
            spans.append((revision.starts_at, until))
    begun = over = _START
    for start, end in sorted(spans):
        if start > over:
            yield _Busy(begun, over, layers.within(begun, over))
            begun = start
        over = max(over, end)
    yield _Busy(begun, over, layers.within(begun, over))
    while True:
        yield _Busy(_END, _END, NOTHING_OVER)


def _stretches(history: History, layers: Layers, turn: Shift) -> Iterator[Duty]:
    """Part one turn where what decides changes."""
    over, revisions = layers.within(turn.start, turn.end), _in_force(history, turn)
    begun, decided = turn.start, _decide(revisions[0], turn.holder, over, turn.start)
    for cut in sorted(set(_cuts(revisions, over, turn))):
        revision = next(each for each in reversed(revisions) if each.starts_at <= cut)
        if (then := _decide(revision, turn.holder, over, cut)) != decided:
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


def _spans(layers: Layers) -> tuple[Recorded | Override | TimeOff, ...]:
    return (*layers.recorded, *layers.overrides, *layers.time_off)


def _cuts(revisions: tuple[Revision, ...], over: Layers, turn: Shift) -> Iterator[datetime]:
    """List the instants within a turn at which something else may decide."""
    for each in _spans(over):
        yield from (at for at in (each.start, each.end) if turn.start < at < turn.end)
    for revision in revisions:
        if turn.start < revision.starts_at:
            yield revision.starts_at
        if revision.window is not None:
            zone = zone_named(revision.rotation.zone)
            for spell in revision.window.spells(turn.start, turn.end, zone):
                yield from (at for at in spell if turn.start < at < turn.end)


def _decide(revision: Revision, holder: str, over: Layers, at: datetime) -> _Decided:
    """Say who is on duty at *at*, in the turn of *holder*, what decides it, and by which override."""
    for record in over.recorded:
        if record.start <= at < record.end:
            return record.person, Why.RECORDED, None
    for override in over.overrides:
        if override.start <= at < override.end:
            return override.person, Why.SWAP if override.swap else Why.OVERRIDE, override.id
    if revision.window is not None and not revision.window.is_open(at, zone_named(revision.rotation.zone)):
        return None, Why.CLOSED, None
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
