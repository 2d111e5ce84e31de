"""People who talk about one report in Slack and in Jira, while what tells Bugle of it comes as it pleases."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import App, BoltRequest

from bot.manifest import manifest
from bot.settings import Secret, Settings
from bot.slack_app import slack_app
from domain.config import Admins, Config, Product
from domain.effects import Gateway, State
from domain.report import Report
from gateways.jira import Jira
from gateways.slack import Slack
from handlers import jira_webhook
from sandbox.server import Sandbox
from storage import effects, live_messages, reports
from storage.database import Database
from storage.driver import Driver
from tests.harness.waiting import eventually
from tests.harness.world import World
from tests.workflows.told import filed
from workflows import conversing
from workflows.catching_up import catch_up
from workflows.context import Context
from workflows.effects import EFFECTS
from workflows.mending import see_off
from workflows.mirror import refresh_issues

SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
# As people wait for them, but without the pauses that Slack wants between two posts in a channel.
HASTY = tuple(replace(each, lane_pace=0.0, paces=()) for each in EFFECTS)


@dataclass
class Relay:
    """Takes what Slack and Jira tell the app, and holds it until it is delivered, lost or told twice."""

    held: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        """Hold one delivery and return the answer to it."""
        told = json.loads(body) if path == "/slack" and body.startswith(b"{") else {}
        if told.get("type") == "url_verification":
            return str(told["challenge"]).encode()
        with self.lock:
            self.held.append((path, body, headers))
            self.taken.append(body)
        return b""

    def expect(self, *words: str) -> None:
        """Wait until it was told something that names these."""
        wanted = [each.encode() for each in words]

        def is_told() -> bool:
            return any(all(each in body for each in wanted) for body in list(self.taken))

        eventually(is_told, what=f"a delivery about {words}")

    def draw(self, number: int) -> tuple[str, bytes, dict[str, str]] | None:
        """Take one of those that are held out, or None where there is none."""
        with self.lock:
            return self.held.pop(number % len(self.held)) if self.held else None


@contextmanager
def listening(relay: Relay) -> Iterator[str]:
    """Yield the address at which a relay takes deliveries."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = relay.take(self.path, body, dict(self.headers))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Meeting:
    """A report with a card and an issue, a driver that runs its effects, and the people around it."""

    def __init__(self, sandbox: Sandbox, world: World, ctx: Context, bolt: App, relay: Relay) -> None:
        self.sandbox, self.world, self.ctx, self.bolt, self.relay = sandbox, world, ctx, bolt, relay
        self.driver = self._begun()
        self.report = self._report()
        with ctx.database.reading() as tx:
            card = live_messages.card(tx, self.report.id)
        assert card is not None
        thread = world.channel(card.channel, seen_by="U0GRACE")
        self.card = next(each for each in thread.messages() if each.ts == card.ts)

    def _begun(self) -> Driver[Context]:
        driver = Driver(
            self.ctx.database,
            HASTY,
            self.ctx,
            now=self.ctx.now,
            probes={Gateway.SLACK: self.ctx.slack.probe, Gateway.JIRA: self.ctx.jira.probe},
            on_dead=see_off,
            probe_every=0.05,
        )
        driver.start()
        return driver

    def _report(self) -> Report:
        report = filed(self.ctx, "meeting", by="U0ANA")
        self.quiet()
        with self.ctx.database.reading() as tx:
            return reports.get(tx, report.id)

    def restart(self) -> None:
        """End the driver between two effects, and begin another."""
        self.driver.stop()
        self.driver = self._begun()

    def deliver(self, number: int, *, times: int = 1) -> None:
        """Let one of the deliveries that are held arrive, so many times; none: it is lost."""
        drawn = self.relay.draw(number)
        if drawn is not None:
            self._arrive(drawn, times)

    def deliver_press(self) -> None:
        """Let what somebody pressed last arrive, before whatever else is held."""
        with self.relay.lock:
            pressed = next(each for each in reversed(self.relay.held) if each[1].startswith(b"payload="))
            self.relay.held.remove(pressed)
        self._arrive(pressed, 1)

    def _arrive(self, delivery: tuple[str, bytes, dict[str, str]], times: int) -> None:
        path, body, headers = delivery
        for _ in range(times):
            if path == "/jira":
                assert jira_webhook.receive(self.ctx, body)
            else:
                given: dict[str, Any] = {name.lower(): [value] for name, value in headers.items()}
                assert self.bolt.dispatch(BoltRequest(body=body.decode(), headers=given)).status == 200

    def minute(self, minutes: float = 1, *, reading: bool = True) -> None:
        """Let time pass, and the ticks come; the one that reads threads only where that is said."""
        self.sandbox.core.clock.move(timedelta(minutes=minutes))
        self.ctx.database.wake()
        refresh_issues(self.ctx)
        if reading:
            catch_up(self.ctx)

    def quiet(self) -> None:
        """Wait until nothing is left to be done now; what waits for a later try gets its time."""

        def is_quiet() -> bool:
            with self.ctx.database.reading() as tx:
                active = [
                    each
                    for state in (State.WAITING, State.RUNNING)
                    for each in effects.listed(tx, state, 1000)
                ]
            if active and min(each.due_at for each in active) > self.ctx.now():
                self.sandbox.core.clock.move(timedelta(minutes=1))
            self.ctx.database.wake()
            return not active

        eventually(is_quiet, within=60, what="nothing to be left")

    def look_at_comments(self) -> None:
        """Have the comments read, and all that follows done."""
        with self.ctx.database.transaction() as tx:
            conversing.read_comments(tx, self.ctx, self.report.id)
        self.quiet()

    def dead(self) -> list[tuple[str, str | None]]:
        """Return what was given up, and why."""
        with self.ctx.database.reading() as tx:
            return [(each.kind, each.error) for each in effects.listed(tx, State.DEAD)]

    def comments(self) -> list[dict[str, Any]]:
        """Return the comments on the issue, oldest first."""
        issue = self.world.get(f"/jira/issues/{self.report.issue_key}")
        found: list[dict[str, Any]] = issue["fields"]["comment"]["comments"]
        return found

    def in_jira(self, deed: str, **asked: Any) -> None:
        """Let Iris do something with the issue."""
        self.world.post(f"/jira/as/iris@harbor.example/issues/{self.report.issue_key}/{deed}", asked)


