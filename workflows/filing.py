"""Filing a report: one transaction keeps it with everything that must follow; then the issue is created."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.report import Draft, Report
from domain.severity import severity_of
from gateways.jira import NewIssue
from storage import areas, drafts, effects, reports
from storage.database import Transaction
from storage.driver import Kind
from storage.live_messages import Role
from views.issue_text import issue_description, issue_summary
from workflows import showing
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane
from workflows.linking import link_when_ready
from workflows.people import account_patiently, name_of_reporter
from workflows.rotating import on_duty


def file_report(ctx: Context, draft: Draft) -> None:
    """Keep a report and its first effects; the same opening of the form files it once."""
    product = ctx.config.product(draft.product)
    now = ctx.now()
    with ctx.database.transaction() as tx:
        report = reports.add(
            tx,
            draft,
            severity=severity_of(ctx.config.severities, draft.impact, draft.workaround).key,
            area=areas.name_of(tx, product.project, draft.area) if draft.area else None,
            on_duty=on_duty(tx, product, now),
            now=now,
        )
        if report is not None:
            effects.decide(tx, _first_effects(report, product.channel), now)
            drafts.forget(tx, draft.nonce)


def _first_effects(report: Report, channel: str) -> list[Effect]:
    create = Effect("create_issue", f"create_issue:{report.id}", issue_lane(report.id), {"report": report.id})
    card = showing.post(report, Role.CARD, channel)
    ping = [showing.post(report, Role.PING, report.on_duty)] if report.on_duty else []
    receipt = showing.post(report, Role.RECEIPT, report.reporter)
    return [create, card, *ping, receipt]


def _create_issue(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    product = ctx.config.product(report.product)
    severity = ctx.config.severity(report.severity)
    new = NewIssue(
        project=product.project,
        issue_type=product.issue_type,
        summary=issue_summary(report),
        description=issue_description(report, severity, name_of_reporter(ctx, report), product.language),
        priority=severity.priority,
        components=(report.area,) if report.area else (),
        reporter=account_patiently(ctx, report.reporter, attempt),
        fields=product.fields,
        assignee=account_patiently(ctx, report.taken_by, attempt) if report.taken_by else None,
    )
    return ctx.jira.create_issue(new, label=report.label, doubt=attempt.doubt)


def _issue_created(tx: Transaction, ctx: Context, args: Mapping[str, Any], key: str) -> None:
    report = reports.change(tx, reports.lock(tx, args["report"]), issue_key=key)
    showing.refresh(tx, ctx, report)
    link_when_ready(tx, ctx, report)


EFFECTS = (Kind("create_issue", Gateway.JIRA, _create_issue, _issue_created, paces=(JIRA_PACE,)),)
