"""A sandbox and a bot for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.e2e.bot_process import BotProcess
from tests.harness.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """Yield a fresh workspace and Jira, listening on a free port."""
    sandbox = Sandbox()
    sandbox.start()
    with World(sandbox.url) as opened:
        yield opened
    sandbox.stop()


@pytest.fixture
def bot(world: World, tmp_path: Path) -> Iterator[BotProcess]:
    """Yield a running bot on SQLite, connected by Socket Mode."""
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path / 'bugle.db'}") as running:
        yield running
