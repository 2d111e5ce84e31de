"""The HTTP side of a Bugle that is not started: what it decides is kept, and nobody is called."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from sqlalchemy import func, select
from starlette.applications import Starlette

from domain.config import Admins, Config, Product
from domain.customer_config import CustomerRules
from gateways.jira import Jira
from gateways.slack import Slack
from handlers.intake import Intake
from storage import customer_issues, effects
from storage.database import Database
from storage.tables import customer_issues as kept
from storage.tables import customers
from tests.databases import PostgresServer, SqliteFiles
from tests.intake.desks import SECRETS, SOURCES, signed
from workflows.context import Context

NOWHERE = "http://127.0.0.1:9/"
PRODUCTS = (Product("shop", "Shop", "SHOP", "C0SHOPBUGS"), Product("pay", "Pay", "PAY", "C0PAYBUGS"))


class Http:
    """An HTTP client of an application in this process."""

    def __init__(self, app: Starlette, portal: BlockingPortal) -> None:
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bugle.example")
        self._portal = portal

    def ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Send a request and return the answer; a fault of the application is raised."""
        return self._portal.call(partial(self._client.request, method, path, **how))

    def post(self, path: str, **how: Any) -> httpx.Response:
        """Post something."""
        return self.ask("POST", path, **how)


@dataclass(frozen=True)
class Desk:
    """Help desks that send to a Bugle, and what it has kept."""

    ctx: Context
    http: Http

    def send(self, name: str, payload: Any, **how: Any) -> httpx.Response:
        """Send what the help desk of a sample would, signed by it."""
        return self.http.post(f"/intake/{name.partition('_')[0]}", **signed(name, payload, **how))

    def kept(self) -> list[customer_issues.CustomerIssue]:
        """Return the customer issues that are kept, oldest first."""
        with self.ctx.database.reading() as tx:
            ids = tx.execute(kept.select().order_by(kept.c.id)).mappings()
            return [customer_issues.get(tx, row["id"]) for row in ids]

    def count(self) -> int:
        """Return how many customer issues are kept."""
        with self.ctx.database.reading() as tx:
            return int(tx.execute(select(func.count()).select_from(kept)).scalar_one())

    def customers(self) -> list[str]:
        """Return the names of the customers that are kept."""
        with self.ctx.database.reading() as tx:
            return [row["name"] for row in tx.execute(customers.select()).mappings()]

    def is_empty(self) -> bool:
        """Tell whether nothing at all was left behind."""
        with self.ctx.database.reading() as tx:
            return not (self.kept() or self.customers() or effects.listed(tx))


@pytest.fixture
def desk(databases: SqliteFiles | PostgresServer) -> Iterator[Desk]:
    """Yield help desks and a Bugle on each database in turn."""
    with databases.fresh() as url, closing(Database(url)) as database:
        rules = CustomerRules(low_satisfaction=40)
        config = Config(Admins("C0ADMINS"), PRODUCTS, customers=rules, intakes=SOURCES)
        slack, jira = Slack(bot_token="x", api_url=NOWHERE), Jira(url=NOWHERE, pat="x")
        ctx = Context(config, database, slack, jira, lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))
        app = Starlette(routes=Intake(ctx, SECRETS, lambda: None).routes())
        with start_blocking_portal() as portal:
            yield Desk(ctx, Http(app, portal))
