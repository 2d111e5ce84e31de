"""The sandbox as the tests use it: started in the test process on a free port."""

from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from tests.harness import World


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Yield a sandbox that listens, and stop it afterwards."""
    running = Sandbox()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """Yield the sandbox's workspace in people's words."""
    with World(sandbox.url) as found:
        yield found
