"""When people are away, as it is kept: noted by form, or read from a calendar or a Slack status."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import RowMapping, insert, select, update

from domain.duty import TimeOff
from storage.database import Transaction
from storage.tables import time_off


class Source(StrEnum):
    """How Bugle came to know."""

    FORM = "form"
    ICAL = "ical"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class KeptTimeOff:
    """Time off with how Bugle came to know; `uid` is what it is called where it was read."""

    off: TimeOff
    source: Source
    uid: str | None
    noted_by: str
    noted_at: datetime
    cancelled_at: datetime | None = None


def add(tx: Transaction, new: KeptTimeOff) -> None:
    """Keep time off."""
    off = new.off
    row = {"id": off.id, "person": off.person, "start": off.start, "end": off.end, "source": new.source}
    noted = {"uid": new.uid, "noted_by": new.noted_by, "noted_at": new.noted_at}
    tx.execute(insert(time_off), row | noted)


def get(tx: Transaction, off_id: str) -> KeptTimeOff | None:
    """Return time off, cancelled or not; None where there never was any."""
    row = tx.execute(select(time_off).where(time_off.c.id == off_id)).mappings().first()
    return _kept(row) if row else None


def coming(tx: Transaction, person: str, at: datetime, source: Source | None = None) -> list[KeptTimeOff]:
    """Return somebody's time off under way or to come at the aware instant *at*, the nearest first."""
    query = select(time_off).where(
        time_off.c.person == person, time_off.c.end > at, time_off.c.cancelled_at.is_(None)
    )
    if source is not None:
        query = query.where(time_off.c.source == source)
    return [_kept(row) for row in tx.execute(query.order_by(time_off.c.start)).mappings()]


def away(tx: Transaction, people: Iterable[str], at: datetime) -> set[str]:
    """Return which of these people are away at the aware instant *at*."""
    now = (time_off.c.start <= at, time_off.c.end > at, time_off.c.cancelled_at.is_(None))
    query = select(time_off.c.person).where(time_off.c.person.in_(sorted(set(people))), *now)
    return set(tx.scalars(query.distinct()))


def cancel(tx: Transaction, kept: KeptTimeOff, at: datetime) -> None:
    """Undo time off from *at* on: what of it has been stays true."""
    mine = time_off.c.id == kept.off.id
    values = {"end": at} if kept.off.start < at else {"cancelled_at": at}
    tx.execute(update(time_off).where(mine).values(**values))


def _kept(row: RowMapping) -> KeptTimeOff:
    off = TimeOff(row["id"], row["person"], row["start"], row["end"])
    noted = (row["uid"], row["noted_by"], row["noted_at"], row["cancelled_at"])
    return KeptTimeOff(off, Source(row["source"]), *noted)
