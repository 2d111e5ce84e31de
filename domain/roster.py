"""An existing roster, laid over a rotation: the overrides that make the rotation say the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.duty import Duty, Layers, Why
from domain.layers import shifts
from domain.revisions import History


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of a roster; `who` holds what may name its person, the surest first. Times are aware UTC.

    `line` is that of the CSV file, or the number of the event in the calendar.
    """

    line: int
    start: datetime
    end: datetime
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry whose *person* is known, by their Slack id."""

    line: int
    start: datetime
    end: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A stretch that the rotation has with *instead_of* (None: nobody) and the roster with *person*."""

    start: datetime
    end: datetime
    person: str
    instead_of: str | None


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A line that cannot be taken over: its stretch overlaps line *other*, or what *duty* has there."""

    line: int
    other: int | None = None
    duty: Duty | None = None


def lay_over(
    history: History, layers: Layers, rows: Sequence[Row], at: datetime
) -> tuple[list[Missing], list[Hindrance]]:
    """Find what is missing from *at* on, and the lines that are in the way of others or of what was agreed.

    What has been stays as it was. A roster laid over once has nothing missing the second time.
    """
    missing: list[Missing] = []
    hindrances: list[Hindrance] = []
    last: Row | None = None
    for row in sorted(rows, key=lambda each: (each.start, each.line)):
        if row.end <= at:
            continue
        if last is not None and row.start < last.end:
            hindrances.append(Hindrance(row.line, other=last.line))
            continue
        last = row
        found = list(_differing(history, layers, row, at))
        agreed = next((each for each, *_ in found if each.why in (Why.OVERRIDE, Why.SWAP)), None)
        if agreed is not None:
            hindrances.append(Hindrance(row.line, duty=agreed))
        else:
            missing += _joined(Missing(start, end, row.person, duty.person) for duty, start, end in found)
    return missing, hindrances


def _differing(
    history: History, layers: Layers, row: Row, at: datetime
) -> Iterator[tuple[Duty, datetime, datetime]]:
    """List the stretches of a row in which the rotation has somebody else, each with its part of the row."""
    start = max(row.start, at)
    for duty in shifts(history, layers, start, row.end):
        if duty.person != row.person:
            yield duty, max(duty.start, start), min(duty.end, row.end)


def _joined(found: Iterator[Missing]) -> Iterator[Missing]:
    """Join the stretches that follow on each other with the same people."""
    last: Missing | None = None
    for each in found:
        if last is not None and (last.end, last.instead_of) == (each.start, each.instead_of):
            last = Missing(last.start, each.end, each.person, each.instead_of)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
