"""The processes that are measured, and the people who use them."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.manifest import manifest
from tests.e2e.bot_process import ROOT, BotProcess, free_port
from tests.e2e.reporting import filled, open_form
from tests.harness.forms import Form
from tests.harness.world import World

ANEW = "Start anew"


class StartedBot(BotProcess):
    """`python -m bot run` as an operator starts it: the tests' bots are forked with everything loaded."""

    def launch(self) -> None:
        """Start it and return at once."""
        env = {name: value for name, value in self.env.items() if value}
        with self.log.open("ab") as log:
            self._started = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=env, stdout=log, stderr=log
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._started.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        self._started.kill()
        self._started.wait()

    def terminate(self) -> None:
        """End it as an operator would and return when it has ended."""
        self._started.terminate()
        self._started.wait()


class Harness:
    """A sandbox with a bot that is connected to it; one floor at a time in the bot's place."""

    def __init__(self, world: World, bot: StartedBot, folder: Path) -> None:
        self.world = world
        self.bot = bot
        self._folder = folder

    def form(self, number: int) -> Form:
        """Return a form of Bugle's, filled in; not the one that the same rep has left open."""
        form = open_form(self.world)
        if ANEW in form.labels:
            form.click(ANEW)
            form.expect_no_field(ANEW)
            form.expect_field("What happened")
        return filled(form, f"Fault {number} at checkout.")

    def floor_form(self, number: int) -> Form:
        """Return a form of the floor's, filled in."""
        form = open_form(self.world)
        form.fill("What happened", f"Fault {number} at checkout.")
        return form

    @contextmanager
    def floor(self) -> Iterator[None]:
        """Let the floor take the bot's place for a while."""
        self.bot.terminate()
        command = [sys.executable, "-m", "benchmarks.floor", str(self._folder)]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | self.bot.env) as process:  # noqa: S603
            self.expect_socket()
            yield
            process.terminate()
        self.bot.start()
        self.expect_socket()

    def expect_socket(self) -> None:
        """Wait until just one program is connected."""
        deadline = time.monotonic() + 30
        while self.world.get("/slack/app")["sockets"] != 1:
            if time.monotonic() > deadline:
                raise TimeoutError("the program did not connect to the sandbox")
            threading.Event().wait(0.05)


@contextmanager
def harness(folder: Path, **settings: str) -> Iterator[Harness]:
    """Yield a sandbox process and a bot process, with Slack's own limits lifted but ours kept.

    *settings* are the bot's, in place of those for the sandbox.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen([sys.executable, "-m", "sandbox", "--port", str(port)], cwd=ROOT) as sandbox:  # noqa: S603
        try:
            _expect(url)
            with World(url) as world:
                world.set_app(manifest=manifest(), limits=False)
                database = f"sqlite:///{folder / 'bugle.db'}"
                with StartedBot(url, folder, database, LOG_LEVEL="WARNING", **settings) as bot:
                    yield Harness(world, bot, folder)
        finally:
            sandbox.terminate()


def _expect(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/control/health", trust_env=False)
        except httpx.TransportError:
            threading.Event().wait(0.05)
        else:
            return
    raise TimeoutError("the sandbox did not start")
