"""What has been received before, so that a redelivered or replayed request is taken once."""

from datetime import datetime

from sqlalchemy import delete

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import inbox


def first_time(tx: Transaction, received: str, now: datetime) -> bool:
    """Note that something was received; False when it had been before."""
    return insert_new(tx, inbox, [{"id": received, "received_at": now}]) == 1


def forget(tx: Transaction, before: datetime) -> None:
    """Delete what was received before a time (business, aware UTC)."""
    tx.execute(delete(inbox).where(inbox.c.received_at < before))
