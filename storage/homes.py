"""Who looks at their Home tab, and at which pages of it, so that it is kept up to date for them."""

from collections.abc import Collection, Mapping
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
    """Note that somebody opened their Home, which begins with the first pages."""
    upsert(tx, homes, {"person": person, "opened_at": now, "pages": None})


def turned(tx: Transaction, person: str, pages: Mapping[str, int], now: datetime) -> None:
    """Note from which row on somebody sees each list of their Home, by its name."""
    upsert(tx, homes, {"person": person, "opened_at": now, "pages": dict(pages)})


def pages(tx: Transaction, person: str) -> Mapping[str, int]:
    """Return from which row on somebody sees each list; a list that is not named from its first."""
    return tx.scalars(select(homes.c.pages).where(homes.c.person == person)).first() or {}


def among(tx: Transaction, people: Collection[str], since: datetime) -> list[str]:
    """Return those of these people who opened their Home since a time."""
    return list(tx.scalars(_AMONG, {"people": list(people), "since": since}))