@contextmanager
def meeting(database: Database, deployment: str) -> Iterator[Meeting]:
    """Yield people who talk about a report that has just been filed."""
    logging.getLogger("storage.driver").setLevel(logging.ERROR)
    relay, sandbox = Relay(), Sandbox(deployment=deployment)
    sandbox.start()
    with listening(relay) as address, World(sandbox.url) as world, _context(sandbox, database) as ctx:
        app = sandbox.slack.connection()
        settings = Settings(
            slack_bot_token=Secret(app["bot_token"]),
            slack_signing_secret=Secret(app["signing_secret"]),
            jira_url=f"{sandbox.url}/jira",
        )
        bolt = slack_app(settings, ctx)
        world.set_app(manifest=manifest(), limits=False, retry_delays=[])
        world.set_app(delivery="http", request_url=f"{address}/slack")
        world.set_language("en-US")
        world.post("/jira/webhooks", {"url": f"{address}/jira"})
        made = Meeting(sandbox, world, ctx, bolt, relay)
        try:
            yield made
        finally:
            world.no_trouble()
            made.driver.stop()
            sandbox.stop()


@contextmanager
def _context(sandbox: Sandbox, database: Database) -> Iterator[Context]:
    site, app = sandbox.jira.connection(), sandbox.slack.connection()
    login = {name: site[name] for name in ("email", "api_token", "pat") if name in site}
    with closing(Jira(url=site["url"], timeout=(5.0, 5.0), **login)) as jira:
        slack = Slack(bot_token=app["bot_token"], api_url=app["api_url"], timeout=5.0)
        config = Config(Admins("C0ADMINS"), (SHOP,))
        ctx = Context(config, database, slack, jira, sandbox.core.clock.now)
        try:
            yield ctx
        finally:
            ctx.saves.finish()
            ctx.ahead.finish()
