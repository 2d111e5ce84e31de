"""Customer issues that hang on a report: each customer it is about told us of it, and hears how it ends.

They stay on the report that they were brought for. What is closed as a duplicate leads to its original, and
leads nowhere once it is opened again; so nothing has to be moved with it, and back.

The report is locked before the customer issue, always.
"""

from collections.abc import Sequence
from typing import Any

from domain.customer import Customer
from domain.customer_issue import CustomerIssue, Origin, State, Told
from domain.report import Draft, Report
from domain.settling import Refusal, Why
from domain.triage import State as ReportState
from storage import customer_issues, customer_links, customers, reports
from storage.database import Transaction
from workflows import attaching, closing, customer_showing, direct_notes, issue_comments, thread_lines
from workflows.context import Context
from workflows.customer_changes import change
from workflows.customer_rights import refusal_to
from workflows.duplicates import original
from workflows.grading import with_customers


def from_form(
    tx: Transaction, ctx: Context, report: Report, draft: Draft, brought: Sequence[Customer]
) -> None:
    """Let what a form tells of hang on its report: the customer issue it was made from, and each customer's.

    Nobody is shown the latter: the report's card says all. Done before an ack, it costs nothing where no
    customer was chosen, and else one insert.
    """
    made_from = _made_from(tx, ctx, report, draft, brought) if draft.customer_issue else None
    told = [
        _told(draft, each, f"bug_form:{draft.nonce}:{each.id}")
        for each in brought
        if made_from is None or each.id != made_from.told.customer
    ]
    customer_issues.add_held(tx, told, ctx.now(), **_decided(ctx, report, draft.reporter))
    if not report.triage.is_open:
        closing.consider(tx, ctx, report)


def told_anew(
    tx: Transaction, ctx: Context, report: Report, draft: Draft, brought: Sequence[Customer]
) -> None:
    """Let the same hang on a report that its reporter tells anew: who is named no longer told nothing."""
    mine = [
        each
        for each in customer_issues.of_report(tx, report.id)
        if each.told.origin is Origin.BUG_FORM and each.told.brought_by == draft.reporter
    ]
    named = {each.id for each in brought}
    for each in mine:
        if each.told.customer not in named:
            nobody = {"customer": None, "report": None, "state": State.NOT_OURS}
            change(tx, ctx, customer_issues.lock(tx, each.id), draft.reporter, **nobody)
    there = {each.told.customer for each in customer_issues.of_report(tx, report.id)}
    told = [
        _told(draft, each, f"mended:{report.id}:{report.version}:{each.id}")
        for each in brought
        if each.id not in there
    ]
    customer_issues.add_held(tx, told, ctx.now(), **_decided(ctx, report, draft.reporter))


def source_of(tx: Transaction, draft: Draft) -> tuple[str, ...]:
    """Return the customer of the customer issue that a draft is made from, where one is known."""
    if draft.customer_issue is None:
        return ()
    customer = customer_issues.get(tx, draft.customer_issue).told.customer
    return (customer,) if customer else ()


def hang(ctx: Context, issue_id: str, user: str, *, on: str) -> Refusal | None:
    """Let a customer issue hang on a report that is there; its customer counts there from now on."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, original(tx, on).id)
        while report.triage.duplicate_of is not None:  # closed this moment
            report = reports.lock(tx, report.triage.duplicate_of)
        issue = customer_issues.lock(tx, issue_id)
        if issue.report is not None and original(tx, issue.report).id == report.id:
            return None  # pressed twice
        if refusal := refusal_to(ctx, issue, user):
            return refusal
        if report.triage.state is ReportState.NOT_A_BUG:
            return Refusal(Why.NO_BUG, report.triage.closed_by)
        changed = change(tx, ctx, issue, user, **_decided(ctx, report, user))
        _tell(tx, ctx, report, changed, user)
        if not report.triage.is_open:
            closing.consider(tx, ctx, report)
    return None


def let_go(tx: Transaction, ctx: Context, issue: CustomerIssue, report: Report) -> None:
    """Let a customer issue hang on a report no longer, both locked: its customer counts there no more.

    Unless that customer told us of it in another way too, or somebody else had named it.
    """
    closing.hangs_no_more(tx, ctx, issue, report.id)
    customer = issue.told.customer
    others = [each for each in customer_issues.of_report(tx, report.id) if each.id != issue.id]
    if customer is None or any(each.told.customer == customer for each in others):
        return
    number = customer_links.take_from(tx, report.id, customer, brought_by=issue.settled_by or "")
    if number != report.customers:
        with_customers(tx, ctx, report, number)


def show_anew(tx: Transaction, ctx: Context, report: Report) -> None:
    """Show those that hang on a locked report as it is now: it has its key, or was closed or opened."""
    for issue_id in customer_links.shown_about(tx, report.id):
        changed = customer_issues.change(tx, customer_issues.lock(tx, issue_id))
        customer_showing.refresh(tx, ctx, changed)


def _made_from(
    tx: Transaction, ctx: Context, report: Report, draft: Draft, brought: Sequence[Customer]
) -> CustomerIssue:
    """Let the customer issue that a form was opened from hang on its report, unless it was settled since."""
    assert draft.customer_issue is not None
    issue = customer_issues.lock(tx, draft.customer_issue)
    if not issue.is_open:
        values = {"settled_by": issue.settled_by}
        direct_notes.write(
            tx, ctx, report, "settled_before", to=draft.reporter, once=issue.id, by=draft.reporter, **values
        )
        return issue
    whose = {"customer": brought[0].id} if issue.told.customer is None and len(brought) == 1 else {}
    return change(tx, ctx, issue, draft.reporter, **whose, **_decided(ctx, report, draft.reporter))


def _tell(tx: Transaction, ctx: Context, report: Report, issue: CustomerIssue, user: str) -> None:
    """Count the customer, and say it in the card's thread and in the issue; its files go there too."""
    held = customers.hold(tx, [issue.told.customer]) if issue.told.customer else []
    number = customers.add_to(tx, report.id, held, brought_by=user, now=ctx.now())
    said: dict[str, Any] = {"customers": [each.name for each in held], "quote": issue.told.quote}
    thread_lines.say(tx, ctx, report, "customer_told", once=issue.id, by=user, **said)
    issue_comments.comment(tx, ctx, report, "customer_told", once=issue.id, by=user, **said)
    attaching.attach(tx, ctx, report, issue.told.files, by=user)
    if number != report.customers:
        with_customers(tx, ctx, report, number)


def _told(draft: Draft, customer: Customer, nonce: str) -> Told:
    return Told(
        nonce,
        Origin.BUG_FORM,
        draft.product,
        draft.happened.actual,
        customer=customer.id,
        area=draft.area,
        language=draft.language,
        brought_by=draft.reporter,
        source_url=draft.source_url,
        help_desk_url=draft.help_desk_url,
        effort=draft.effort,
    )


def _decided(ctx: Context, report: Report, user: str) -> dict[str, Any]:
    return {"state": State.BUG, "report": report.id, "settled_by": user, "settled_at": ctx.now()}
