"""The workspace for tests of the pretend Slack."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.harness import World
from tests.sandbox.slack.bolt import over_http, web_client
from tests.sandbox.slack.forms import Bot


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """Yield the sandbox's workspace in people's words."""
    with World(sandbox.url) as found:
        yield found


@pytest.fixture
def client(world: World) -> WebClient:
    """Return the app's own Web API client."""
    return web_client(world)


@pytest.fixture
def bot(world: World) -> Iterator[Bot]:
    """Yield a bot that runs behind its request URL."""
    made = Bot(world)
    with over_http(world, made.app):
        yield made
