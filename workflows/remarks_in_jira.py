"""Replies in the threads of cards as comments on their issues: made, edited and removed like the replies."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from domain.conversation import Remark
from domain.effects import NO_ISSUE, Attempt, Doubt, Gateway, LockedOut, Never, TryAgain
from domain.report import Report
from storage import remarks, reports
from storage.database import Transaction
from storage.driver import Kind
from views.conversation import said_in_slack
from workflows import conversing, issue_comments
from workflows.context import Context
from workflows.lanes import JIRA_PACE

NAMED = 20  # people and channels whose names are asked for in one reply

T = TypeVar("T")


def _show(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    """Bring a comment to how its reply stands; return its id and the version it shows."""
    with ctx.database.reading() as tx:
        remark = remarks.get(tx, args["remark"])
        report = reports.get(tx, remark.report)
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    if remark.is_settled and not (attempt.doubt and remark.mirror is None):
        return {"comment": remark.mirror, "version": remark.shown}
    marker, doubt = f"remark.{remark.id}", _doubt(remark, attempt)
    if remark.wanted is None:
        comment = remark.mirror or _made(ctx, report.issue_key, marker, doubt)
        if comment is not None:
            ctx.jira.delete_comment(report.issue_key, comment)
        return {"comment": None, "version": None}
    if asked_of_slack(lambda: ctx.slack.person(remark.author)).is_external:
        return {"comment": remark.mirror, "version": remark.shown, "outsider": True}
    body = _render(ctx, report, remark)
    if remark.mirror is None:
        comment = ctx.jira.comment(report.issue_key, body, marker=marker, doubt=doubt)
        # One that was found shows what was so when it was made: nobody knows which version.
        return {"comment": comment, "version": "" if doubt else remark.version}
    is_there = ctx.jira.edit_comment(report.issue_key, remark.mirror, body)
    return {"comment": remark.mirror, "version": remark.version, "gone": not is_there}


def _doubt(remark: Remark, attempt: Attempt) -> Doubt | None:
    """Return since when there may be a comment: also an effect that has died since may have made it."""
    if attempt.doubt is not None or remark.version.partition(" ")[0] == remark.source:
        return attempt.doubt
    return Doubt(datetime.fromtimestamp(float(remark.source), UTC), timedelta(0))


def _made(ctx: Context, key: str, marker: str, doubt: Doubt | None) -> str | None:
    return ctx.jira.find_comment(key, marker=marker, since=doubt.since) if doubt else None


def _render(ctx: Context, report: Report, remark: Remark) -> str:
    asked: dict[str, str] = {}

    def name(id_: str) -> str:
        if id_ not in asked and len(asked) < NAMED:
            asked[id_] = asked_of_slack(lambda: _name(ctx, id_))
        return asked.get(id_, id_)

    author = asked_of_slack(lambda: ctx.slack.person(remark.author)).name
    files = [each.name for each in remark.files]
    return said_in_slack(author, remark.text or "", files, name, ctx.config.product(report.product).language)


def _name(ctx: Context, id_: str) -> str:
    try:
        return ctx.slack.person(id_).name if id_.startswith(("U", "W")) else ctx.slack.channel(id_).name
    except Never:
        return id_


def asked_of_slack(ask: Callable[[], T]) -> T:
    """Return what Slack says; an effect of Jira's waits with its own where Slack does not let us in."""
    try:
        return ask()
    except LockedOut as locked:
        raise TryAgain(locked.reason) from locked


def _shown(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    remark = remarks.lock(tx, args["remark"])
    if result.get("gone"):
        report = reports.get(tx, remark.report)
        issue_comments.comment(tx, ctx, report, "copy_removed", once=str(remark.id), by=remark.author)
        conversing.copy_gone(tx, ctx, report, remark)
        return
    kept = {"is_kept": True} if result.get("outsider") else {}
    changed = remarks.change(tx, remark, mirror=result["comment"], shown=result["version"], **kept)
    conversing.settle(tx, ctx, changed)


def _detach(ctx: Context, args: Mapping[str, Any], _: Attempt) -> list[str]:
    """Remove the files of a reply that is not to be seen in Jira; return those by their ids in Slack."""
    with ctx.database.reading() as tx:
        remark = remarks.get(tx, args["remark"])
    if remark.wanted is not None:
        return []
    for attachment in remark.attachments.values():
        ctx.jira.detach(attachment)
    return list(remark.attachments)


def _detached(tx: Transaction, _: Context, args: Mapping[str, Any], gone: list[str]) -> None:
    remark = remarks.lock(tx, args["remark"])
    left = {file: there for file, there in remark.attachments.items() if file not in gone}
    remarks.change(tx, remark, attachments=left)


EFFECTS = (
    Kind(conversing.COMMENT, Gateway.JIRA, _show, _shown, paces=(JIRA_PACE,)),
    Kind(conversing.DETACH, Gateway.JIRA, _detach, _detached, paces=(JIRA_PACE,)),
)
