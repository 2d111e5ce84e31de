"""`bugle sandbox` where something is in its way."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.stage import bugle


@pytest.fixture
def taken() -> Iterator[int]:
    """Yield a port at which something listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_taken_ports_are_named_before_anything_is_touched(taken: int, tmp_path: Path) -> None:
    """Both ports are told in a line with the way out, and the database of who runs there is left alone."""
    (tmp_path / ".sandbox").mkdir()
    kept = tmp_path / ".sandbox" / f"bugle-{taken}.db"
    kept.write_text("in use")
    said = bugle("sandbox", "--port", str(taken), folder=tmp_path, HTTP_PORT=str(taken))
    assert (said.code, said.out) == (1, "")
    port, http_port = said.err.splitlines()
    assert port.startswith(f"--port is {taken}, where something listens already: choose another")
    assert http_port.startswith(f"HTTP_PORT is {taken}, where something listens already: choose another")
    assert kept.read_text() == "in use"


@pytest.mark.parametrize("port", ["", "many", "0", "70000"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    """HTTP_PORT must be a port; what it is and what to give is said in a line."""
    said = bugle("sandbox", "--port", "1", folder=tmp_path, HTTP_PORT=port)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"HTTP_PORT is {port!r}: give a port from 1 to 65535, such as 8081\n"
