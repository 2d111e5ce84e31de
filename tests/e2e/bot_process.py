"""The real bot as a process of its own, connected to a sandbox."""

import json
import os
import signal
import socket
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from bot.sandbox import intake_secrets
from tests import forked

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
BY_HTTP = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "sandbox-signing-secret"}


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(url: str) -> tuple[int, Any]:
    """Return the status and the JSON of an answer; OSError or HTTPException where there is none.

    Waiting asks many times: a client that first loads what TLS needs would cost more than the bot's start.
    """
    address = urlsplit(url)
    with closing(HTTPConnection(address.netloc, timeout=5)) as connection:
        connection.request("GET", address.path)
        answer = connection.getresponse()
        return answer.status, json.load(answer)


class BotProcess:
    """`bugle run` with settings for one sandbox; its log is kept and shown when something goes wrong."""

    def __init__(self, sandbox_url: str, folder: Path, database_url: str, **settings: str) -> None:
        _, told = asked(f"{sandbox_url}/control/app")
        slack, jira = told["slack"], told["jira"]
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"bot-{self.port}.log"
        self._process: BaseProcess | None = None
        self.env = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": slack["bot_token"],
            "SLACK_APP_TOKEN": slack["app_token"],
            "SLACK_API_URL": slack["api_url"],
            "JIRA_URL": jira["url"],
            "JIRA_EMAIL": "bugle@harbor.example",
            "JIRA_API_TOKEN": "sandbox-jira-token",
            "DATABASE_URL": database_url,
            "BUGLE_CONFIG": str(ROOT / "bot" / "sandbox.toml"),
            "BUGLE_CLOCK_URL": f"{sandbox_url}/control/clock",
            "HTTP_PORT": str(self.port),
            **intake_secrets(told["help_desks"]["secrets"]),
        } | settings
        self._folder = folder

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        if error is not None:
            error.add_note(f"The bot's log ends with:\n{self.log.read_text()[-4000:]}")

    def start(self) -> None:
        """Start it and return when it is ready."""
        self.launch()
        self.expect_ready()

    def launch(self) -> None:
        """Start it and return at once."""
        env = {name: value for name, value in self.env.items() if value}
        self._process = forked.start(["run"], env, ROOT, self.log, self.log)

    def expect_ready(self, *, within: float = PATIENCE) -> None:
        """Wait until /readyz is green."""
        self._expect(lambda: self.ready().get("status") == 200, "the bot to be ready", within)

    def expect_not_ready(self, part: str, *, within: float = PATIENCE) -> None:
        """Wait until /readyz says that a part is not well."""
        self._expect(lambda: self.ready().get("parts", {}).get(part, "ok") != "ok", f"{part} to fail", within)

    def ready(self) -> dict[str, Any]:
        """Return what /readyz says now, with its status; empty while nobody answers."""
        try:
            status, parts = asked(f"{self.url}/readyz")
        except (OSError, HTTPException):
            return {}
        return {"status": status, "parts": parts}

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def terminate(self) -> None:
        """End it as an operator would and return when it has ended."""
        assert self._process is not None
        self._process.terminate()
        self._process.join(PATIENCE)
        assert self._process.exitcode == -signal.SIGTERM

    def _expect(self, holds: Any, what: str, within: float) -> None:
        deadline = time.monotonic() + within
        while not holds():
            ended = self._process is not None and self._process.exitcode is not None
            if ended or time.monotonic() > deadline:
                said = f"/readyz: {self.ready()}. The log:\n{self.log.read_text()[-4000:]}"
                raise AssertionError(f"Waited for {what}. {said}")
            time.sleep(0.02)  # the pause of a wait for a condition
