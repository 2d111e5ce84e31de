"""Blanking what customers and people said, and erasing who they are, in the caller's transaction."""

from datetime import datetime

from sqlalchemy import func, or_, select, update

from domain.customer import ERASED
from storage.database import Transaction
from storage.tables import customer_issues, customers

_BLANK = {
    "quote": "",
    "author": None,
    "author_id": None,
    "source_url": None,
    "help_desk_url": None,
    "files": None,
    "settled_note": None,
}


def blank(tx: Transaction, issue_id: str, now: datetime) -> None:
    """Blank the words, author, addresses, files and notes of a customer issue that the caller holds."""
    version = customer_issues.c.version + 1
    row = update(customer_issues).where(customer_issues.c.id == issue_id)
    tx.execute(row.values(**_BLANK, blanked_at=now, version=version))


def older_than(tx: Transaction, before: datetime, limit: int) -> list[str]:
    """List customer issues that came in before a time and still have their words, oldest first."""
    kept = customer_issues.c
    query = select(kept.id).where(kept.brought_at < before, kept.blanked_at.is_(None))
    return list(tx.execute(query.order_by(kept.brought_at, kept.id).limit(limit)).scalars())


def of_customer(tx: Transaction, customer: str) -> list[str]:
    """List the customer issues of a customer, oldest first."""
    kept = customer_issues.c
    return list(tx.execute(select(kept.id).where(kept.customer == customer).order_by(kept.id)).scalars())


def of_person(tx: Transaction, person: str) -> list[str]:
    """List the customer issues that somebody said, by Slack id or by name; oldest first."""
    kept = customer_issues.c
    is_theirs = or_(kept.author_id == person, func.lower(kept.author) == person.lower())
    return list(tx.execute(select(kept.id).where(is_theirs).order_by(kept.id)).scalars())


def forget_customer(tx: Transaction, customer: str, now: datetime) -> None:
    """Leave nothing of a customer, and of those merged into it, but rows that things can hang on."""
    is_it = (customers.c.id == customer) | (customers.c.merged_into == customer)
    kept = ("id", "key", "name", "folded", "merged_into", "updated_at")
    nothing = {column.name: None for column in customers.c if column.name not in kept}
    named = {"key": "erased:" + customers.c.id, "name": ERASED, "folded": "", "updated_at": now}
    tx.execute(update(customers).where(is_it).values(nothing | named))
    # Why a channel has an issue tells the tier, region and zone of its customer.
    theirs = customer_issues.c.customer.in_(select(customers.c.id).where(is_it))
    tx.execute(update(customer_issues).where(theirs).values(decision=None))


def disown(tx: Transaction, person: str, now: datetime) -> int:
    """Let a person be the owner of no customer; return of how many they were."""
    owned = update(customers).where(customers.c.owner == person)
    return tx.execute(owned.values(owner=None, updated_at=now)).rowcount
