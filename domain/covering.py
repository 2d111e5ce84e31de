"""Taking over shifts: what changes over a rotation's turns when somebody takes, covers, swaps or gives back.

Each function looks at what is so at *at*, aware, and gives a Change to be kept, or the Refusal that says what
is in the way. Of a shift that is under way the remainder changes hands. Swapping what was swapped undoes the
first swap; taking what somebody took leaves whose turn it was as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.duty import Duty, Layers, Override, Why
from domain.layers import shifts
from domain.revisions import History

LONGEST = timedelta(days=366)  # that changes hands at once


class Stint(NamedTuple):
    """*person* has the duty in [*start*, *end*), hours of no duty left out, as somebody was shown it.

    Instants are aware UTC. A stint of nobody is a gap.
    """

    start: datetime
    end: datetime
    person: str | None


class Window(NamedTuple):
    """From *start* up to, and without, *end*; aware."""

    start: datetime
    end: datetime


class No(StrEnum):
    """Why duty does not change hands."""

    REVERSED = "reversed"  # the end is not after the start
    ENDED = "ended"
    TOO_LONG = "too_long"
    OWN = "own"  # who would take it has it already
    IN_THE_WAY = "in_the_way"
    CHANGED = "changed"  # somebody else has it meanwhile
    HALF_OVER = "half_over"  # the other half of the swap has been
    NOTHING = "nothing"  # there is nothing to give back
    SETTLED = "settled"  # the request was answered, withdrawn or has lapsed
    ASKED = "asked"  # the same is asked already
    NOT_ASKED = "not_asked"  # somebody else was
    NOT_ALLOWED = "not_allowed"
    NOT_A_MEMBER = "not_a_member"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: with the override that is in the way, whoever has the duty meanwhile, or (*by*) who may."""

    no: No
    override: Override | None = None
    duty: Duty | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An override to be kept: *person* instead of whoever has the duty in [*start*, *end*), aware UTC."""

    start: datetime
    end: datetime
    person: str
    instead_of: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Overrides that end, from now on, and those that begin; those of a swap belong together."""

    undone: tuple[Override, ...] = ()
    made: tuple[Part, ...] = ()
    is_swap: bool = False


def taking(history: History, layers: Layers, shift: Stint, person: str, at: datetime) -> Change | Refusal:
    """Let *person* have a shift of another's, or a part of one, which nobody asked for.

    An override is in the way, whoever has it.
    """
    if refusal := _impossible(shift, at):
        return refusal
    window = _remainder(shift, at)
    if over := _overlapping(layers, [window]):
        return Refusal(No.IN_THE_WAY, override=over[0])
    return _moved(history, layers, window, shift.person, person)


def covering(history: History, layers: Layers, shift: Stint, person: str, at: datetime) -> Change | Refusal:
    """Let *person* cover for who has a shift and asked for it; what they have by an override passes on."""
    if refusal := _impossible(shift, at):
        return refusal
    window = _remainder(shift, at)
    over = _overlapping(layers, [window])
    if other := next((each for each in over if each.person != shift.person), None):
        return Refusal(No.IN_THE_WAY, override=other)
    moved = _moved(history, layers, window, shift.person, person)
    if isinstance(moved, Refusal):
        return moved
    left = [piece for each in over for piece in _left(each, window, at)]
    return Change(undone=tuple(over), made=(*left, *moved.made))


def swapping(history: History, layers: Layers, one: Stint, other: Stint, at: datetime) -> Change | Refusal:
    """Exchange two shifts; of one under way the remainder. *one* and *other* may come in either order."""
    first, second = sorted((one, other), key=_start)
    if refusal := _impossible(first, at) or _impossible(second, at):
        return refusal
    windows = [_remainder(each, at) for each in (first, second)]
    there = _moved(history, layers, windows[0], first.person, second.person)
    back = _moved(history, layers, windows[1], second.person, first.person)
    if isinstance(there, Refusal) or isinstance(back, Refusal):
        return there if isinstance(there, Refusal) else back
    made, over = (*there.made, *back.made), _overlapping(layers, windows)
    if _swapped_before(layers, over, made, at):
        return Change(undone=tuple(over))
    if over:
        return Refusal(No.IN_THE_WAY, override=over[0])
    return Change(made=made, is_swap=True)


