"""The sandbox as the tests use it: started in the test process on a free port."""

from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Yield a sandbox that listens, and stop it afterwards."""
    running = Sandbox()
    running.start()
    yield running
    running.stop()
