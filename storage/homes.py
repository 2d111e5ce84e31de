"""Who looks at their Home tab, so that it is kept up to date for them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.database import Transaction
from storage.rows import upsert
from storage.tables import homes

# Built once: every filing asks it.
_AMONG = (
    select(homes.c.person)
    .where(homes.c.person.in_(bindparam("people", expanding=True)), homes.c.opened_at >= bindparam("since"))
    .order_by(homes.c.person)
)


def opened(tx: Transaction, person: str, now: datetime) -> None:
    """Note that somebody opened their Home."""
    upsert(tx, homes, {"person": person, "opened_at": now})


def among(tx: Transaction, people: Collection[str], since: datetime) -> list[str]:
    """Return those of these people who opened their Home since a time."""
    return list(tx.scalars(_AMONG, {"people": list(people), "since": since}))
