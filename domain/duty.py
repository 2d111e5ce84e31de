"""Who is really on duty, and why: what lies over a rotation's turns, and the stretches that come of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from domain.rotation import Shift


class Why(StrEnum):
    """What decides who is on duty for a stretch; what stands further up wins."""

    RECORDED = "recorded"
    OVERRIDE = "override"
    SWAP = "swap"
    STAND_IN = "stand_in"
    TURN = "turn"
    ALL_AWAY = "all_away"  # a gap: everybody has time off
    CLOSED = "closed"  # a gap: outside the rotation's hours of duty


@dataclass(frozen=True, slots=True)
class Override:
    """*person* has the duty of a rotation in [*start*, *end*), whoever's turn it is. Instants are aware UTC.

    A swap is two of them with the same *swap*, an id. Those of one rotation do not overlap.
    """

    id: str
    start: datetime
    end: datetime
    person: str
    swap: str | None = None


@dataclass(frozen=True, slots=True)
class TimeOff:
    """*person* is away in [*start*, *end*), in every rotation. Instants are aware UTC."""

    id: str
    person: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """Who was on duty in [*start*, *end*), as it was; None for nobody. Instants are aware UTC."""

    start: datetime
    end: datetime
    person: str | None


@dataclass(frozen=True, slots=True)
class Layers:
    """What lies over the turns of one rotation: its record, its overrides and swaps, and people's time off.

    The order of each does not matter.
    """

    recorded: tuple[Recorded, ...] = ()
    overrides: tuple[Override, ...] = ()
    time_off: tuple[TimeOff, ...] = ()

    def within(self, start: datetime, end: datetime) -> "Layers":
        """Return what overlaps [*start*, *end*)."""
        return Layers(
            tuple(each for each in self.recorded if each.start < end and start < each.end),
            tuple(each for each in self.overrides if each.start < end and start < each.end),
            tuple(each for each in self.time_off if each.start < end and start < each.end),
        )

    def __bool__(self) -> bool:
        return bool(self.recorded or self.overrides or self.time_off)


NOTHING_OVER = Layers()


class Duty(NamedTuple):
    """A stretch within one *turn* for which one person, or nobody, is on duty, and *why*.

    Instants are aware UTC; *end* is the first without. *override* is the id of the one that decides.
    """

    start: datetime
    end: datetime
    person: str | None
    why: Why
    turn: Shift
    override: str | None = None
