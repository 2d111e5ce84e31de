"""Writing rows in the one way both databases understand."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, case
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction


def insert_new(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose unique keys are not there yet, leave the others be; return how many were new."""
    return tx.execute(_insert_new(table, tx.dialect.name), list(rows)).rowcount


def upsert(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or give the row with the same primary key these values."""
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in row.items() if name not in keys}
    new = _insert(table, tx.dialect.name).values(row)
    tx.execute(new.on_conflict_do_update(index_elements=keys, set_=changed))


def raise_to(tx: Transaction, table: Table, key: Mapping[str, Any], floor: Mapping[str, Any]) -> None:
    """Insert a row, or raise these values of the row with this key to at least what is given."""
    tx.execute(_insert_or_raise(table, tx.dialect.name, tuple(key), tuple(floor)), {**key, **floor})


def upsert_all(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or give those with the same primary keys these values; every row has every column."""
    if rows:
        tx.execute(_insert_or_set(table, tx.dialect.name), list(rows))


def add_up(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or add their values to those of the rows with the same primary keys."""
    if rows:
        tx.execute(_insert_or_add(table, tx.dialect.name), list(rows))


@cache
def _insert_new(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    # The rows are parameters, not a part of the statement, and it is built once: half of what a filing costs.
    return _insert(table, dialect).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _insert_or_raise(
    table: Table, dialect: str, key: tuple[str, ...], floor: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    insert = _insert(table, dialect)
    higher = {
        name: case((table.c[name] > insert.excluded[name], table.c[name]), else_=insert.excluded[name])
        for name in floor
    }
    return insert.on_conflict_do_update(index_elements=list(key), set_=higher)


@cache
def _insert_or_set(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    insert, keys = _insert(table, dialect), [column.name for column in table.primary_key]
    given = {column.name: insert.excluded[column.name] for column in table.c if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=given)


@cache
def _insert_or_add(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    insert, keys = _insert(table, dialect), [column.name for column in table.primary_key]
    sums = {
        column.name: column + insert.excluded[column.name] for column in table.c if column.name not in keys
    }
    return insert.on_conflict_do_update(index_elements=keys, set_=sums)


def _insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
