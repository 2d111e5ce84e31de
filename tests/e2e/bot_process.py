"""The real bot as a process of its own, connected to a sandbox."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
BY_HTTP = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "sandbox-signing-secret"}


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class BotProcess:
    """`bugle run` with settings for one sandbox; its log is kept and shown when something goes wrong."""

    def __init__(self, sandbox_url: str, folder: Path, database_url: str, **settings: str) -> None:
        told = httpx.get(f"{sandbox_url}/control/app", trust_env=False).json()
        slack, jira = told["slack"], told["jira"]
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"bot-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None
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
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                env={name: value for name, value in self.env.items() if value},
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def expect_ready(self, *, within: float = PATIENCE) -> None:
        """Wait until /readyz is green."""
        self._expect(lambda: self.ready().get("status") == 200, "the bot to be ready", within)

    def expect_not_ready(self, part: str, *, within: float = PATIENCE) -> None:
        """Wait until /readyz says that a part is not well."""
        self._expect(lambda: self.ready().get("parts", {}).get(part, "ok") != "ok", f"{part} to fail", within)

    def ready(self) -> dict[str, Any]:
        """Return what /readyz says now, with its status; empty while nobody answers."""
        try:
            answer = httpx.get(f"{self.url}/readyz", trust_env=False, timeout=5)
        except httpx.HTTPError:
            return {}
        return {"status": answer.status_code, "parts": answer.json()}

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def terminate(self) -> int:
        """End it as an operator would and return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=PATIENCE)

    def _expect(self, holds: Any, what: str, within: float) -> None:
        deadline = time.monotonic() + within
        while not holds():
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                said = f"/readyz: {self.ready()}. The log:\n{self.log.read_text()[-4000:]}"
                raise AssertionError(f"Waited for {what}. {said}")
            time.sleep(0.05)  # the pause of a wait for a condition
