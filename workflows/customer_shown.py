"""What showing a customer issue needs to know."""

from dataclasses import replace

from domain.customer_issue import CustomerIssue
from storage import customers, tracked
from storage.customer_load import Load, load
from storage.database import Transaction
from views.customer_card import Shown
from workflows.context import Context
from workflows.duplicates import original


def shown(tx: Transaction, ctx: Context, issue: CustomerIssue) -> Shown:
    """Return a customer issue with what showing it needs to know."""
    customer = customers.profile(tx, issue.told.customer) if issue.told.customer else None
    open_ones = load(tx, customer.id) if customer else Load()
    told = Shown(
        issue,
        ctx.config.product(issue.told.product),
        customer,
        bugs=open_ones.bugs,
        waiting=open_ones.waiting,
        currency=ctx.config.customers.currency,
    )
    if issue.report is None:
        return told
    report = original(tx, issue.report)
    url = ctx.jira.known_url(report.issue_key) if report.issue_key else None
    return replace(told, report=report, url=url, tracked=tracked.find(tx, report.id))
