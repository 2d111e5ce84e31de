"""Rotations as they are kept: from bugle.toml on the first start, ours from then on."""

from sqlalchemy import select

from domain.revisions import History
from domain.rotation_record import history_from_dict, history_to_dict
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import rotations


def find(tx: Transaction, key: str) -> History | None:
    """Return a rotation with all its revisions, or None."""
    record = tx.execute(select(rotations.c.history).where(rotations.c.key == key)).scalar()
    return None if record is None else history_from_dict(record)


def add_new(tx: Transaction, key: str, name: str, history: History) -> bool:
    """Keep a rotation unless one of this key is kept already; tell whether it was new."""
    row = {"key": key, "name": name, "history": history_to_dict(history)}
    return insert_new(tx, rotations, [row]) == 1
