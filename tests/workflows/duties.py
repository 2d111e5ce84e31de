"""A rotation whose hand-offs are settled at chosen times, against nobody outside."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from domain.config import Admins, Config, Product
from domain.duty import Override, TimeOff
from domain.revisions import History
from domain.rotation_profile import Profile, Service
from gateways.jira import Jira
from gateways.slack import Slack
from storage import overrides, rotations, time_off
from storage.database import Database, Transaction
from storage.overrides import KeptOverride
from storage.tables import duty_records, effects, handoffs
from storage.time_off import KeptTimeOff, Source
from workflows import handing_off
from workflows.context import Context

SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
PROFILE = Profile("Shop bugs", serves=(Service("shop"),))
KEY = "shop-bugs"


@dataclass
class Clock:
    """Business time, moved by hand."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the time it is."""
        return self.at


@dataclass
class Duties:
    """One kept rotation; `at` moves the time, and then the tick runs."""

    ctx: Context
    clock: Clock
    seen: int = field(default=0)

    def at(self, instant: datetime) -> None:
        """Let it be *instant*, and let the tick run."""
        self.clock.at = instant
        handing_off.settle_all(self.ctx)

    @contextmanager
    def change(self) -> Iterator[Transaction]:
        """Change something as the workflows do: settled in the same transaction."""
        with self.ctx.database.transaction() as tx:
            yield tx
            handing_off.settle(tx, self.ctx, KEY)

    def override(self, name: str, start: datetime, end: datetime, person: str) -> None:
        """Give somebody the duty for a while."""
        with self.change() as tx:
            over = Override(name, start, end, person)
            overrides.add(tx, [KeptOverride(KEY, over, None, person, self.clock.at)])

    def away(self, name: str, person: str, start: datetime, end: datetime) -> None:
        """Let somebody have time off."""
        with self.change() as tx:
            off = TimeOff(name, person, start, end)
            time_off.add(tx, KeptTimeOff(off, Source.FORM, None, person, self.clock.at))

    def redefine(self, history: History) -> None:
        """Give the rotation another history."""
        with self.change() as tx:
            kept = rotations.lock(tx, KEY)
            assert kept is not None
            rotations.change(tx, kept, history=history)

    def records(self) -> list[tuple[datetime, datetime, str | None]]:
        """Return who was on duty, as it was written down."""
        columns = (duty_records.c.start, duty_records.c.end, duty_records.c.person)
        with self.ctx.database.reading() as tx:
            return [(*row,) for row in tx.execute(select(*columns).order_by(duty_records.c.start))]

    def told(self) -> list[tuple[str | None, str | None]]:
        """Return who left and who took over in each hand-off that was told of."""
        query = select(handoffs.c.leaver, handoffs.c.taker).order_by(handoffs.c.id)
        with self.ctx.database.reading() as tx:
            return [(*row,) for row in tx.execute(query)]

    def decided(self, kind: str) -> list[str]:
        """Return the keys of the effects of a kind that were decided."""
        with self.ctx.database.reading() as tx:
            query = select(effects.c.key).where(effects.c.kind == kind).order_by(effects.c.id)
            return list(tx.scalars(query))


@contextmanager
def duties(
    database: Database, history: History, at: datetime, profile: Profile = PROFILE
) -> Iterator[Duties]:
    """Yield a rotation kept at *at* with this history, settled for the first time."""
    clock = Clock(at)
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
        slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
        ctx = Context(Config(Admins("C0ADMINS"), (SHOP,)), database, slack, jira, clock)
        with database.transaction() as tx:
            rotations.add_new(tx, KEY, profile, history)
        made = Duties(ctx, clock)
        made.at(at)
        yield made
