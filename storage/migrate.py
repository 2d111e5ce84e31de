"""Bringing a database to the tables this version of Bugle knows.

Alembic is imported only when there is something for it to do, since a start at head must be quick.
Migrations only go forward; going back is restoring a backup.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select, text

from storage.database import Database, Transaction
from storage.tables import metadata

HERE = Path(__file__).parent / "migrations"
_MIGRATING = 0x62_75_67_6C_66  # the advisory lock that lets one replica migrate at a time


def head() -> str:
    """Return the newest revision this version knows, from the names of the revision files."""
    return max(path.name.split("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def revision(database: Database) -> str | None:
    """Return the revision the database is at, or None for an empty one."""
    with database.reading() as tx:
        if not inspect(tx).has_table("alembic_version"):
            return None
        return tx.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_current(database: Database) -> bool:
    """Tell whether nothing has to be migrated; a database of a newer version counts as current."""
    at = revision(database)
    return at is not None and at >= head()


def upgrade(database: Database, to: str = "head") -> None:
    """Migrate to the newest revision, or to an earlier one; harmless when several replicas do it at once."""
    from alembic import command  # noqa: PLC0415  (see the module's docstring)

    with changing_tables(database) as tx:
        command.upgrade(_config(tx), to)


@contextmanager
def changing_tables(database: Database) -> Iterator[Transaction]:
    """Yield the only transaction that changes tables now, here or in another replica.

    On SQLite a table is changed by copying and dropping it, which its references would not allow: they are
    left alone meanwhile and checked before the commit. Raises RuntimeError when one leads nowhere.
    """
    if not database.is_sqlite:
        with database.transaction() as tx:
            tx.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
            yield tx
        return
    with database.engine.connect() as tx:
        dbapi: Any = tx.connection.dbapi_connection
        dbapi.execute("PRAGMA foreign_keys=OFF")  # does nothing within a transaction
        try:
            with tx.begin():
                dbapi.execute("BEGIN IMMEDIATE")
                yield tx
                if broken := tx.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError(f"a migration left references that lead nowhere: {broken[:5]}")
        finally:
            dbapi.execute("PRAGMA foreign_keys=ON")


def drift(database: Database) -> list[Any]:
    """Return how a migrated database differs from `storage.tables`; empty when a revision covers all."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    with database.reading() as tx:
        return list(compare_metadata(MigrationContext.configure(tx, opts={"compare_type": True}), metadata))


def write_revision(database: Database, message: str) -> Path:
    """Write a new revision file from how a migrated database differs from `storage.tables`."""
    from alembic import command  # noqa: PLC0415

    with database.transaction() as tx:
        number = f"{int(head()) + 1:04}" if list((HERE / "versions").glob("[0-9]*.py")) else "0001"
        script = command.revision(_config(tx), message, autogenerate=True, rev_id=number)
    return Path(script.path)  # type: ignore[union-attr]


def _config(tx: Transaction) -> Any:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = tx
    return config
