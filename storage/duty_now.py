"""Who is on duty in each rotation as it was last settled: what tells a change from what was known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import RowMapping, insert, select

from domain.duty import Why
from domain.handoff import Standing
from storage.database import Transaction
from storage.rows import upsert
from storage.tables import duty_now, duty_records


class Last(NamedTuple):
    """Who last was on duty, and in which turn."""

    person: str
    slot: int
    revision: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled of a rotation, at *settled_at*.

    *announced* is who was last told of as on duty, None for nobody; *last* who last was, before any gap, with
    the slot and the revision of their turn; *warned_until* the end of the last gap that was told of ahead.
    Instants are aware UTC.
    """

    rotation: str
    standing: Standing
    settled_at: datetime
    announced: str | None = None
    last: Last | None = None
    warned_until: datetime | None = None


_LAST = ("last", "last_slot", "last_revision")


def find(tx: Transaction, rotation: str) -> Settled | None:
    """Return what was last settled of a rotation; None before the first time."""
    row = tx.execute(select(duty_now).where(duty_now.c.rotation == rotation)).mappings().first()
    return _settled(row) if row else None


def all_settled(tx: Transaction) -> Mapping[str, Settled]:
    """Return what was last settled, by the keys of the rotations."""
    return {row["rotation"]: _settled(row) for row in tx.execute(select(duty_now)).mappings()}


def keep(tx: Transaction, settled: Settled) -> None:
    """Keep what is settled now of a rotation that is locked."""
    now, last = settled.standing, settled.last or (None, None, None)
    row = {
        "rotation": settled.rotation,
        "start": now.start,
        "end": now.end,
        "person": now.person,
        "why": now.why,
        "slot": now.slot,
        "revision": now.revision,
        "override": now.override,
        "announced": settled.announced,
        **dict(zip(_LAST, last, strict=True)),
        "warned_until": settled.warned_until,
        "settled_at": settled.settled_at,
    }
    upsert(tx, duty_now, row)


def record(tx: Transaction, rotation: str, passed: Iterable[Standing]) -> None:
    """Write down who was on duty in stretches that are over: each with an end, and within the rotation."""
    rows = [
        {
            "rotation": rotation,
            "start": each.start,
            "end": each.end,
            "person": each.person,
            "why": each.why,
            "slot": each.slot,
            "revision": each.revision,
        }
        for each in passed
    ]
    if rows:
        tx.execute(insert(duty_records), rows)


def _settled(row: RowMapping) -> Settled:
    why = None if row["why"] is None else Why(row["why"])
    which = (row["slot"], row["revision"], row["override"])
    standing = Standing(row["start"], row["end"], row["person"], why, *which)
    last = None if row["last"] is None else Last(*(row[name] for name in _LAST))
    told = (row["announced"], last, row["warned_until"])
    return Settled(row["rotation"], standing, row["settled_at"], *told)
