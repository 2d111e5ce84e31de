"""Merging a customer into another: all that was told of either, and all that is promised, is the other's."""

from dataclasses import dataclass

from domain.customer import Customer
from domain.customer_editing import Refusal
from storage import audit, customer_issues, customer_merging, customers, reports
from storage.audit import About, Deed
from workflows import customer_showing
from workflows.context import Context
from workflows.customer_editing import may_edit
from workflows.grading import with_customers

SHOWN = 200  # customer issues whose messages are edited at once; older ones when they next change


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge moved: how many customer issues, and links to reports."""

    into: str
    customer_issues: int
    reports: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: to whom, and how many customer issues and links to reports would move."""

    leaving: Customer
    staying: Customer
    customer_issues: int
    reports: int


def preview(ctx: Context, customer: str, into: str, user: str) -> Preview | Refusal:
    """Return what a merge by somebody would do, or why it cannot be."""
    with ctx.database.reading() as tx:
        if not may_edit(tx, ctx, user):
            return Refusal.NOT_ALLOWED
        leaving, staying = customers.profile(tx, customer), customers.profile(tx, into)
        if leaving is None or staying is None:
            return Refusal.GONE
        if leaving.id == staying.id:
            return Refusal.SAME
        moves = customer_merging.counted(tx, leaving.id)
    return Preview(leaving.customer, staying.customer, *moves)


def merge(ctx: Context, customer: str, into: str, by: str | None) -> Merged | None:
    """Merge a customer into another, in one transaction; None where both are one already, or one is gone.

    Customers that were merged before stand for what became of them: however often, and in whatever order,
    one is left. *by* is a Slack user; None: whoever runs Bugle's commands.
    """
    now = ctx.now()
    with ctx.database.transaction() as tx:
        first = customers.profile(tx, customer)
        if first is None:
            return None
        customer_merging.hold_what_hangs_on(tx, first.id)
        customers.hold(tx, [customer, into], alone=True)
        leaving, staying = customers.profile(tx, customer), customers.profile(tx, into)
        if leaving is None or staying is None or leaving.id == staying.id:
            return None
        issues = customer_merging.move_issues(tx, leaving.id, staying.id)
        links, both = customer_merging.move_reports(tx, leaving.id, staying.id)
        _, filled = customer_merging.lead_to(tx, leaving, staying, now)
        for report_id in both:
            report = reports.lock(tx, report_id)
            with_customers(tx, ctx, report, customers.count(tx, report_id))
        for issue_id in customer_merging.shown_of(tx, staying.id, SHOWN):
            customer_showing.refresh(tx, ctx, customer_issues.lock(tx, issue_id))
        told = {"customer_issues": issues, "reports": links, "fields": filled}
        audit.note(tx, Deed.MERGED, About.CUSTOMER, leaving.id, who=by, now=now, into=staying.id, **told)
        audit.note(tx, Deed.MERGED, About.CUSTOMER, staying.id, who=by, now=now, took=leaving.id, **told)
    return Merged(staying.id, issues, links)
