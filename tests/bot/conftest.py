"""A set-up of Bugle for each test, with nothing wrong in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.bot.stage import SetUp
from tests.databases import SqliteFiles


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Yield a sandbox that listens; its parameter, if any, says which Jira it pretends to be."""
    running = Sandbox(deployment=getattr(request, "param", "cloud"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def setup(sandbox: Sandbox, sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[SetUp]:
    """Yield a set-up in which nothing is wrong."""
    with sqlite_files.fresh() as url:
        made = SetUp(sandbox, tmp_path, url)
        yield made
        made.world.close()
