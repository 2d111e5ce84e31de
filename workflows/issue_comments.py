"""Comments on a report's Jira issue: who reads Jira reads there what happened in Slack."""

from collections.abc import Mapping
from typing import Any

from domain.effects import NO_ISSUE, Attempt, Effect, Gateway, Never
from domain.report import Report
from storage import effects, reports
from storage.database import Transaction
from storage.driver import Kind
from views.comment_text import issue_comment
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane


def comment(
    tx: Transaction, ctx: Context, report: Report, name: str, *, once: str, by: str, **values: Any
) -> None:
    """Decide a comment by its name in `views/comment_text.py`, said by a person (Slack user id).

    `once` tells it from other comments of that name on the issue. It comes after the issue was made, whose
    lane it is in; its first line names the person.
    """
    said = Effect(
        "comment_issue",
        f"comment_issue:{report.id}:{name}:{once}",
        issue_lane(report.id),
        {"report": report.id, "comment": name, "by": by, "values": values},
    )
    effects.decide(tx, [said], ctx.now())


def _comment(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    language = ctx.config.product(report.product).language
    body = issue_comment(args["comment"], ctx.slack.person(args["by"]).name, args["values"], language)
    return ctx.jira.comment(report.issue_key, body, marker=attempt.key, doubt=attempt.doubt)


EFFECTS = (Kind("comment_issue", Gateway.JIRA, _comment, paces=(JIRA_PACE,)),)
