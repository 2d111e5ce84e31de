"""Writing rows in the one way both databases understand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction


def insert_new(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose unique keys are not there yet, leave the others be; return how many were new."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    return tx.execute(insert(table).on_conflict_do_nothing().values(list(rows))).rowcount


def upsert(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or give the row with the same primary key these values."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in row.items() if name not in keys}
    tx.execute(insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changed))
