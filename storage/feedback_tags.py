"""The tags of feedback on a product: how often each was given, for people who choose and count them."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from domain.customer_issue import CustomerIssue
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import feedback_tags as kept


def keep(tx: Transaction, issue: CustomerIssue, tags: Sequence[str]) -> None:
    """Let a customer issue have these tags and no others; they are as `domain/settling.py` keeps them."""
    tx.execute(delete(kept).where(kept.c.customer_issue == issue.id))
    rows = [{"product": issue.told.product, "tag": tag, "customer_issue": issue.id} for tag in tags]
    if rows:
        insert_new(tx, kept, rows)


def counts(tx: Transaction, product: str, typed: str = "", limit: int = 100) -> list[tuple[str, int]]:
    """Return the tags of a product that hold what was typed, with how often they were given, most first."""
    number = func.count()
    query = select(kept.c.tag, number).where(kept.c.product == product)
    if typed:
        query = query.where(kept.c.tag.contains(typed, autoescape=True))
    rows = tx.execute(query.group_by(kept.c.tag).order_by(number.desc(), kept.c.tag).limit(limit))
    return [(tag, times) for tag, times in rows]
