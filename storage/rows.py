"""Writing rows in the one way both databases understand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, case
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction


def insert_new(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose unique keys are not there yet, leave the others be; return how many were new."""
    # Rows as parameters, not in the statement: it is compiled once, which is half of what a filing costs.
    new = _insert(tx, table).on_conflict_do_nothing()
    return tx.execute(new, list(rows), execution_options={"preserve_rowcount": True}).rowcount


def upsert(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or give the row with the same primary key these values."""
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in row.items() if name not in keys}
    tx.execute(_insert(tx, table).values(row).on_conflict_do_update(index_elements=keys, set_=changed))


def raise_to(tx: Transaction, table: Table, key: Mapping[str, Any], floor: Mapping[str, Any]) -> None:
    """Insert a row, or raise these values of the row with this key to at least what is given."""
    insert = _insert(tx, table).values(**key, **floor)
    higher = {
        name: case((table.c[name] > insert.excluded[name], table.c[name]), else_=insert.excluded[name])
        for name in floor
    }
    tx.execute(insert.on_conflict_do_update(index_elements=list(key), set_=higher))


def _insert(tx: Transaction, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)
