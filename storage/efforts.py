"""What people said of their shifts: from 1, quiet, to 5, too much."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.rows import upsert
from storage.tables import efforts


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard one person's turn was; its slot and revision name the turn. *at* is aware UTC."""

    rotation: str
    slot: int
    revision: int
    person: str
    effort: int
    at: datetime


def keep(tx: Transaction, said: Effort) -> None:
    """Keep what somebody said; what they say last counts."""
    upsert(tx, efforts, asdict(said))


def find(tx: Transaction, rotation: str, slot: int, revision: int, person: str) -> int | None:
    """Return what somebody said of a turn, or None."""
    query = select(efforts.c.effort).where(
        efforts.c.rotation == rotation,
        efforts.c.slot == slot,
        efforts.c.revision == revision,
        efforts.c.person == person,
    )
    return tx.execute(query).scalar()


def between(tx: Transaction, rotation: str, start: datetime, end: datetime) -> list[Effort]:
    """Return what was said about a rotation in [*start*, *end*), aware, oldest first."""
    query = select(efforts).where(efforts.c.rotation == rotation, efforts.c.at >= start, efforts.c.at < end)
    return [Effort(**row) for row in tx.execute(query.order_by(efforts.c.at)).mappings()]
