"""Customers, and which of them each report is about."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from ulid import ULID

from domain.customer import Customer, folded, tidy_name
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import customers, report_customers

_LAST = "\U0010ffff"  # sorts behind everything that can follow in a name


def keep(tx: Transaction, names: Iterable[str]) -> list[Customer]:
    """Return the customers of these names, as reps typed them; those nobody named before are added."""
    wanted = {f"named:{folded(name)}"[:255]: tidy_name(name) for name in names if folded(name)}
    if not wanted:
        return []
    rows = [
        {"id": str(ULID()), "key": key, "name": name, "folded": folded(name)} for key, name in wanted.items()
    ]
    insert_new(tx, customers, rows)
    found = select(customers.c.id, customers.c.name).where(customers.c.key.in_(wanted))
    return [Customer(row.id, row.name) for row in tx.execute(found.order_by(customers.c.name))]


def matching(tx: Transaction, typed: str, limit: int = 100) -> list[Customer]:
    """Return the customers whose name begins with what was typed, then those that hold it elsewhere."""
    wanted, name = folded(typed), customers.c.folded
    columns = select(customers.c.id, customers.c.name).order_by(name, customers.c.id)
    begins = columns.where(name >= wanted, name < wanted + _LAST) if wanted else columns
    rows = tx.execute(begins.limit(limit)).all()
    if wanted and len(rows) < limit:
        holds = select(customers.c.id, customers.c.name).where(
            name.contains(wanted, autoescape=True), ~((name >= wanted) & (name < wanted + _LAST))
        )
        rows = [*rows, *tx.execute(holds.limit(limit - len(rows)))]
    return [Customer(row.id, row.name) for row in rows]


def named(tx: Transaction, name: str) -> Customer | None:
    """Return a customer whose name is this one but for case and accents, or None."""
    query = select(customers.c.id, customers.c.name).where(customers.c.folded == folded(name))
    row = tx.execute(query.order_by(customers.c.id).limit(1)).first()
    return Customer(row.id, row.name) if row else None


def known(tx: Transaction, ids: Sequence[str]) -> list[Customer]:
    """Return those of these customers that are there, by name."""
    if not ids:
        return []
    query = select(customers.c.id, customers.c.name).where(customers.c.id.in_(ids))
    return [Customer(row.id, row.name) for row in tx.execute(query.order_by(customers.c.name))]


def add_to(tx: Transaction, report: str, who: Sequence[Customer], *, brought_by: str, now: datetime) -> int:
    """Let a report be about these customers too; return how many it is about then.

    The caller holds the report and keeps the number in it.
    """
    keep_for(tx, report, who, brought_by=brought_by, now=now)
    return count(tx, report)


def keep_for(
    tx: Transaction, report: str, who: Sequence[Customer], *, brought_by: str, now: datetime
) -> None:
    """Let a new report be about these customers."""
    if who:
        rows = [
            {"report": report, "customer": each.id, "brought_by": brought_by, "added_at": now} for each in who
        ]
        insert_new(tx, report_customers, rows)


def set_of(tx: Transaction, report: str, who: Sequence[Customer], *, brought_by: str, now: datetime) -> int:
    """Let a report be about these customers and no others of this person's; return how many there are."""
    mine = (report_customers.c.report == report) & (report_customers.c.brought_by == brought_by)
    kept = [each.id for each in who]
    tx.execute(delete(report_customers).where(mine, report_customers.c.customer.not_in(kept)))
    return add_to(tx, report, who, brought_by=brought_by, now=now)


def move(tx: Transaction, report: str, to: str) -> int:
    """Let another report be about a report's customers; return how many that one is about then."""
    held = tx.execute(select(report_customers).where(report_customers.c.report == report)).mappings()
    rows = [{**row, "report": to} for row in held]
    if rows:
        insert_new(tx, report_customers, rows)
        tx.execute(delete(report_customers).where(report_customers.c.report == report))
    return count(tx, to)


def of_report(tx: Transaction, report: str) -> list[Customer]:
    """Return the customers a report is about, by name."""
    query = (
        select(customers.c.id, customers.c.name)
        .join(report_customers, report_customers.c.customer == customers.c.id)
        .where(report_customers.c.report == report)
    )
    return [Customer(row.id, row.name) for row in tx.execute(query.order_by(customers.c.folded))]


def count(tx: Transaction, report: str) -> int:
    """Return how many customers a report is about."""
    query = select(func.count()).where(report_customers.c.report == report)
    return int(tx.execute(query).scalar_one())
