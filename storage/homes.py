"""Who looks at their Home tab, so that it is kept up to date for them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.rows import upsert
from storage.tables import homes


def opened(tx: Transaction, person: str, now: datetime) -> None:
    """Note that somebody opened their Home."""
    upsert(tx, homes, {"person": person, "opened_at": now})


def among(tx: Transaction, people: Collection[str], since: datetime) -> list[str]:
    """Return those of these people who opened their Home since a time."""
    query = select(homes.c.person).where(homes.c.person.in_(people), homes.c.opened_at >= since)
    return list(tx.scalars(query.order_by(homes.c.person)))
