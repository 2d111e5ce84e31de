"""Reports as one person's lists: those they filed, and those that wait for them.

`products` are the keys of those that are set up: nothing can be shown of the others.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select

from domain.report import Report
from domain.triage import State
from storage import reports as kept
from storage.database import Transaction
from storage.tables import reports


def filed_by(
    tx: Transaction, person: str, products: Collection[str], limit: int, offset: int = 0
) -> list[Report]:
    """Return the reports somebody filed, newest first."""
    return _listed(tx, and_(reports.c.reporter == person, reports.c.product.in_(products)), limit, offset)


def waiting_for(
    tx: Transaction, person: str, products: Collection[str], limit: int, offset: int = 0
) -> list[Report]:
    """Return the open reports that somebody owns, looks at, or was pinged about while nobody owns them."""
    called = or_(reports.c.acknowledged_by == person, reports.c.on_duty == person)
    theirs = or_(reports.c.taken_by == person, and_(reports.c.taken_by.is_(None), called))
    is_open = and_(reports.c.state == State.OPEN, reports.c.product.in_(products))
    return _listed(tx, and_(theirs, is_open), limit, offset)


def _listed(tx: Transaction, which: ColumnElement[bool], limit: int, offset: int) -> list[Report]:
    newest = select(reports.c.id).where(which).order_by(reports.c.filed_at.desc(), reports.c.id.desc())
    return [kept.get(tx, report_id) for report_id in tx.scalars(newest.limit(limit).offset(offset))]
