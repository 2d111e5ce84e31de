"""A rotation at a glance: who is on duty, who is next, and who of its members is away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from domain.duty import Duty, Layers, TimeOff
from domain.layers import shifts
from domain.rotation_profile import KeptRotation

AHEAD = timedelta(days=400)  # as far as the next one is looked for
_STRETCHES = 500


@dataclass(frozen=True, slots=True)
class Overview:
    """A rotation at an instant. *now* and *next* are None where there is nobody to name.

    *until* is when the duty passes on, later than the end of *now* where the same person has the stretch
    after it. *away* is the time off under way of its members.
    """

    rotation: KeptRotation
    now: Duty | None
    until: datetime | None
    next: Duty | None
    away: tuple[TimeOff, ...]


def overview(rotation: KeptRotation, layers: Layers, at: datetime) -> Overview:
    """Look at a rotation at the aware instant *at*, given what lies over its turns from there to AHEAD."""
    members = rotation.history.latest.members
    away = tuple(each for each in layers.time_off if each.start <= at < each.end and each.person in members)
    if rotation.has_ended(at):
        return Overview(rotation, None, None, None, away)
    stretches = islice(shifts(rotation.history, layers, at, at + AHEAD), _STRETCHES)
    now = next(stretches, None)
    if now is None:
        return Overview(rotation, None, None, None, away)
    if now.start > at:  # it has not begun
        return Overview(rotation, None, None, now if now.person else _next(stretches, None), away)
    until, after = _passes_on(now, stretches)
    return Overview(rotation, now, until, after, away)


def _passes_on(now: Duty, stretches: Iterator[Duty]) -> tuple[datetime, Duty | None]:
    """Return when somebody else, or nobody, has the duty, and the next stretch of another person."""
    until = now.end
    for each in stretches:
        if each.person == now.person:
            until = each.end
        elif each.person is None:
            return until, _next(stretches, now.person)
        else:
            return until, each
    return until, None


def _next(stretches: Iterator[Duty], but: str | None) -> Duty | None:
    return next((each for each in stretches if each.person not in (None, but)), None)
