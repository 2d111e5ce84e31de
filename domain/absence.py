"""What somebody's time off does to shifts: who stands in where, and where nobody is left."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from domain.duty import Duty, Layers, TimeOff, Why
from domain.layers import shifts
from domain.revisions import History

LONGEST = timedelta(days=2 * 366)
FURTHEST = timedelta(days=2 * 366)  # ahead of now


class No(StrEnum):
    """Why time off is not noted."""

    REVERSED = "reversed"
    ENDED = "ended"
    TOO_LONG = "too_long"
    TOO_FAR = "too_far"
    NOT_ALLOWED = "not_allowed"


class Touched(NamedTuple):
    """A stretch [*start*, *end*) that somebody's time off takes from them; aware UTC.

    *stand_in* has it instead: None where everybody is away. *agreed* says that they took it over from
    somebody else: such a stretch stays theirs.
    """

    start: datetime
    end: datetime
    stand_in: str | None
    agreed: bool = False


def not_noted(start: datetime, end: datetime, at: datetime) -> No | None:
    """Say why somebody cannot be away in [*start*, *end*), or None."""
    if end <= start:
        return No.REVERSED
    if end <= at:
        return No.ENDED
    if end - start > LONGEST:
        return No.TOO_LONG
    return No.TOO_FAR if start - at > FURTHEST else None


def touched(history: History, layers: Layers, off: TimeOff) -> Iterator[Touched]:
    """List, in order, what changes where *off* is laid over the rest, and what they keep although away."""
    others = tuple(each for each in layers.time_off if each.id != off.id)
    before = Layers(layers.recorded, layers.overrides, others)
    after = Layers(layers.recorded, layers.overrides, (*others, off))
    span = (off.start, off.end)
    joined: Touched | None = None
    for was, now in _side_by_side(list(shifts(history, before, *span)), list(shifts(history, after, *span))):
        if was.person != off.person:
            continue
        start, end = max(was.start, now.start, off.start), min(was.end, now.end, off.end)
        piece = Touched(start, end, now.person, now.why in (Why.OVERRIDE, Why.SWAP))
        if joined and joined.end == start and joined[2:] == piece[2:]:
            joined = joined._replace(end=end)
            continue
        if joined:
            yield joined
        joined = piece
    if joined:
        yield joined


def _side_by_side(before: list[Duty], after: list[Duty]) -> Iterator[tuple[Duty, Duty]]:
    """Pair the stretches of two lists that overlap, in order."""
    place = 0
    for now in after:
        while place < len(before) and before[place].end <= now.start:
            place += 1
        for was in islice(before, place, None):
            if was.start >= now.end:
                break
            yield was, now
