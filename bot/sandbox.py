"""`bugle sandbox`: the whole product against a pretend Slack and Jira, each a process of its own.

What belongs to the two together is kept in the folder `.sandbox`: the database, so that a restarted bot goes
on, is made anew each time, since the sandbox forgets everything when it stops.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.config import read_config
from bot.manifest import manifest
from bot.problems import Problem, SetupError

FOLDER = Path(".sandbox")
CONFIG = Path(__file__).parent / "sandbox.toml"
CUSTOMERS = Path(__file__).parent / "sandbox-customers.csv"
_STARTING = 30.0  # seconds


def sandbox(port: int, deployment: str) -> int:
    """Run the sandbox and a bot connected to it until interrupted; return the exit code.

    SetupError where one of the two ports is taken: another sandbox may be running there.
    """
    _expect_free(port)
    database = _new_database(port)
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--deployment", deployment]
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with subprocess.Popen(command, start_new_session=True) as pretend:  # noqa: S603
        try:
            told = _connection(f"http://127.0.0.1:{port}", pretend, ended)
            if told is None:
                return 1
            _install(told["url"])
            _post(f"{told['url']}/control/help-desks", {"url": f"http://127.0.0.1:{_http_port()}"})
            bot = [sys.executable, "-m", "bot", "run"]
            env = os.environ | settings(told, database)
            with subprocess.Popen(bot, env=env, start_new_session=True) as running:  # noqa: S603
                sys.stdout.write(f"\nOpen {told['url']}/ and type /bug. Ctrl-C ends it.\n\n")
                sys.stdout.flush()
                _take_customers_over(env, running, ended)
                while not ended.wait(0.5) and running.poll() is None and pretend.poll() is None:
                    pass
                running.terminate()
                return 0 if ended.is_set() else 1
        finally:
            pretend.terminate()


def _take_customers_over(
    env: Mapping[str, str], bot: subprocess.Popen[bytes], ended: threading.Event
) -> None:
    """Fill the directory as a team would, once the bot has made its database."""
    if _answer(f"http://127.0.0.1:{_http_port()}/healthz", bot, ended) is None:
        return
    command = [sys.executable, "-m", "bot", "customers", "import", str(CUSTOMERS)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.stderr.write(done.stderr)


def _install(url: str) -> None:
    """Install our app in the sandbox's workspace, with the scopes and commands of its manifest."""
    _post(f"{url}/control/slack/app", {"manifest": manifest(config=read_config(CONFIG))})


def _post(url: str, told: dict[str, Any]) -> None:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(told).encode(), headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=5):  # noqa: S310
        return


def _expect_free(port: int) -> None:
    asked = (
        ("--port", port, "choose another, such as: bugle sandbox --port 3001"),
        ("HTTP_PORT", _http_port(), "choose another, such as: HTTP_PORT=8081 bugle sandbox"),
    )
    taken = [
        Problem(name, f"is {one}, where something listens already", fix)
        for name, one, fix in asked
        if _is_taken(one)
    ]
    if taken:
        raise SetupError(taken)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _http_port() -> int:
    given = os.environ.get("HTTP_PORT", "8080")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise SetupError([Problem("HTTP_PORT", f"is {given!r}", "give a port from 1 to 65535, such as 8081")])
    return int(given)


def _new_database(port: int) -> Path:
    """Make room for a database of this sandbox's own: one at another port goes on with its."""
    FOLDER.mkdir(exist_ok=True)
    database = FOLDER / f"bugle-{port}.db"
    for old in FOLDER.glob(f"{database.name}*"):
        old.unlink()
    return database


def settings(told: dict[str, Any], database: Path) -> dict[str, str]:
    """Return the environment for a bot that uses a sandbox, from what its control API told."""
    slack, jira = told["slack"], told["jira"]
    login = {"JIRA_PAT": jira["pat"]} if jira["deployment"] == "server" else {}
    cloud = {"JIRA_EMAIL": jira["email"], "JIRA_API_TOKEN": jira["api_token"]}
    return {
        "SLACK_BOT_TOKEN": slack["bot_token"],
        "SLACK_APP_TOKEN": slack["app_token"],
        "SLACK_API_URL": slack["api_url"],
        "JIRA_URL": jira["url"],
        "DATABASE_URL": f"sqlite:///{database}",
        "BUGLE_CONFIG": str(CONFIG),
        "BUGLE_CLOCK_URL": f"{told['url']}/control/clock",
        "HTTP_PORT": str(_http_port()),
        # For calendars of this machine; Slack's requests come by the socket all the same.
        "PUBLIC_URL": f"http://127.0.0.1:{_http_port()}",
        **intake_secrets(told["help_desks"]["secrets"]),
        **(login or cloud),
    }


def intake_secrets(secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of the secrets of help desks, by the keys of their sources."""
    return {f"INTAKE_SECRET_{key.upper()}": secret for key, secret in secrets.items()}


def _connection(url: str, process: subprocess.Popen[bytes], ended: threading.Event) -> dict[str, Any] | None:
    told = _answer(f"{url}/control/app", process, ended)
    return None if told is None else dict(json.loads(told))


def _answer(url: str, process: subprocess.Popen[bytes], ended: threading.Event) -> bytes | None:
    """Return what an address says as soon as it answers; None where its process ends before, or all does."""
    waited = 0.0
    while waited < _STARTING and process.poll() is None and not ended.wait(0.1):
        waited += 0.1
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
                return bytes(answer.read())
        except (urllib.error.URLError, OSError):
            continue
    return None
