"""The coming shifts of a rotation as people look at them before they save it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from domain.duty import Duty, Layers, Why
from domain.layers import shifts
from domain.revisions import History

AHEAD = timedelta(days=800)
_STRETCHES = 2000


def coming(history: History, layers: Layers, at: datetime, count: int) -> tuple[Duty, ...]:
    """Return the next *count* shifts from the aware instant *at* on, whole.

    The nights between the hours of duty of one shift are not told one by one: it is one from its first hour
    to its last.
    """
    begin = max(at, history.first)
    stretches = islice(shifts(history, layers, begin, begin + AHEAD), _STRETCHES)
    return tuple(islice(_joined(each for each in stretches if each.why is not Why.CLOSED), count))


def _joined(stretches: Iterator[Duty]) -> Iterator[Duty]:
    """Put together what the same reason gives the same person within one turn."""
    before: Duty | None = None
    for each in stretches:
        if before is not None and _same(before, each):
            before = before._replace(end=each.end)
            continue
        if before is not None:
            yield before
        before = each
    if before is not None:
        yield before


def _same(one: Duty, other: Duty) -> bool:
    return (one.turn, one.person, one.why, one.override) == (
        other.turn,
        other.person,
        other.why,
        other.override,
    )
