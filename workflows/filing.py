"""Filing a report: one transaction keeps it with everything that must follow; then the issue is created."""

from collections.abc import Mapping
from typing import Any

from domain.create_fields import Kind, value_of
from domain.customer import Customer
from domain.effects import Attempt, Effect, Gateway
from domain.report import Draft, Report
from domain.severity import Facts, judge
from gateways.jira import Account, NewIssue
from storage import also_reported, customers, effects, report_events, reports, similar, tracked
from storage.database import Transaction
from storage.driver import Kind as Effectful
from storage.live_messages import Role
from storage.similar import Found
from views.issue_text import issue_description, issue_summary
from workflows import (
    attaching,
    completing,
    drafting,
    duplicates,
    escalating,
    hanging,
    pinging,
    promised,
    showing,
)
from workflows.context import Context
from workflows.duplicate_links import link_when_ready as link_duplicates
from workflows.lanes import JIRA_PACE, issue_lane
from workflows.linking import link_when_ready
from workflows.people import account_patiently, name_of_reporter
from workflows.rotating import on_duty


class CameSince(Exception):
    """Something that is likely the same problem has come since a draft was compared with what is there."""


def file_report(ctx: Context, draft: Draft, *, unlike: Found | None = None) -> bool:
    """Keep a report and its first effects; the same opening of the form files, or joins, once.

    Tells whether that was now. `unlike` is a search that found nothing likely to be the same problem; where
    something has come since, nothing is kept and CameSince raised.
    """
    product = ctx.config.product(draft.product)
    now = ctx.now()
    with ctx.database.transaction() as tx:
        if also_reported.report_of(tx, draft.nonce) is not None:
            return False
        if unlike is not None and similar.has_likely_since(tx, product.key, unlike):
            raise CameSince
        brought = bring(tx, draft)
        judged = judge(ctx.config.severities, Facts(draft.impact, draft.workaround, len(brought)))
        duty = on_duty(tx, product.key, draft.area, now)
        report = reports.add(
            tx,
            draft,
            severity=judged.severity.key,
            reasons=judged.reasons,
            customers=len(brought),
            on_duty=duty.person if duty else None,
            now=now,
        )
        if report is not None:
            customers.keep_for(tx, report.id, brought, brought_by=report.reporter, now=now)
            hanging.from_form(tx, ctx, report, draft, brought)
            duplicates.remember(tx, report)
            promised.begin(tx, ctx, report)
            effects.decide(tx, [*_first_effects(report, product.channel), *pinging.first(tx, report)], now)
            if report.on_duty is None:
                report = escalating.ask_first(tx, ctx, report)
            attaching.attach(tx, ctx, report, draft.files, by=report.reporter)
            completing.ask(tx, ctx, report)
            # Homes show it once one of its messages is posted (showing.refresh): that need not wait for here.
    if report is not None:
        drafting.filed(ctx, draft.nonce)
    return report is not None


def has_filed_another(ctx: Context, draft: Draft) -> bool:
    """Tell whether this opening of the form has filed a report that says something else."""
    with ctx.database.reading() as tx:
        report = reports.with_nonce(tx, draft.nonce)
    return report is not None and report.happened != draft.happened


def bring(tx: Transaction, draft: Draft) -> list[Customer]:
    """Return the customers that a reporter named, once each; those nobody named before are kept first.

    With them comes the one whose words the report is made from.
    """
    brought = draft.customers
    known = (*brought.known, *hanging.source_of(tx, draft))
    found = [*customers.hold(tx, known), *customers.keep(tx, brought.new)]
    return list({each.id: each for each in found}.values())


def create(report: Report) -> Effect:
    """Return the effect that makes a report's issue."""
    return Effect("create_issue", f"create_issue:{report.id}", issue_lane(report.id), {"report": report.id})


def _first_effects(report: Report, channel: str) -> list[Effect]:
    card = showing.post(report, Role.CARD, channel)
    receipt = showing.post(report, Role.RECEIPT, report.reporter)
    return [create(report), card, receipt]


def _create_issue(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
        about = customers.of_report(tx, report.id)
    product = ctx.config.product(report.product)
    severity = ctx.config.severity(report.severity)
    reporter = name_of_reporter(ctx, report)
    assignee = account_patiently(ctx, report.taken_by, attempt) if report.taken_by else None
    if assignee is not None:
        with ctx.database.transaction() as tx:
            tracked.note_assigned(tx, report.id, account=assignee.id, person=report.taken_by)
    new = NewIssue(
        project=product.project,
        issue_type=product.issue_type,
        summary=issue_summary(report),
        description=issue_description(report, severity, reporter, product.language, about),
        priority=severity.priority,
        components=(report.area,) if report.area else (),
        versions=(report.found_in,) if report.found_in else (),
        environment=report.environment,
        reporter=account_patiently(ctx, report.reporter, attempt),
        fields=_fields(report) | dict(product.fields),
        people=_people(ctx, report, attempt),
        assignee=assignee,
    )
    return ctx.jira.create_issue(new, label=report.label, doubt=attempt.doubt)


def _fields(report: Report) -> dict[str, Any]:
    """Return the project's own fields as Jira takes them, but for people."""
    return {
        field: value_of(answer.kind, answer.given)
        for field, answer in report.fields.items()
        if not answer.names_people
    }


def _people(ctx: Context, report: Report, attempt: Attempt) -> dict[str, Account | tuple[Account, ...]]:
    """Return the fields that name people, with those whom Jira knows."""
    fields: dict[str, Account | tuple[Account, ...]] = {}
    for field, answer in report.fields.items():
        if not answer.names_people:
            continue
        asked = [account_patiently(ctx, user, attempt) for user in answer.given]
        known = tuple(account for account in asked if account is not None)
        if known:
            fields[field] = known if answer.kind is Kind.USERS else known[0]
    return fields


def _issue_created(tx: Transaction, ctx: Context, args: Mapping[str, Any], key: str) -> None:
    report = reports.change(tx, reports.lock(tx, args["report"]), issue_key=key)
    report_events.note(tx, report.id, "issue_created", once="", at=ctx.now(), key=key)
    showing.refresh(tx, ctx, report)
    link_when_ready(tx, ctx, report)
    link_duplicates(tx, ctx, report)
    hanging.show_anew(tx, ctx, report)


EFFECTS = (Effectful("create_issue", Gateway.JIRA, _create_issue, _issue_created, paces=(JIRA_PACE,)),)
