"""Joining a report: a rep says that their bug is one reported before, and their customers count there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.customer import Customer
from domain.effects import NO_ISSUE, Attempt, Effect, Gateway, Never
from domain.happened import Part
from domain.report import Draft, Report
from domain.severity import Facts, judge
from storage import also_reported, customers, drafts, effects, reports
from storage.database import Transaction
from storage.driver import Kind
from storage.live_messages import Role
from views.check_step import Same
from workflows import attaching, duplicates, hanging, issue_comments, promised, showing, thread_lines
from workflows.context import Context
from workflows.filing import bring
from workflows.grading import with_customers
from workflows.lanes import JIRA_PACE, issue_lane


def join(ctx: Context, draft: Draft, same: Same) -> None:
    """Let a draft be about a report, or an issue, that is there; its form does so, or files, once."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        if reports.with_nonce(tx, draft.nonce) is not None:
            return
        report = _report(tx, ctx, draft, same, now)
        if also_reported.add(tx, draft, report.id, now):
            brought = bring(tx, draft)
            number = customers.add_to(tx, report.id, brought, brought_by=draft.reporter, now=now)
            hanging.from_form(tx, ctx, report, draft, brought)
            _tell(tx, ctx, report, draft, brought)
            with_customers(tx, ctx, report, number)
            duplicates.remember_joined(tx, report, draft.happened)
            drafts.forget(tx, draft.nonce)


def joined(ctx: Context, nonce: str) -> Report | None:
    """Return the report that this opening of the form joined, or None."""
    with ctx.database.reading() as tx:
        report_id = also_reported.report_of(tx, nonce)
        return reports.get(tx, report_id) if report_id else None


def _report(tx: Transaction, ctx: Context, draft: Draft, same: Same, now: datetime) -> Report:
    """Return the report it is, locked; an issue that was made in Jira gets one.

    Of one that was closed as a duplicate since, that is its original.
    """
    key = same.key or ""
    found = same.report or (reports.of_issue(tx, key) or _report_for_issue(tx, ctx, draft, key, now)).id
    report = reports.lock(tx, found)
    while report.triage.duplicate_of is not None:
        report = reports.lock(tx, report.triage.duplicate_of)
    return report


def _report_for_issue(tx: Transaction, ctx: Context, draft: Draft, key: str, now: datetime) -> Report:
    """Keep a report for an issue made in Jira: it is there already, and its engineers know of it."""
    judged = judge(ctx.config.severities, Facts(draft.impact, draft.workaround))
    made = reports.add(
        tx,
        draft,
        severity=judged.severity.key,
        reasons=judged.reasons,
        customers=0,
        on_duty=None,
        now=now,
        issue_key=key,
    )
    if made is None:  # another rep has joined the same issue this moment
        found = reports.of_issue(tx, key)
        assert found is not None
        return found
    duplicates.remember(tx, made)
    promised.begin(tx, ctx, made)
    channel = ctx.config.product(draft.product).channel
    label = Effect("label_issue", f"label_issue:{made.id}", issue_lane(made.id), {"report": made.id})
    effects.decide(tx, [label, showing.post(made, Role.CARD, channel)], now)
    return made


def _tell(tx: Transaction, ctx: Context, report: Report, draft: Draft, brought: list[Customer]) -> None:
    """Decide what is said of it: in the card's thread, in the issue, to the one who joined."""
    names = [each.name for each in brought]
    told = {part.value: draft.happened.part(part) for part in Part}
    thread_lines.say(tx, ctx, report, "also_reported", once=draft.nonce, by=draft.reporter, customers=names)
    issue_comments.comment(
        tx, ctx, report, "also_reported", once=draft.nonce, by=draft.reporter, customers=names, **told
    )
    effects.decide(tx, [showing.post(report, Role.RECEIPT, draft.reporter)], ctx.now())
    attaching.attach(tx, ctx, report, draft.files, by=draft.reporter)


def _label(ctx: Context, args: Mapping[str, Any], _: Attempt) -> None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    ctx.jira.add_label(report.issue_key, report.label)


EFFECTS = (Kind("label_issue", Gateway.JIRA, _label, paces=(JIRA_PACE,)),)
