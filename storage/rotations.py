"""Rotations as they are kept: from bugle.toml on the first start, ours from then on."""

import json
from functools import lru_cache

from sqlalchemy import Text, bindparam, cast, select

from domain.revisions import History
from domain.rotation_record import history_from_dict, history_to_dict
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import rotations

# Built once: every filing asks it.
_RECORD = select(cast(rotations.c.history, Text)).where(rotations.c.key == bindparam("asked"))


def find(tx: Transaction, key: str) -> History | None:
    """Return a rotation with all its revisions, or None."""
    record = tx.execute(_RECORD, {"asked": key}).scalar()
    return None if record is None else _read(record)


@lru_cache(maxsize=1024)
def _read(record: str) -> History:
    """Return the history in a record; one is asked for at each filing and changes a few times a year."""
    return history_from_dict(json.loads(record))


def add_new(tx: Transaction, key: str, name: str, history: History) -> bool:
    """Keep a rotation unless one of this key is kept already; tell whether it was new."""
    row = {"key": key, "name": name, "history": history_to_dict(history)}
    return insert_new(tx, rotations, [row]) == 1
