"""Comments on issues in the threads of their reports' cards: posted, edited and removed like the comments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.conversation import Remark
from domain.effects import Attempt, Gateway, LockedOut, Never, TryAgain
from domain.message import Message
from domain.report import Report
from storage import live_messages, remarks, reports
from storage.database import Transaction
from storage.driver import Kind
from views.conversation import said_in_jira
from views.slack_from_wiki import mentioned
from workflows import conversing
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE
from workflows.showing import keep_inside

NAMED = 10  # accounts whose names are asked for in one comment


def _show(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any] | None:
    """Bring a reply to how its comment stands; return its ts and what it shows, None without a card."""
    with ctx.database.reading() as tx:
        remark = remarks.get(tx, args["remark"])
        report = reports.get(tx, remark.report)
        card = live_messages.card(tx, report.id)
    if card is None:
        return None
    if remark.is_settled and not (attempt.doubt and remark.mirror is None):
        return {"ts": remark.mirror, "version": remark.shown}
    key, doubt = f"remark:{remark.id}", attempt.doubt
    if remark.wanted is None:
        found = _made(ctx, card.channel, card.ts, key, doubt.since) if doubt else None
        ts = remark.mirror or found
        if ts is not None:
            ctx.slack.delete(card.channel, ts)
        return {"ts": None, "version": None}
    message = _render(ctx, report, remark)
    keep_inside(ctx, card.channel)
    if remark.mirror is None:
        ts = ctx.slack.post(card.channel, message, key=key, doubt=doubt, thread=card.ts)
        # One that was found shows what was so when it was made: nobody knows which version.
        return {"ts": ts, "version": "" if doubt else remark.version}
    try:
        ctx.slack.update(card.channel, remark.mirror, message)
    except Never as refusal:
        if not refusal.reason.endswith(": message_not_found"):
            raise
        return {"ts": remark.mirror, "version": remark.shown, "gone": True}
    return {"ts": remark.mirror, "version": remark.version}


def _made(ctx: Context, channel: str, thread: str, key: str, since: datetime) -> str | None:
    return ctx.slack.posted(channel, key=key, since=since, thread=thread)


def _render(ctx: Context, report: Report, remark: Remark) -> Message:
    text, names = remark.text or "", {}
    try:
        url = ctx.jira.browse_url(report.issue_key or "")
        for account in mentioned(text)[:NAMED]:
            names[account] = _name(ctx, account)
    except LockedOut as locked:
        raise TryAgain(locked.reason) from locked  # it waits with the effects of Slack, which is not paused
    comment = f"{url}?focusedCommentId={remark.source}"
    return said_in_jira(remark.author, text, comment, names, ctx.config.product(report.product).language)


def _name(ctx: Context, account: str) -> str:
    try:
        return ctx.jira.account_named(account).name or account
    except Never:
        return account


def _shown(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None) -> None:
    if result is None:
        return
    remark = remarks.lock(tx, args["remark"])
    if result.get("gone"):
        conversing.copy_gone(tx, ctx, reports.get(tx, remark.report), remark)
        return
    conversing.settle(tx, ctx, remarks.change(tx, remark, mirror=result["ts"], shown=result["version"]))


EFFECTS = (
    Kind(conversing.REPLY, Gateway.SLACK, _show, _shown, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
