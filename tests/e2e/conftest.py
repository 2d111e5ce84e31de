"""A sandbox and a bot for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import read_config
from bot.manifest import manifest, scopes
from sandbox.server import Sandbox
from tests.e2e.bot_process import ROOT, BotProcess
from tests.harness.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """Yield a fresh workspace and Jira on a free port, with our app installed as its manifest says.

    Everybody reads English unless a story says otherwise.
    """
    sandbox = Sandbox()
    sandbox.start()
    with World(sandbox.url) as opened:
        opened.set_app(manifest=manifest())
        opened.set_language("en-US")
        yield opened
        allowed = {one for call in opened.calls("slack") for one in (call["scope"] or "").split(",")} - {""}
        # The example has every section of bugle.toml, and with it every scope that a team may need.
        assert allowed <= {*scopes(read_config(ROOT / "bugle.example.toml")), "connections:write"}
    sandbox.stop()


@pytest.fixture
def bot(world: World, tmp_path: Path) -> Iterator[BotProcess]:
    """Yield a running bot on SQLite, connected by Socket Mode."""
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path / 'bugle.db'}") as running:
        yield running
