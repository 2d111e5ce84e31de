"""What customers told us, and reports it hangs on, for tests of workflows; the gateways reach nobody."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from domain.config import Admins, Config, Product
from domain.customer_config import CustomerRules
from domain.customer_issue import CustomerIssue, Origin, Told
from domain.happened import Happened
from domain.report import Brought, Draft, Impact, Report, Workaround
from gateways.jira import Jira
from gateways.slack import Slack
from storage import customer_issues, customers, reports
from storage.database import Database
from workflows import passing_on
from workflows.context import Context
from workflows.filing import file_report

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
ANA, BEN, HUGO, IRIS = "U0ANA", "U0BEN", "U0HUGO", "U0IRIS"


@contextmanager
def context(database: Database) -> Iterator[Context]:
    """Yield a context in which 40 of 100 is little satisfaction."""
    config = Config(Admins("C0ADMINS"), (SHOP,), customers=CustomerRules(low_satisfaction=40))
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
        made = Context(config, database, slack, jira, lambda: NOW)
        yield made
        made.saves.finish()


def customer(ctx: Context, name: str) -> str:
    """Keep a customer of this name and return their id."""
    with ctx.database.transaction() as tx:
        return customers.keep(tx, [name])[0].id


def taken_in(ctx: Context, nonce: str = "n", **told: object) -> CustomerIssue:
    """Take in what a customer told us."""
    with ctx.database.transaction() as tx:
        issue = passing_on.take_in(tx, ctx, Told(nonce, Origin.FORM, "shop", "Too slow", **told))  # type: ignore[arg-type]
    assert issue is not None
    return issue


def draft(nonce: str, *known: str, by: str = BEN, **told: object) -> Draft:
    """Return the draft of a form in which these customers were chosen."""
    happened = Happened("Pay", "Once", f"Charged twice {nonce}")
    made = Draft(nonce, by, by, "shop", None, Impact.BLOCKED, Workaround.NONE, happened, "en", Brought(known))
    return replace(made, **told)  # type: ignore[arg-type]


def filed(ctx: Context, nonce: str, *known: str, **told: object) -> Report:
    """File the report of such a draft and return it."""
    assert file_report(ctx, draft(nonce, *known, **told))
    with ctx.database.reading() as tx:
        report = reports.with_nonce(tx, nonce)
    assert report is not None
    return report


def now(ctx: Context, issue: CustomerIssue) -> CustomerIssue:
    """Return a customer issue as it is now."""
    with ctx.database.reading() as tx:
        return customer_issues.get(tx, issue.id)


def report_now(ctx: Context, report: Report) -> Report:
    """Return a report as it is now."""
    with ctx.database.reading() as tx:
        return reports.get(tx, report.id)


def hanging_on(ctx: Context, report: Report) -> list[CustomerIssue]:
    """Return the customer issues that hang on a report."""
    with ctx.database.reading() as tx:
        return customer_issues.of_report(tx, report.id)
