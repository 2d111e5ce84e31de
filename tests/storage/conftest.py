"""The stage on which the engine's tests play."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.storage.stage import Stage


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """Yield a stage on each database in turn, and stop its drivers afterwards."""
    made = Stage(database)
    yield made
    made.stop()


@pytest.fixture
def postgres_stage(postgres: Database) -> Iterator[Stage]:
    """Yield a stage on PostgreSQL alone."""
    made = Stage(postgres)
    yield made
    made.stop()


@pytest.fixture
def sqlite_stage(sqlite: Database) -> Iterator[Stage]:
    """Yield a stage on SQLite alone."""
    made = Stage(sqlite)
    yield made
    made.stop()
