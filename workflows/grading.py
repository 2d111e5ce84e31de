"""How bad a report is: by the rules for its customers, or as triage knows better; Jira's priority follows."""

from collections.abc import Mapping
from typing import Any

from domain.effects import NO_ISSUE, Attempt, Effect, Gateway, Never
from domain.report import Report
from domain.severity import Facts, judge
from domain.triage import Refusal
from storage import effects, reports
from storage.database import Transaction
from storage.driver import Kind
from workflows import acknowledging, escalating, issue_comments, showing, thread_lines
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane
from workflows.triaging import refusal_to


def set_severity(ctx: Context, report_id: str, user: str, *, key: str, reason: str) -> Refusal | None:
    """Give a report another severity for a reason; the same ones again change nothing."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
        if (key, reason) == (report.severity, report.triage.severity_reason):
            return None
        changed = reports.change(tx, report, severity=key, severity_by=user, severity_reason=reason)
        escalating.count_anew(tx, ctx, changed)
        acknowledging.happened(tx, ctx, changed)
        showing.refresh(tx, ctx, changed)
        once = str(changed.version)
        said = {"by": user, "severity": ctx.config.severity(key).name, "reason": reason}
        thread_lines.say(tx, ctx, changed, "severity", once=once, **said)
        issue_comments.comment(tx, ctx, changed, "severity", once=once, **said)
        prioritise(tx, ctx, changed)
    return None


def with_customers(tx: Transaction, ctx: Context, report: Report, number: int) -> Report:
    """Note how many customers a locked report is about; its severity follows, unless a person has set it."""
    judged = judge(ctx.config.severities, Facts(report.impact, report.workaround, number))
    by_rule = report.triage.severity_by is None and report.triage.is_open
    if not by_rule or judged.severity.key == report.severity:
        changed = reports.change(tx, report, customers=number)
    else:
        found = {"severity": judged.severity.key, "severity_reasons": dict(judged.reasons)}
        changed = reports.change(tx, report, customers=number, **found)
        escalating.count_anew(tx, ctx, changed)
        acknowledging.happened(tx, ctx, changed)
        said = {"severity": judged.severity.name, "number": number}
        thread_lines.say(tx, ctx, changed, "severity_by_rule", once=str(changed.version), **said)
        prioritise(tx, ctx, changed)
    showing.refresh(tx, ctx, changed)
    return changed


def prioritise(tx: Transaction, ctx: Context, report: Report) -> None:
    """Decide that Jira's priority follows a report's severity."""
    key = f"set_priority:{report.id}:{report.version}"
    args = {"report": report.id}
    effects.decide(tx, [Effect("set_priority", key, issue_lane(report.id), args)], ctx.now())


def _set_priority(ctx: Context, args: Mapping[str, Any], _: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    name = ctx.config.severity(report.severity).priority
    if name is None:
        return "this severity has no priority of its own"
    return name if ctx.jira.set_priority(report.issue_key, name) else "the project has no priorities to set"


EFFECTS = (Kind("set_priority", Gateway.JIRA, _set_priority, paces=(JIRA_PACE,)),)
