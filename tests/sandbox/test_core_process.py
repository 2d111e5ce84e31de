"""The sandbox as a process of its own."""

import signal
import socket
import subprocess
import sys

import httpx


def run(*arguments: str) -> subprocess.Popen[str]:
    """Start `python -m sandbox` with *arguments*."""
    command = [sys.executable, "-m", "sandbox", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_process_tells_where_it_listens_and_ends_on_sigterm() -> None:
    """The process says its address, is what its options say, and ends cleanly when told to."""
    with run("--port", "0", "--deployment", "server", "--url", "http://sandbox.example/") as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            port = said.split(":")[-1].split()[0].rstrip("/.")
            assert "http://sandbox.example" in said
            connection = httpx.get(f"http://127.0.0.1:{port}/control/app").json()["jira"]
            assert connection["deployment"] == "server"
            assert connection["url"] == "http://sandbox.example/jira"
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


def test_taken_port_is_told() -> None:
    """A port that is taken ends the process with a sentence instead of a trace."""
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        run("--port", str(taken.getsockname()[1])) as process,
    ):
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 1
    assert "choose one with --port" in errors
    assert "Traceback" not in errors
