"""Overrides and swaps of rotations, as they are kept: none is removed, only cancelled or cut short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, insert, select, update

from domain.duty import Override
from storage.database import Transaction
from storage.tables import overrides


@dataclass(frozen=True, slots=True)
class KeptOverride:
    """An override of a rotation with how it came about; `instead_of` is who had the duty when it was made."""

    rotation: str
    override: Override
    instead_of: str | None
    made_by: str
    made_at: datetime
    cancelled_at: datetime | None = None
    cancelled_by: str | None = None


def add(tx: Transaction, new: Sequence[KeptOverride]) -> None:
    """Keep overrides; whether they are in each other's way is for the caller, who has locked the rotation."""
    if new:
        tx.execute(insert(overrides), [_row(each) for each in new])


def get(tx: Transaction, override_id: str) -> KeptOverride | None:
    """Return an override, cancelled or not; None where there never was one."""
    row = tx.execute(select(overrides).where(overrides.c.id == override_id)).mappings().first()
    return _kept(row) if row else None


def of_swap(tx: Transaction, swap: str) -> list[KeptOverride]:
    """Return both halves of a swap."""
    query = select(overrides).where(overrides.c.swap == swap).order_by(overrides.c.start)
    return [_kept(row) for row in tx.execute(query).mappings()]


def coming(tx: Transaction, rotation: str, at: datetime) -> list[KeptOverride]:
    """Return what is in force or to come in a rotation at the aware instant *at*, the nearest first."""
    query = select(overrides).where(
        overrides.c.rotation == rotation, overrides.c.end > at, overrides.c.cancelled_at.is_(None)
    )
    return [_kept(row) for row in tx.execute(query.order_by(overrides.c.start)).mappings()]


def cancel(tx: Transaction, kept: KeptOverride, at: datetime, by: str) -> None:
    """Undo what an override does from *at* on: what of it has been stays true."""
    mine = overrides.c.id == kept.override.id
    if kept.override.start < at:
        tx.execute(update(overrides).where(mine).values(end=at, cancelled_by=by))
    else:
        tx.execute(update(overrides).where(mine).values(cancelled_at=at, cancelled_by=by))


def _row(kept: KeptOverride) -> dict[str, object]:
    over = kept.override
    return {
        "id": over.id,
        "rotation": kept.rotation,
        "start": over.start,
        "end": over.end,
        "person": over.person,
        "swap": over.swap,
        "instead_of": kept.instead_of,
        "made_by": kept.made_by,
        "made_at": kept.made_at,
    }


def _kept(row: RowMapping) -> KeptOverride:
    over = Override(row["id"], row["start"], row["end"], row["person"], row["swap"])
    made = (row["instead_of"], row["made_by"], row["made_at"], row["cancelled_at"], row["cancelled_by"])
    return KeptOverride(row["rotation"], over, *made)
