"""A workspace in which rotations are shown: the sandbox, a database, and the driver between them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import func, select

from domain.config import Admins, Config, Product
from domain.effects import Gateway
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_profile import Profile, Service
from gateways.jira import Jira
from gateways.slack import Slack
from sandbox.server import Sandbox
from storage import rotations
from storage.database import Database
from storage.driver import Driver
from storage.tables import effects
from tests.harness.waiting import eventually
from tests.harness.world import World
from workflows.context import Context
from workflows.duty_surfaces import keep_true
from workflows.effects import EFFECTS
from workflows.mending import see_off

SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
PAY = Product("pay", "Pay", "PAY", "C0PAYBUGS")
GROUP = "S0ONDUTY"
SCOPES = (
    "channels:history", "channels:read", "channels:write.topic", "chat:write", "groups:history",
    "groups:read", "groups:write.topic", "pins:write", "usergroups:read", "usergroups:write", "users:read",
)  # fmt: skip
DAY = timedelta(days=1)


class Duty:
    """The context of workflows, against a sandbox whose clock and settings tests can turn."""

    def __init__(self, sandbox: Sandbox, database: Database, world: World) -> None:
        self.world = world
        self._sandbox = sandbox
        app, site = sandbox.slack.connection(), sandbox.jira.connection()
        self.ctx = Context(
            config=Config(Admins("C0ADMINS"), (SHOP, PAY)),
            database=database,
            slack=Slack(bot_token=app["bot_token"], api_url=app["api_url"], timeout=5.0),
            jira=Jira(url=site["url"], email="bugle@harbor.example", api_token=site["api_token"]),
            now=sandbox.core.clock.now,
        )
        world.set_app(scopes=list(SCOPES), limits=False)

    def rotate(self, key: str, members: Sequence[str], **settings: Any) -> None:
        """Have a rotation that hands over each day at this hour, the first of its members on duty now."""
        now = self.ctx.now().astimezone(UTC).replace(tzinfo=None, second=0, microsecond=0)
        turns = Rotation(tuple(members), Kind.DAILY, 1, now - timedelta(hours=1), "UTC")
        profile = Profile(key.title(), serves=(Service(key),), **settings)
        with self.ctx.database.transaction() as tx:
            rotations.add_new(tx, key, profile, begin(turns))

    def set(self, key: str, **settings: Any) -> None:
        """Give a rotation other settings."""
        with self.ctx.database.transaction() as tx:
            kept = rotations.lock(tx, key)
            assert kept is not None
            rotations.change(tx, kept, profile=replace(kept.profile, **settings))

    def tick(self, after: timedelta = timedelta(0)) -> None:
        """Let business time pass, the tick come, and all that it decides be done."""
        self._sandbox.core.clock.move(after)
        keep_true(self.ctx)
        self.settled()

    def settled(self) -> None:
        """Wait until nothing is left to do."""
        eventually(lambda: not self._active(), within=30, what="the effects to be done")

    def _active(self) -> int:
        with self.ctx.database.reading() as tx:
            active = effects.c.state.in_(("waiting", "running"))
            return int(tx.execute(select(func.count()).select_from(effects).where(active)).scalar_one())

    def group(self) -> list[str]:
        """Return who is in the user group."""
        groups = self.world.get("/slack/groups")["groups"]
        members: list[str] = next(each["users"] for each in groups if each["id"] == GROUP)
        return members

    def channel(self, channel: str = SHOP.channel) -> dict[str, Any]:
        """Return a channel as Slack has it."""
        found: dict[str, Any] = next(
            each for each in self.world.get("/slack/channels")["channels"] if each["id"] == channel
        )
        return found

    def topic(self, channel: str = SHOP.channel) -> str:
        """Return the topic of a channel."""
        return str(self.channel(channel)["topic"]["value"])

    def board(self, channel: str = SHOP.channel) -> str:
        """Return what the one pinned message of a channel says."""
        (ts,) = self.channel(channel)["pins"]
        seen = self.world.channel(channel).messages()
        return next(each.text for each in seen if each.raw["ts"] == ts)

    def calls(self, method: str) -> int:
        """Return how many calls of a method Slack answered well."""
        return sum(call["outcome"] == "ok" for call in self.world.calls("slack", method))

    def notes(self) -> list[str]:
        """Return what admins were told, oldest first."""
        return [each.text for each in self.world.channel("C0ADMINS").messages()]


@contextmanager
def running(duty: Duty) -> Iterator[Driver[Context]]:
    """Run what is decided, as one process of the program does."""
    probes = {Gateway.SLACK: duty.ctx.slack.probe, Gateway.JIRA: duty.ctx.jira.probe}
    driver = Driver(duty.ctx.database, EFFECTS, duty.ctx, now=duty.ctx.now, probes=probes, on_dead=see_off)
    driver.start()
    try:
        yield driver
    finally:
        driver.stop()
