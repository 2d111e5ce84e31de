"""A workspace in which a routing table says where customer issues go."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from domain.customer import Profile
from domain.customer_config import Route
from domain.customer_issue import CustomerIssue, Origin, Told
from sandbox.server import Sandbox
from storage import customer_issues, customers
from storage.database import Database
from tests.harness.cards import Card
from tests.harness.world import World
from tests.workflows.on_duty import Duty, running
from workflows import passing_on
from workflows.context import Context
from workflows.customer_deliveries import post_due

MONDAY = 0


class Routed(Duty):
    """The context of workflows at ten on a Monday, UTC, with a routing table."""

    def __init__(self, sandbox: Sandbox, database: Database, world: World, routes: Sequence[Route]) -> None:
        super().__init__(sandbox, database, world)
        self.ctx = replace(self.ctx, config=replace(self.ctx.config, routes=tuple(routes)))
        now = self.ctx.now()
        monday = now.date() + timedelta(days=7 - (now.weekday() - MONDAY) % 7)
        self.to(datetime.combine(monday, time(10), now.tzinfo))

    @property
    def clock(self) -> Any:
        """The sandbox's clock."""
        return self._sandbox.core.clock

    def to(self, moment: datetime) -> None:
        """Let business time pass up to a moment."""
        self.clock.move(moment - self.ctx.now())

    def says(self, quote: str, nonce: str = "", **told: Any) -> CustomerIssue:
        """Have a customer say something."""
        told = {"product": "shop", "quote": quote, **told}
        with self.ctx.database.transaction() as tx:
            issue = passing_on.take_in(tx, self.ctx, Told(nonce or quote, Origin.FORM, **told))
        assert issue is not None
        return issue

    def customer(self, name: str, **known: Any) -> str:
        """Have a customer in the directory; return its id."""
        with self.ctx.database.transaction() as tx:
            return customers.keep_profile(tx, Profile(name.casefold(), name, **known), self.ctx.now()).id

    def now(self, issue: CustomerIssue) -> CustomerIssue:
        """Return a customer issue as it is now."""
        with self.ctx.database.reading() as tx:
            return customer_issues.get(tx, issue.id)

    def pass_(self, after: timedelta) -> None:
        """Let business time pass, the tick come, and all that it decides be done."""
        self.clock.move(after)
        post_due(self.ctx)
        self.settled()

    def with_routes(self, *routes: Route) -> Context:
        """Return the context as another bugle.toml makes it."""
        return replace(self.ctx, config=replace(self.ctx.config, routes=routes))

    def read(self, channel: str) -> list[Card]:
        """Return what is in a channel, oldest first."""
        return self.world.channel(channel).messages()

    def texts(self, channel: str) -> list[str]:
        """Return what can be read in a channel, oldest first."""
        return [each.text for each in self.read(channel)]


@contextmanager
def routed(database: Database, *routes: Route) -> Iterator[Routed]:
    """Run one process of the program, with these lines in its routing table."""
    sandbox = Sandbox()
    sandbox.start()
    try:
        with World(sandbox.url) as world:
            made = Routed(sandbox, database, world, routes)
            with running(made):
                yield made
    finally:
        sandbox.stop()
