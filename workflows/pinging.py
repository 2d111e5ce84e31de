"""What an engineer does with a ping: acknowledge it, take the report."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Never
from storage import effects, reports
from storage.driver import Kind
from views.comment_text import issue_comment
from workflows import showing, thread_lines
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane
from workflows.people import jira_account


def acknowledge(ctx: Context, report_id: str, user: str) -> None:
    """Note that somebody looks at a report; the first one counts, and a second press changes nothing."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if report.acknowledged_by is None and report.taken_by is None:
            changed = reports.change(tx, report, acknowledged_by=user, acknowledged_at=ctx.now())
            showing.refresh(tx, ctx, changed)


def owner(ctx: Context, report_id: str) -> str | None:
    """Return who took a report, or None."""
    with ctx.database.reading() as tx:
        return reports.get(tx, report_id).taken_by


def take(ctx: Context, report_id: str, user: str) -> None:
    """Make somebody the owner of a report; the first to take it has it."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if report.taken_by is not None:
            return
        changed = reports.change(tx, report, taken_by=user, taken_at=ctx.now())
        showing.refresh(tx, ctx, changed)
        assign = Effect(
            "assign_issue", f"assign_issue:{report.id}", issue_lane(report.id), {"report": report.id}
        )
        effects.decide(tx, [assign], ctx.now())
        thread_lines.say(tx, ctx, report, "taken", once="", by=user)


def _assign_issue(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    if report.issue_key is None or report.taken_by is None:
        raise Never("there is no issue to assign")
    account = jira_account(ctx, report.taken_by)
    if account is not None:
        ctx.jira.assign(report.issue_key, account)
        return "assigned"
    name = ctx.slack.person(report.taken_by).name
    body = issue_comment("owned", name, {}, ctx.config.product(report.product).language)
    ctx.jira.comment(report.issue_key, body, marker=attempt.key, doubt=attempt.doubt)
    return "written in a comment"


EFFECTS = (Kind("assign_issue", Gateway.JIRA, _assign_issue, paces=(JIRA_PACE,)),)
