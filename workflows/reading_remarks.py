"""Reading all that was said about a report, in its thread or on its issue: what was missed comes in so.

What is read again says how everything stands: what was new, edited or deleted meanwhile is found, whatever
became of the events that should have told. Comments are read when Jira says that their issue changed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from domain.conversation import Origin, Remark, Seen, Shared
from domain.effects import NO_ISSUE, Attempt, Gateway, Never
from domain.report import Report
from gateways.jira.comments import Comment
from storage import live_messages, remarks, reports
from storage.database import Transaction
from storage.driver import Kind
from workflows import conversing, issue_comments
from workflows.context import Context
from workflows.lanes import JIRA_PACE, REPLIES_PACE


def _read_thread(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any] | None:
    """Return what a thread holds, and what was known of it before; None where it cannot be read."""
    with ctx.database.reading() as tx:
        card = live_messages.card(tx, args["report"])
        known = remarks.of_report(tx, args["report"])
    if card is None:
        return None
    try:
        found = ctx.slack.thread(card.channel, card.ts)
    except Never:
        return None
    there = {each.id for each in found.said} | found.ours
    return {
        "said": [_as_json(each) for each in found.said],
        "gone": [each.id for each in known if _in_slack(each) not in (None, *there)],
        "latest": max(there, default=None),
        "replies": len(there),
    }


def _in_slack(remark: Remark) -> str | None:
    """Return the ts under which a remark is known to be in the thread; None where it is not."""
    if remark.is_deleted and remark.origin is Origin.SLACK:
        return None
    return remark.source if remark.origin is Origin.SLACK else remark.mirror


def _thread_read(
    tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None
) -> None:
    report = reports.get(tx, args["report"])
    if result is None:
        remarks.looked_at(tx, report.id, read_at=ctx.now())
        return
    for each in map(_from_json, result["said"]):
        conversing.take_in(tx, ctx, report, each)
    for number in result["gone"]:
        remark = remarks.lock(tx, number)
        if remark.origin is Origin.SLACK:
            conversing.take_out(tx, ctx, report, _last_seen(remark))
        elif remark.mirror is not None and remark.wanted is not None:
            conversing.copy_gone(tx, ctx, report, remark)
    remarks.looked_at(tx, report.id, latest=result["latest"], replies=result["replies"], read_at=ctx.now())


def _last_seen(remark: Remark) -> Seen:
    at = datetime.fromtimestamp(0).astimezone()
    return Seen(remark.origin, remark.source, at, "", remark.author, "")


def _read_comments(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any] | None:
    """Return the comments on an issue that are not ours and not known as they are, and which are gone."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
        known = remarks.of_report(tx, report.id)
    if report.issue_key is None:
        raise Never(NO_ISSUE)
    us, found = ctx.jira.us().id, ctx.jira.comments(report.issue_key)
    there = {each.id: each for each in found}
    copies = {each.mirror: each for each in known if each.origin is Origin.SLACK and each.mirror}
    theirs = [each for each in found if each.id not in copies and not _is_ours(each, us)]
    versions = {each.source: each.version for each in known if not each.is_deleted}
    return {
        "said": [_as_json(one) for one in map(_seen, theirs) if versions.get(one.id) != one.version],
        "gone": [each.id for each in known if _in_jira(each) not in (None, *there)],
        "edited": [copies[each.id].id for each in found if each.id in copies and _is_edited(each, us)],
    }


def _is_ours(comment: Comment, us: str) -> bool:
    """Tell whether Bugle made a comment, also under an account it had before."""
    return comment.author_id == us or comment.is_marked


def _is_edited(comment: Comment, us: str) -> bool:
    return comment.changed_by not in (us, comment.author_id)


def _in_jira(remark: Remark) -> str | None:
    """Return the id of the comment under which a remark is known to be on the issue; None where it is not."""
    if remark.origin is Origin.SLACK:
        return remark.mirror
    return None if remark.is_deleted else remark.source


def _seen(comment: Comment) -> Seen:
    text = "" if comment.is_private else comment.body
    return Seen(
        origin=Origin.JIRA,
        id=comment.id,
        said_at=comment.created,
        stamp=comment.stamp,
        author=comment.author[:255],
        text=text,
        is_private=comment.is_private,
    )


def _comments_read(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    report = reports.get(tx, args["report"])
    for each in map(_from_json, result["said"]):
        conversing.take_in(tx, ctx, report, each)
    for remark in _locked(tx, result["gone"]):
        if remark.origin is Origin.JIRA:
            conversing.take_out(tx, ctx, report, _last_seen(remark))
        elif remark.wanted is not None and remark.mirror is not None:
            _note(tx, ctx, report, remark, "copy_removed")
            conversing.copy_gone(tx, ctx, report, remark)
    for remark in _locked(tx, result["edited"]):
        if not remark.noted and remark.wanted is not None:
            _note(tx, ctx, report, remark, "copy_edited")
            remarks.change(tx, remark, noted=True)


def _note(tx: Transaction, ctx: Context, report: Report, remark: Remark, name: str) -> None:
    issue_comments.comment(tx, ctx, report, name, once=str(remark.id), by=remark.author)


def _locked(tx: Transaction, numbers: Iterable[int]) -> list[Remark]:
    return [remarks.lock(tx, each) for each in sorted(numbers)]


def _as_json(seen: Seen) -> dict[str, Any]:
    files = [[each.id, each.name] for each in seen.files]
    told = {"origin": seen.origin, "id": seen.id, "said_at": seen.said_at.isoformat(), "stamp": seen.stamp}
    return {**told, "author": seen.author, "text": seen.text, "files": files, "is_private": seen.is_private}


def _from_json(kept: Mapping[str, Any]) -> Seen:
    files = tuple(Shared(*each) for each in kept["files"])
    said_at, origin = datetime.fromisoformat(kept["said_at"]), Origin(kept["origin"])
    return Seen(**{**kept, "origin": origin, "said_at": said_at, "files": files})


EFFECTS = (
    Kind(conversing.READ_THREAD, Gateway.SLACK, _read_thread, _thread_read, paces=(REPLIES_PACE,)),
    Kind(conversing.READ_COMMENTS, Gateway.JIRA, _read_comments, _comments_read, paces=(JIRA_PACE,)),
)
