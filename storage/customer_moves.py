"""Moving the customers of a duplicate to its original, and back where it was none after all."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from storage import customers
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import report_customers as held


def move(tx: Transaction, report: str, to: str) -> list[dict[str, Any]]:
    """Let another report be about a report's customers; return what `move_back` needs, as JSON."""
    theirs = set(tx.execute(select(held.c.customer).where(held.c.report == to)).scalars())
    moved = [
        {"customer": row.customer, "by": row.brought_by, "shared": row.customer in theirs}
        for row in tx.execute(select(held).where(held.c.report == report))
    ]
    customers.move(tx, report, to)
    return moved


def move_back(
    tx: Transaction, moved: list[dict[str, Any]], report: str, *, out_of: str, now: datetime
) -> None:
    """Give a report its customers back; those that the other one had before the move stay there too.

    One that was merged into another meanwhile is the other now.
    """
    now_called = customers.became(tx, [each["customer"] for each in moved])
    moved = [each | {"customer": now_called[each["customer"]]} for each in moved]
    rows = [
        {"report": report, "customer": each["customer"], "brought_by": each["by"], "added_at": now}
        for each in moved
    ]
    if rows:
        insert_new(tx, held, rows)
    leaving = [each["customer"] for each in moved if not each["shared"]]
    tx.execute(delete(held).where(held.c.report == out_of, held.c.customer.in_(leaving)))
