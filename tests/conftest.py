"""What tests of every folder may ask for: a database, on SQLite and on PostgreSQL in turn."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, settings

from storage.database import Database
from tests.databases import BACKENDS, PostgresServer, SqliteFiles

# A busy machine is slow at making examples too: that says nothing of the code.
settings.register_profile("bugle", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bugle")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep one in ten of the campaigns that go through every time zone where SOAK=short asks for it."""
    if os.environ.get("SOAK") != "short":
        return
    campaigns = Counter(item.nodeid.partition("[")[0] for item in items if item.get_closest_marker("soak"))
    seen: Counter[str] = Counter()
    for item in list(items):
        name = item.nodeid.partition("[")[0]
        seen[name] += 1
        if campaigns[name] > 100 and seen[name] % 10:
            items.remove(item)


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Return where this test process makes its SQLite databases."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Yield this test process's own PostgreSQL server."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=BACKENDS)
def databases(request: pytest.FixtureRequest) -> SqliteFiles | PostgresServer:
    """Return what makes fresh databases, of each kind in turn."""
    fixture = "sqlite_files" if request.param == "sqlite" else "postgres_server"
    found: SqliteFiles | PostgresServer = request.getfixturevalue(fixture)
    return found


@pytest.fixture
def database(databases: SqliteFiles | PostgresServer) -> Iterator[Database]:
    """Yield a fresh database at head."""
    with databases.fresh() as url, closing(Database(url)) as opened:
        yield opened


@pytest.fixture
def empty_database(databases: SqliteFiles | PostgresServer) -> Iterator[Database]:
    """Yield a fresh database without any table."""
    with databases.fresh(empty=True) as url, closing(Database(url)) as opened:
        yield opened


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Iterator[Database]:
    """Yield a fresh PostgreSQL database at head, for what SQLite has no part in."""
    with postgres_server.fresh() as url, closing(Database(url)) as opened:
        yield opened


@pytest.fixture
def sqlite(sqlite_files: SqliteFiles) -> Iterator[Database]:
    """Yield a fresh SQLite database at head, for what PostgreSQL has no part in."""
    with sqlite_files.fresh() as url, closing(Database(url)) as opened:
        yield opened
