"""Files that people add to a report: from Slack to its Jira issue, each once, never whole in memory."""

from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

from domain.effects import NO_ISSUE, Attempt, Effect, Gateway, LockedOut, Never, TryAgain
from domain.files import Loss, Lost, safe_name
from domain.report import Report
from storage import effects, remarks, reports
from storage.database import Transaction
from storage.driver import Kind
from views.file_notes import file_lost
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, JIRA_PACE, POST_PACE, issue_lane, slack_lane
from workflows.reaching import reader_of


def attach(
    tx: Transaction,
    ctx: Context,
    report: Report,
    files: Sequence[str],
    *,
    by: str,
    remark: int | None = None,
) -> None:
    """Decide that files (Slack file ids) reach a report's issue, each once; `by` hears of what cannot.

    They come after the issue was made, whose lane they are in. Those of a remark only while it is seen there.
    """
    decided = [
        Effect(
            "attach_file",
            f"attach_file:{report.id}:{file}",
            issue_lane(report.id),
            {"report": report.id, "file": file, "by": by, "remark": remark},
        )
        for file in files
    ]
    effects.decide(tx, decided, ctx.now())


def _attach(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
        remark = remarks.get(tx, args["remark"]) if args.get("remark") else None
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    if remark is not None and remark.wanted is None:
        return {}
    try:
        return {"attachment": _carry(ctx, report.issue_key, args["file"], attempt)}
    except Lost as lost:
        return {"lost": lost.loss, "name": lost.name, "limit": lost.limit, "reason": lost.reason}
    except LockedOut as locked:
        if locked.gateway is Gateway.JIRA:
            raise
        raise TryAgain(locked.reason) from locked  # it waits with the effects of Jira, which is not paused


def _carry(ctx: Context, key: str, file_id: str, attempt: Attempt) -> str:
    """Bring one file over by way of the disk; Lost where that cannot be."""
    file = ctx.slack.file(file_id)
    limit = ctx.jira.attachment_limit()
    if file.size > limit:
        reason = f"file {file_id} has {file.size} bytes; Jira takes {limit}"
        raise Lost(reason, Loss.TOO_LARGE, file.name, limit)
    name = safe_name(file.name, otherwise=file.id)
    with TemporaryFile() as spool:
        ctx.slack.download(file, spool)
        return ctx.jira.attach(key, name, spool, spool.tell(), doubt=attempt.doubt)


def _attached(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    if "lost" in result:
        key = f"tell_file_lost:{args['report']}:{args['file']}"
        about = {**args, **{name: result[name] for name in ("lost", "name", "limit")}}
        tell = Effect("tell_file_lost", key, slack_lane(args["by"]), about)
        effects.decide(tx, [tell], ctx.now())
    if "attachment" in result and args.get("remark"):
        remarks.attached(tx, args["remark"], args["file"], result["attachment"])


def _tell_lost(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    reader = reader_of(ctx, args["by"])
    if reader is None:
        return None
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    url = ctx.jira.browse_url(report.issue_key) if report.issue_key else None
    issue = report.issue_key or ctx.config.product(report.product).name
    loss = Loss(args["lost"])
    message = file_lost(loss, args["name"], args["limit"], issue=issue, url=url, language=reader.language)
    place = ctx.slack.direct_channel(args["by"])
    return ctx.slack.post(place, message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (
    Kind("attach_file", Gateway.JIRA, _attach, _attached, paces=(JIRA_PACE,)),
    Kind("tell_file_lost", Gateway.SLACK, _tell_lost, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
