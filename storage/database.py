"""The one door to the database: engines that behave the same on SQLite and PostgreSQL, and transactions.

SQLite is set up so that an acknowledged report survives a power cut (`synchronous=FULL`) and so that a
transaction which will write takes its lock at once (BEGIN IMMEDIATE), since a deferred one that reads and
then writes fails with "database is locked" however long it is willing to wait.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeAlias

import psycopg
from sqlalchemy import Connection, create_engine, event, func, select, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.turns import Turns

Transaction: TypeAlias = Connection
DatabaseError: TypeAlias = SQLAlchemyError  # it is away, busy or full, or refuses what it is asked

WOKEN_BY = "bugle_effects"
_DECIDED = "bugle_effects_decided"
_CONNECT_WITHIN = 10  # seconds
# Pages, 40 MB, at which a commit itself brings SQLite's log into the database, for which all others wait:
# `write_back` is rather called before that.
_LONGEST_LOG = 10_000


class Database:
    """Connections to one database, for one process; safe to share among its threads.

    `url` is SQLAlchemy's; `postgresql://` means psycopg 3. Nothing is opened before the first use.
    """

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        if self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        pool = _SQLITE_POOL if self.is_sqlite else _POSTGRES_POOL
        # What customers said stays out of errors and logs.
        self.engine: Engine = create_engine(self.url, hide_parameters=True, **pool)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
        else:
            event.listen(self.engine, "connect", _prepare_postgres)
        self._wake: list[Callable[[], None]] = []
        # SQLite lets one write at a time, and who waits for it inside SQLite sleeps and looks: here the
        # next thread is let in the moment the last one is done.
        self._turn: AbstractContextManager[object] = Turns() if self.is_sqlite else nullcontext()
        self._here = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Yield a transaction that may write; committed at the end, rolled back if anything is raised.

        Raises RuntimeError within another one of the same thread, which would wait for itself.
        """
        with self._one_at_a_time(), self._turn, self.engine.begin() as tx:
            self._begin(tx, "BEGIN IMMEDIATE")
            tx.info.pop(_DECIDED, None)  # left by a transaction of this connection that was rolled back
            yield tx
            decided = tx.info.pop(_DECIDED, False)
            if decided and not self.is_sqlite:
                tx.exec_driver_sql(f"NOTIFY {WOKEN_BY}")
        if decided:
            self.wake()

    def _begin(self, tx: Transaction, how: str) -> None:
        if self.is_sqlite:
            # To SQLite itself: SQLAlchemy would ask those who listen to its events at every statement then.
            tx.connection.cursor().execute(how)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if getattr(self._here, "writes", False):
            raise RuntimeError("this thread is in a transaction already: pass that one on")
        self._here.writes = True
        try:
            yield
        finally:
            self._here.writes = False

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Yield a transaction that only reads; it takes no write lock."""
        with self.engine.connect() as tx:
            self._begin(tx, "BEGIN")
            yield tx

    def write_back(self) -> None:
        """Bring what SQLite's log holds into the database, while others write; PostgreSQL does so itself."""
        if self.is_sqlite:
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def on_effects(self, wake: Callable[[], None]) -> None:
        """Have `wake` called after each commit of this process that decided effects."""
        self._wake.append(wake)

    def wake(self) -> None:
        """Tell those who asked that effects may have become due."""
        for call in self._wake:
            call()

    def real_now(self, tx: Transaction) -> datetime:
        """Return the real time all users of this database agree on, aware UTC.

        Replicas may have clocks that differ, and leases must not: PostgreSQL's own clock decides there.
        """
        if self.is_sqlite:
            return datetime.now(UTC)
        clock: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
        return clock.astimezone(UTC)

    def listen(self, stop: threading.Event) -> None:
        """Call `wake` whenever another replica decides effects, until `stop`. PostgreSQL only.

        Raises psycopg.Error when the connection breaks; the caller listens again.
        """
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True, connect_timeout=_CONNECT_WITHIN) as connection:
            connection.execute(f"LISTEN {WOKEN_BY}")
            self.wake()  # for what was decided while nobody listened
            while not stop.is_set():
                for _ in connection.notifies(timeout=0.2, stop_after=1):
                    self.wake()

    def look_over(self, table: str) -> None:
        """Let the database see what has become of a table of ours: it searches by what it knows of it.

        Done by itself in time; after thousands of new rows it is better done at once. It holds nobody up.
        """
        if self.is_sqlite:
            with self.transaction() as tx:
                tx.execute(text(f"ANALYZE {table}"))
            return
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
            alone.execute(text(f"VACUUM (ANALYZE) {table}"))

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def decided_effects(tx: Transaction) -> None:
    """Mark that this transaction decided effects, so that its commit wakes the drivers."""
    tx.info[_DECIDED] = True


_SQLITE_POOL: dict[str, Any] = {
    "pool_size": 20,  # more at a time are opened and closed again, which takes longer than what they ask
    "max_overflow": 20,
    "pool_use_lifo": True,  # what the one used last has read is mostly still good; others read it again
}
_POSTGRES_POOL: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 40,
    "pool_pre_ping": True,
    # PgBouncer in transaction mode knows no prepared statements.
    "connect_args": {"prepare_threshold": None, "connect_timeout": _CONNECT_WITHIN},
}


def _prepare_postgres(dbapi: Any, _entry: ConnectionPoolEntry) -> None:
    # A replica that freezes, or loses its machine, inside a transaction must not keep its locks from others.
    dbapi.execute("SET idle_in_transaction_session_timeout = '4s'")
    dbapi.commit()


def _prepare_sqlite(dbapi: Any, _entry: ConnectionPoolEntry) -> None:
    dbapi.isolation_level = None  # begin and commit are ours
    for pragma in (
        "journal_mode=WAL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"wal_autocheckpoint={_LONGEST_LOG}",
    ):
        dbapi.execute(f"PRAGMA {pragma}")
