"""Migrations: from nothing to head, on databases in use, by several replicas at once."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from storage import migrate
from storage.database import Database
from storage.tables import live_messages, metadata, reports
from tests.storage.stage import Stage, until

DATA = Path(__file__).parent / "migrations"
REVISIONS = sorted(path.name.split("_")[0] for path in (migrate.HERE / "versions").glob("[0-9]*.py"))
UPGRADE = """
import sys
from storage import migrate
from storage.database import Database

database = Database(sys.argv[1])
sys.stdin.readline()
migrate.upgrade(database)
database.close()
"""


def fill(database: Database, revision: str) -> None:
    """Add the rows a database at this revision may hold."""
    lines = (DATA / f"{revision}.sql").read_text(encoding="utf-8").splitlines()
    statements = "\n".join(line for line in lines if not line.startswith("--")).split(";\n")
    with database.transaction() as tx:
        for statement in filter(str.strip, statements):
            tx.exec_driver_sql(statement)


def filled(database: Database) -> Database:
    """Bring an empty database to head, adding rows at each revision on the way."""
    for revision in REVISIONS:
        migrate.upgrade(database, revision)
        fill(database, revision)
    return database


def test_an_empty_database_comes_to_head(empty_database: Database) -> None:
    """After one upgrade there is nothing left to migrate, and nothing that no revision covers."""
    assert migrate.revision(empty_database) is None
    assert not migrate.is_current(empty_database)
    migrate.upgrade(empty_database)
    assert migrate.revision(empty_database) == migrate.head() == REVISIONS[-1]
    assert migrate.is_current(empty_database)
    assert migrate.drift(empty_database) == []


def test_upgrading_twice_is_harmless(database: Database) -> None:
    """A database at head stays as it is."""
    migrate.upgrade(database)
    assert migrate.revision(database) == migrate.head()


def test_a_database_of_a_newer_version_counts_as_current(database: Database) -> None:
    """An older Bugle beside a newer one that has migrated already need not do anything."""
    with database.transaction() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert migrate.is_current(database)


def test_what_no_revision_covers_is_found(database: Database) -> None:
    """A table that lacks a column, or has one too many, is a drift."""
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE paces ADD COLUMN colour VARCHAR(8)"))
    assert [found[0] for found in migrate.drift(database)] == ["remove_column"]


def test_each_revision_runs_on_a_database_in_use(empty_database: Database) -> None:
    """Each revision has its rows, so that the next ones meet them; at head every table has some."""
    database = filled(empty_database)
    assert migrate.drift(database) == []
    with database.reading() as tx:
        rows = {name: tx.execute(select(table)).all() for name, table in metadata.tables.items()}
    assert [name for name, found in rows.items() if not found] == []


def test_a_table_that_others_refer_to_can_be_changed(empty_database: Database) -> None:
    """Copying and dropping a table, as SQLite needs for most changes, neither fails nor loses rows."""
    database = filled(empty_database)
    with database.reading() as tx:
        before = tx.execute(select(func.count()).select_from(live_messages)).scalar_one()
    with migrate.changing_tables(database) as tx:
        operations = Operations(MigrationContext.configure(tx))
        recreate = "always" if database.is_sqlite else "never"
        with operations.batch_alter_table("reports", recreate=recreate) as reports_then:
            reports_then.alter_column("product", new_column_name="sold_as")
    with database.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM reports WHERE sold_as = 'shop'")).scalar() == 2
        assert tx.execute(select(func.count()).select_from(live_messages)).scalar_one() == before > 0


def test_a_migration_cannot_leave_references_that_lead_nowhere(empty_database: Database) -> None:
    """A change that would orphan rows is refused whole, and references are enforced as ever afterwards."""
    database = filled(empty_database)
    refused = (RuntimeError, IntegrityError)
    with pytest.raises(refused), migrate.changing_tables(database) as tx:
        tx.execute(reports.delete())
    with pytest.raises(IntegrityError), database.transaction() as tx:
        tx.execute(reports.delete())
    with database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(reports)).scalar_one() == 3


def test_only_one_replica_migrates_at_a_time(postgres_stage: Stage) -> None:
    """A replica that comes while another changes tables waits until that is done."""
    stage = postgres_stage
    second = threading.Thread(target=migrate.upgrade, args=(stage.another_database(),))
    with migrate.changing_tables(stage.database):
        second.start()
        until(stage.has_somebody_waiting)
    second.join()
    assert migrate.is_current(stage.database)


def test_replicas_may_upgrade_at_the_same_time(empty_database: Database) -> None:
    """Two processes that find an empty database both succeed, and one of them did the work."""
    command = [sys.executable, "-c", UPGRADE, empty_database.url.render_as_string(hide_password=False)]
    replicas = [subprocess.Popen(command, stdin=subprocess.PIPE, text=True) for _ in range(2)]
    for replica in replicas:
        assert replica.stdin is not None
        replica.stdin.write("go\n")
        replica.stdin.flush()
    for replica in replicas:
        replica.communicate(timeout=60)
    assert [replica.returncode for replica in replicas] == [0, 0]
    assert migrate.is_current(empty_database)
    assert migrate.drift(empty_database) == []
