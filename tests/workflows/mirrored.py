"""A Jira whose issues are mirrored: people change them there, and Bugle keeps its copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from domain.config import Admins, Config, Product
from domain.happened import Happened
from domain.report import Draft, Impact, Report, Workaround
from domain.triage import State
from gateways.jira import Jira
from gateways.slack import Slack
from sandbox.calls import Call
from sandbox.jira import deeds
from sandbox.jira.ask import Ask
from sandbox.jira.model import Issue
from sandbox.server import Sandbox
from storage import reports
from storage.database import Database
from storage.tables import issues
from views.check_step import Same
from workflows import duplicates, joining
from workflows.context import Context
from workflows.duplicates import Likely
from workflows.mirror import refresh_issues, settle

MINUTE = timedelta(minutes=1)
SHOP = Product("shop", "Shop", "SHOP", "C0SHOP")
TILL = Product("till", "Till", "PAY", "C0TILL")


class Mirrored:
    """The context of workflows, against a sandbox whose clock and Jira tests can turn."""

    def __init__(self, sandbox: Sandbox, database: Database) -> None:
        self.sandbox = sandbox
        site, app = sandbox.jira.connection(), sandbox.slack.connection()
        login = {name: site[name] for name in ("email", "api_token", "pat") if name in site}
        self.ctx = Context(
            config=Config(Admins("C0ADMINS"), (SHOP,)),
            database=database,
            slack=Slack(bot_token=app["bot_token"], api_url=app["api_url"], timeout=5.0),
            jira=Jira(url=site["url"], timeout=(5.0, 5.0), **login),
            now=sandbox.core.clock.now,
        )

    def sell(self, *products: Product) -> None:
        """Have these products."""
        self.ctx = replace(self.ctx, config=replace(self.ctx.config, products=products))

    def make(self, summary: str, description: str = "", **fields: Any) -> str:
        """Have somebody make an issue, a second after what was before; return its key."""
        self.sandbox.core.clock.move(timedelta(seconds=1))
        asked = {"project": "SHOP", "summary": summary, "description": description, **fields}
        if asked["project"] == "PAY":
            asked["customfield_10050"] = {"value": "Asia"}  # it requires that
        return deeds.create(Ask(self.sandbox.jira, self.sandbox.jira.service), asked).key

    def do(self, key: str, deed: str, **asked: Any) -> None:
        """Have somebody do something with an issue."""
        jira, issue = self.sandbox.jira, self.issue(key)
        somebody = jira.find_account("iris")
        assert somebody is not None
        deeds.DEEDS[deed](Ask(jira, somebody, path={"issue": issue.id}), issue, asked)

    def issue(self, key: str) -> Issue:
        """Return an issue as Jira has it."""
        found = self.sandbox.jira.find_issue(key)
        assert found is not None
        return found

    def later(self, by: timedelta = MINUTE) -> None:
        """Let business time pass and the tick come."""
        self.sandbox.core.clock.move(by)
        refresh_issues(self.ctx)

    def open_keys(self) -> set[str]:
        """Return the keys of the issues that count as open in the copy."""
        with self.ctx.database.reading() as tx:
            return set(tx.scalars(select(issues.c.key).where(issues.c.is_open)))

    def status(self, key: str) -> str | None:
        """Return what the copy knows of an issue's status."""
        with self.ctx.database.reading() as tx:
            return tx.scalar(select(issues.c.status).where(issues.c.key == key))

    def likely(self, text: str) -> list[Likely]:
        """Return the likely duplicates of a text about the shop."""
        return list(duplicates.likely(self.ctx, SHOP, text))

    def keys(self, text: str) -> list[str | None]:
        """Return the keys of the likely duplicates of a text."""
        return [each.key for each in self.likely(text)]

    def report(
        self, actual: str, *, area: str | None = None, nonce: str = "n", fails: bool = False
    ) -> Report:
        """File a report as the form does, without the effects; it waits to be indexed."""
        draft, now = _draft(actual, area, nonce), self.ctx.now()
        with self.ctx.database.transaction() as tx:
            report = reports.add(tx, draft, severity="high", reasons={}, customers=3, on_duty=None, now=now)
            assert report is not None
            duplicates.remember(tx, report)
            assert not fails or 1 // 0
        return report

    def join(self, report: Report, actual: str, *, nonce: str) -> None:
        """Have somebody say in their own words that they have met a report's bug too."""
        joining.join(self.ctx, _draft(actual, None, nonce), Same(report.id, None))

    def has_issue(self, report: Report, key: str) -> None:
        """Note that a report's issue was made."""
        with self.ctx.database.transaction() as tx:
            reports.change(tx, reports.lock(tx, report.id), issue_key=key)

    def is_duplicate(self, report: Report, *, of: Report) -> None:
        """Note that a report was closed as a duplicate of another."""
        with self.ctx.database.transaction() as tx:
            closed = {"state": State.DUPLICATE, "duplicate_of": of.id}
            reports.change(tx, reports.lock(tx, report.id), **closed)

    def settle(self) -> None:
        """Bring the index up to date."""
        settle(self.ctx)

    def searches(self) -> list[Call]:
        """Return the searches that reached Jira, oldest first."""
        calls = self.sandbox.core.calls.since(0)
        return [call for call in calls if call.method in ("GET search", "GET search/jql")]


def _draft(actual: str, area: str | None, nonce: str) -> Draft:
    return Draft(
        nonce=nonce,
        reporter="U0REP",
        reporter_name="Rosa",
        product="shop",
        area=area,
        impact=Impact.BLOCKED,
        workaround=Workaround.USED,
        happened=Happened("Open the page", "It works", actual),
        language="en",
    )


@contextmanager
def mirrored(database: Database, deployment: str = "cloud") -> Iterator[Mirrored]:
    """Yield a mirrored Jira of its own."""
    sandbox = Sandbox(deployment=deployment)
    sandbox.start()
    made = Mirrored(sandbox, database)
    yield made
    made.ctx.saves.finish()
    made.ctx.jira.close()
    sandbox.stop()
