"""The audit: who saw, changed and posted what of customers. Rows are only ever added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select

from storage.database import Transaction
from storage.many_rows import insert_many
from storage.tables import audit as kept


class Deed(StrEnum):
    """What was done."""

    SEEN = "seen"
    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"
    POSTED = "posted"
    STOPPED = "stopped"  # a post or an edit that would have left our company
    EXPORTED = "exported"
    BLANKED = "blanked"
    ERASED = "erased"


class About(StrEnum):
    """What it was done to."""

    CUSTOMER = "customer"
    CUSTOMER_ISSUE = "customer_issue"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit. `who` is a Slack user id; None: Bugle itself, or whoever runs its commands."""

    at: datetime
    who: str | None
    deed: Deed
    about: About
    subject: str
    details: Mapping[str, Any]


def note(
    tx: Transaction, deed: Deed, about: About, subject: str, *, who: str | None, now: datetime, **details: Any
) -> None:
    """Add a line. *details* are names of fields and channels, never what a customer said."""
    row = {"at": now, "who": who, "deed": deed, "about": about, "subject": subject}
    tx.execute(insert(kept).values(**row, details=details or None))


def note_all(
    tx: Transaction, about: About, told: Iterable[tuple[Deed, str, Mapping[str, Any]]], now: datetime
) -> None:
    """Add many lines of what Bugle, or whoever runs its commands, did: the deed, to what, and details."""
    rows = [
        {"at": now, "who": None, "deed": deed, "about": about, "subject": subject, "details": dict(details)}
        for deed, subject, details in told
    ]
    insert_many(tx, kept, rows)


def of(tx: Transaction, about: About, subject: str) -> list[Entry]:
    """List what was done to something, oldest first."""
    query = select(kept).where(kept.c.about == about, kept.c.subject == subject).order_by(kept.c.id)
    return [
        Entry(row.at, row.who, Deed(row.deed), About(row.about), row.subject, row.details or {})
        for row in tx.execute(query)
    ]
