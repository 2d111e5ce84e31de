"""What lies over the turns of rotations, read for one instant or for a range of time."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, null, select, union_all

from domain.duty import Layers, Override, Recorded, TimeOff
from storage.database import Transaction
from storage.tables import duty_records, overrides, time_off

# Built once: every filing asks what lies over an instant.
_OVERRIDES = select(
    overrides.c.rotation,
    overrides.c.id,
    overrides.c.start,
    overrides.c.end,
    overrides.c.person,
    overrides.c.swap,
).where(
    overrides.c.cancelled_at.is_(None),
    overrides.c.end > bindparam("start"),
)
_TIME_OFF = select(time_off.c.id, time_off.c.person, time_off.c.start, time_off.c.end).where(
    time_off.c.cancelled_at.is_(None),
    time_off.c.end > bindparam("start"),
)
_RECORDED = select(duty_records.c.start, duty_records.c.end, duty_records.c.person).where(
    duty_records.c.rotation == bindparam("rotation"),
    duty_records.c.end > bindparam("start"),
    duty_records.c.start < bindparam("end"),
)
_TIME_OFF_AT = _TIME_OFF.where(time_off.c.start <= bindparam("start"))
# Time off in the columns of overrides, those of no rotation: one statement asks for both.
_BOTH_AT = union_all(
    _OVERRIDES.where(overrides.c.start <= bindparam("start")),
    _TIME_OFF_AT.with_only_columns(
        null().label("rotation"), time_off.c.id, time_off.c.start, time_off.c.end, time_off.c.person, null()
    ),
)
_OVERRIDES_OF = _OVERRIDES.where(
    overrides.c.start < bindparam("end"), overrides.c.rotation == bindparam("rotation")
)
_TIME_OFF_IN = _TIME_OFF.where(time_off.c.start < bindparam("end"))


def at(tx: Transaction, instant: datetime) -> Mapping[str, Layers]:
    """Return what decides at the aware *instant*, by the key of the rotation; every key has an answer.

    Records are of what has been and left out.
    """
    found: dict[str, tuple[Override, ...]] = defaultdict(tuple)
    off: tuple[TimeOff, ...] = ()
    for rotation, number, start, end, person, swap in tx.execute(_BOTH_AT, {"start": instant}):
        if rotation is None:
            off += (TimeOff(number, person, start, end),)
        else:
            found[rotation] += (Override(number, start, end, person, swap),)
    return _ForEach({key: Layers(overrides=mine, time_off=off) for key, mine in found.items()}, off)


def between(tx: Transaction, rotation: str, start: datetime, end: datetime) -> Layers:
    """Return what lies over the turns of a rotation in [*start*, *end*), aware."""
    span = {"start": start, "end": end, "rotation": rotation}
    return Layers(
        recorded=tuple(Recorded(*row) for row in tx.execute(_RECORDED, span)),
        overrides=tuple(Override(*row[1:]) for row in tx.execute(_OVERRIDES_OF, span)),
        time_off=tuple(TimeOff(*row) for row in tx.execute(_TIME_OFF_IN, span)),
    )


def away(tx: Transaction, instant: datetime) -> frozenset[str]:
    """Return who has time off at the aware *instant*."""
    return frozenset(row.person for row in tx.execute(_TIME_OFF_AT, {"start": instant}))


class _ForEach(dict[str, Layers]):
    """Layers by rotation; one without overrides still has people away."""

    def __init__(self, found: Mapping[str, Layers], off: tuple[TimeOff, ...]) -> None:
        super().__init__(found)
        self._others = Layers(time_off=off)

    def __missing__(self, _: str) -> Layers:
        return self._others