def giving_back(layers: Layers, shift: Stint, at: datetime) -> Change | Refusal:
    """Undo by what *shift* is its person's; of a swap both halves."""
    if shift.end <= at:
        return Refusal(No.ENDED)
    over = _overlapping(layers, [Window(max(shift.start, at), shift.end)])
    mine = [each for each in over if each.person == shift.person]
    swaps = {each.swap for each in mine if each.swap}
    both = [each for each in layers.overrides if each.swap in swaps and each.end > at]
    if any(len({each.person for each in both if each.swap == swap}) < 2 for swap in swaps):
        return Refusal(No.HALF_OVER)
    alone = [each for each in mine if each.swap is None]
    return Change(undone=tuple(sorted((*alone, *both), key=_start))) if mine else Refusal(No.NOTHING)


def stints(found: Iterable[Duty]) -> Iterator[tuple[Stint, Duty]]:
    """Join stretches in a row into shifts as people count them: one turn, one person, one override or none.

    With each comes its first stretch, which says why it is so. Hours of no duty are within a shift, and none
    of their own.
    """
    joined: tuple[Stint, Duty] | None = None
    for each in found:
        if each.why is Why.CLOSED:
            continue
        if joined is not None and _goes_on(joined[1], each):
            joined = (joined[0]._replace(end=each.end), joined[1])
            continue
        if joined is not None:
            yield joined
        joined = (Stint(each.start, each.end, each.person), each)
    if joined is not None:
        yield joined


def _goes_on(before: Duty, after: Duty) -> bool:
    one, other = ((each.turn, each.person, each.override is None) for each in (before, after))
    return one == other and before.person is not None


def _impossible(shift: Stint, at: datetime) -> Refusal | None:
    if shift.end <= shift.start:
        return Refusal(No.REVERSED)
    if shift.end <= at:
        return Refusal(No.ENDED)
    return Refusal(No.TOO_LONG) if shift.end - shift.start > LONGEST else None


def _remainder(shift: Stint, at: datetime) -> Window:
    return Window(max(shift.start, at), shift.end)


def _overlapping(layers: Layers, windows: Iterable[Window]) -> list[Override]:
    """List the overrides within these windows, in order."""
    found = {
        each.id: each
        for window in windows
        for each in layers.overrides
        if each.start < window.end and window.start < each.end
    }
    return sorted(found.values(), key=_start)


def _moved(
    history: History, layers: Layers, window: Window, giver: str | None, taker: str | None
) -> Change | Refusal:
    """Give *taker* what *giver* has in a window."""
    if giver == taker:
        return Refusal(No.OWN)
    held = _held(history, layers, window, giver)
    if isinstance(held, Refusal) or taker is None:
        return held if isinstance(held, Refusal) else Refusal(No.CHANGED)
    return Change(made=tuple(Part(each.start, each.end, taker, giver) for each in held))


def _held(history: History, layers: Layers, window: Window, person: str | None) -> list[Window] | Refusal:
    """List when *person* has the duty in a window; refused where it is not theirs throughout."""
    held: list[Window] = []
    for each in shifts(history, layers, *window):
        if each.why is Why.CLOSED:
            continue
        if each.person != person:
            return Refusal(No.CHANGED, duty=each)
        start, end = max(each.start, window.start), min(each.end, window.end)
        if held and held[-1].end == start:
            held[-1] = Window(held[-1].start, end)
        else:
            held.append(Window(start, end))
    return held or Refusal(No.CHANGED)


def _left(over: Override, window: Window, at: datetime) -> list[Part]:
    """Return what is left of an override on both sides of a window, from *at* on."""
    sides = ((max(over.start, at), window.start), (window.end, over.end))
    return [Part(start, end, over.person, None) for start, end in sides if start < end]


def _swapped_before(layers: Layers, over: list[Override], parts: tuple[Part, ...], at: datetime) -> bool:
    """Tell whether *over* is all that is to come of one swap, and just what is to be exchanged again."""
    swaps = {each.swap for each in over}
    if len(swaps) != 1 or None in swaps:
        return False
    whole = [each for each in layers.overrides if each.swap in swaps and each.end > at]
    spans = [(max(each.start, at), each.end) for each in over]
    return len(whole) == len(over) and spans == [(each.start, each.end) for each in parts]


def _start(span: Override | Stint) -> datetime:
    return span.start
