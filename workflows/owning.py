"""Whose a report is: taken, assigned to somebody, handed back to the rotation; Jira's assignee follows."""

from collections.abc import Mapping
from typing import Any

from domain.effects import NO_ISSUE, Attempt, Effect, Gateway, Never
from domain.report import Report
from domain.triage import Refusal, Why
from gateways.jira import Account
from storage import effects, reports, tracked
from storage.database import Transaction
from storage.driver import Kind
from views.comment_text import issue_comment
from workflows import asking_order, direct_notes, escalating, issue_comments, showing, thread_lines
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane
from workflows.people import jira_account
from workflows.triaging import refusal_to

UNKNOWN = "written in a comment"
ASSIGNEE = "assignee"  # the field of Jira's that we set


def take(ctx: Context, report_id: str, user: str) -> Refusal | None:
    """Make somebody the owner of a report that nobody owns; the first to take it has it."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
        if report.taken_by is not None:
            return None if report.taken_by == user else Refusal(Why.TAKEN, by=report.taken_by)
        changed = _owned(tx, ctx, report, user)
        thread_lines.say(tx, ctx, changed, "taken", once=str(changed.version), by=user)
    return None


def why_not_taken(ctx: Context, report_id: str, user: str) -> Refusal | None:
    """Return why a report that somebody pressed Take on is not theirs; None where it is."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
        if report.taken_by == user:
            return None
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
    return Refusal(Why.TAKEN, by=report.taken_by) if report.taken_by else None


def assign(ctx: Context, report_id: str, user: str, *, to: str) -> Refusal | None:
    """Make a report another person's, whoever has it; giving it to its owner changes nothing."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
        if report.taken_by == to:
            return None
        changed = _owned(tx, ctx, report, to)
        once = str(changed.version)
        if to == user:
            thread_lines.say(tx, ctx, changed, "taken", once=once, by=user)
        else:
            thread_lines.say(tx, ctx, changed, "assigned", once=once, by=user, to=to)
            direct_notes.write(tx, ctx, changed, "assigned", to=to, once=once, by=user)
    return None


def hand_to_rotation(ctx: Context, report_id: str, user: str) -> Refusal | None:
    """Give a report back to whoever is on duty now for its area; where it is with them nothing changes."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if refusal := refusal_to(tx, ctx, report, user):
            return refusal
        asked = asking_order.first(tx, report, ctx.now())
        first = asked.member if asked else None
        if report.taken_by is None and report.acknowledged_by is None and report.on_duty == first:
            return None
        nobody = {"taken_by": None, "taken_at": None, "acknowledged_by": None, "acknowledged_at": None}
        changed = reports.change(tx, report, on_duty=first, handed_at=ctx.now(), **nobody)
        showing.refresh(tx, ctx, changed)
        once = str(changed.version)
        if report.taken_by is not None:
            effects.decide(tx, [assignment(changed, str(changed.version))], ctx.now())
        to = first if asked and asked.via is None else None
        thread_lines.say(tx, ctx, changed, "handed", once=once, by=user, to=to)
        escalating.ask_first(tx, ctx, changed)
    return None


def hand_over(tx: Transaction, ctx: Context, report: Report, *, before: str | None, to: str) -> None:
    """Make a locked report that somebody held, by owning it or being asked, that of who accepts it."""
    changed = _owned(tx, ctx, report, to)
    thread_lines.say(tx, ctx, changed, "handed_over", once=str(changed.version), by=to, owner=before)


def _owned(tx: Transaction, ctx: Context, report: Report, owner: str) -> Report:
    changed = reports.change(tx, report, taken_by=owner, taken_at=ctx.now())
    showing.refresh(tx, ctx, changed)
    effects.decide(tx, [assignment(changed, str(changed.version))], ctx.now())
    return changed


def assignment(report: Report, once: str) -> Effect:
    """Return the effect that makes a report's issue its owner's; *once* tells it from others on the issue."""
    key = f"assign_issue:{report.id}:{once}"
    return Effect("assign_issue", key, issue_lane(report.id), {"report": report.id})


def _assign_issue(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | dict[str, str]:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    account = jira_account(ctx, report.taken_by) if report.taken_by else None
    if report.taken_by is None:
        ctx.jira.assign(report.issue_key, None)
        return "assigned to nobody"
    if account is not None:
        # Before the call: who reads the issue right after it must not take this for a deed of somebody else.
        with ctx.database.transaction() as tx:
            tracked.note_assigned(tx, report.id, account=account.id, person=report.taken_by)
        refused = _assign_if_taken(ctx, report.issue_key, account)
        return {"owner": report.taken_by, "refused": refused} if refused else "assigned"
    name = ctx.slack.person(report.taken_by).name
    body = issue_comment("owned", name, {}, ctx.config.product(report.product).language)
    ctx.jira.comment(report.issue_key, body, marker=attempt.key, doubt=attempt.doubt)
    return UNKNOWN


def _assign_if_taken(ctx: Context, key: str, account: Account) -> str | None:
    """Assign an issue; where Jira does not take that person it is nobody's. Return what Jira said then."""
    try:
        ctx.jira.assign(key, account)
    except Never as refusal:
        if refusal.refused.keys() != {ASSIGNEE}:
            raise
        _let_go(ctx, key)
        return refusal.refused[ASSIGNEE]
    return None


def _let_go(ctx: Context, key: str) -> None:
    """Make an issue nobody's, unless its project does not have such issues."""
    try:
        ctx.jira.assign(key, None)
    except Never as refusal:
        if refusal.refused.keys() != {ASSIGNEE}:
            raise


def _assigned(
    tx: Transaction, ctx: Context, args: Mapping[str, Any], result: str | Mapping[str, str]
) -> None:
    """Say whom Jira does not take; offer one whom it does not know to link their account, once a report."""
    report = reports.get(tx, args["report"])
    if not isinstance(result, str):
        owner, once = result["owner"], str(report.version)
        project = ctx.config.product(report.product).project
        said = {"owner": owner, "said": result["refused"], "project": project}
        thread_lines.say(tx, ctx, report, "not_assignable", once=once, **said)
        issue_comments.comment(tx, ctx, report, "not_assignable", once=once, by=owner)
        return
    if result == UNKNOWN and report.taken_by is not None:
        owner = report.taken_by
        direct_notes.write(tx, ctx, report, "unknown_in_jira", to=owner, once="", by=owner)


EFFECTS = (Kind("assign_issue", Gateway.JIRA, _assign_issue, _assigned, paces=(JIRA_PACE,)),)
