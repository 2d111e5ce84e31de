"""What is said in the thread of a report's card is said on its issue too, and the other way round.

Each remark has one origin. Whatever is seen of it there, by an event, a webhook or by reading all of it,
comes here in any order and any number of times, and decides that the other side shows it as it stands.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ulid import ULID

from domain.conversation import Origin, Remark, Seen, is_news, stays_in_slack
from domain.effects import Attempt, Effect, Gateway
from domain.report import Report
from storage import effects, live_messages, remarks, reports
from storage.database import Transaction
from storage.driver import Kind
from workflows import attaching, thread_lines
from workflows.context import Context
from workflows.lanes import issue_lane, slack_lane

COMMENT, REPLY, DETACH = "show_in_jira", "show_in_slack", "detach_files"
READ_THREAD, READ_COMMENTS = "read_thread", "read_comments"
READS = (READ_THREAD, READ_COMMENTS)


def heard(ctx: Context, channel: str, thread: str, seen: Seen) -> None:
    """Take in what somebody wrote, or wrote anew, in a thread of ours, where it is that of a report's card.

    Of a card that was posted this moment we may not know yet: then its thread is read when we do.
    """
    with ctx.database.transaction() as tx:
        card = live_messages.card_at(tx, channel, thread)
        if card is not None:
            take_in(tx, ctx, reports.get(tx, card.report), seen)
            return
        key, args = f"await_card:{channel}:{thread}:{seen.id}", {"channel": channel, "thread": thread}
        effects.decide(tx, [Effect("await_card", key, slack_lane(channel), args)], ctx.now())


def withdrawn(ctx: Context, channel: str, thread: str, seen: Seen) -> None:
    """Note that somebody deleted what they wrote in the thread of a card, however it was last seen."""
    with ctx.database.transaction() as tx:
        card = live_messages.card_at(tx, channel, thread)
        if card is not None:
            take_out(tx, ctx, reports.get(tx, card.report), seen)


def copy_deleted(ctx: Context, channel: str, thread: str, ts: str) -> None:
    """Note that somebody deleted our copy of a comment in the thread of a card; it does not come again."""
    with ctx.database.transaction() as tx:
        card = live_messages.card_at(tx, channel, thread)
        remark = remarks.lock_shown_as(tx, card.report, Origin.JIRA, ts) if card is not None else None
        if remark is not None and remark.wanted is not None:
            copy_gone(tx, ctx, reports.get(tx, remark.report), remark)


def keep_in_slack(ctx: Context, channel: str, thread: str, seen: Seen) -> bool:
    """Have a reply shown in Slack only; False where it is no reply in the thread of a card."""
    with ctx.database.transaction() as tx:
        card = live_messages.card_at(tx, channel, thread)
        if card is None:
            return False
        remarks.add(tx, card.report, replace(seen, is_private=True))
        remark = remarks.lock_of(tx, card.report, Origin.SLACK, seen.id)
        assert remark is not None  # it is there since a line ago at the latest
        settle(tx, ctx, remarks.change(tx, remark, is_kept=True))
    return True


def take_in(tx: Transaction, ctx: Context, report: Report, seen: Seen) -> None:
    """Take in a remark as it was just seen where it was made."""
    if seen.origin is Origin.SLACK:
        seen = replace(seen, is_private=stays_in_slack(seen.text, ctx.config.follow_up.kept))
    known = remarks.lock_of(tx, report.id, seen.origin, seen.id)
    if known is None:
        begun = remarks.begun_at(tx, report.id)
        if begun is not None and seen.said_at < begun:
            return None
        known = remarks.add(tx, report.id, seen)
        if known is None:  # another has just added it
            return take_in(tx, ctx, report, seen)
    elif is_news(known, seen):
        known = remarks.follow(tx, known, seen)
    else:
        return None
    if known.origin is Origin.SLACK and known.wanted is not None:
        files = [each.id for each in known.files]
        attaching.attach(tx, ctx, report, files, by=known.author, remark=known.id)
    settle(tx, ctx, known)
    return None


def take_out(tx: Transaction, ctx: Context, report: Report, seen: Seen) -> None:
    """Note that a remark was deleted where it was made; what says that it was there may still come."""
    known = remarks.lock_of(tx, report.id, seen.origin, seen.id)
    if known is None:
        remarks.add(tx, report.id, replace(seen, text="", files=()), is_deleted=True)
    elif not known.is_deleted:
        settle(tx, ctx, remarks.change(tx, known, is_deleted=True))


def copy_gone(tx: Transaction, ctx: Context, report: Report, remark: Remark) -> None:
    """Note that somebody deleted the copy of a (locked) remark: it stays away, and is said so once."""
    remarks.change(tx, remark, is_kept=True, noted=True, mirror=None, shown=None)
    if remark.origin is Origin.JIRA:
        thread_lines.say(tx, ctx, report, "copy_removed", once=str(remark.id), author=remark.author)


def settle(tx: Transaction, ctx: Context, remark: Remark) -> None:
    """Decide that the other side shows a (locked) remark as it stands; the same is decided once."""
    if remark.wanted is None and remark.attachments:
        _decide(tx, ctx, DETACH, issue_lane(remark.report), remark)
    if remark.is_settled:
        return
    if remark.origin is Origin.SLACK:
        _decide(tx, ctx, COMMENT, issue_lane(remark.report), remark)
    else:
        report = reports.get(tx, remark.report)
        _decide(tx, ctx, REPLY, slack_lane(ctx.config.product(report.product).channel), remark)


def read_thread(tx: Transaction, ctx: Context, report_id: str) -> None:
    """Decide that the thread of a report's card is read, unless that waits already."""
    _read(tx, ctx, READ_THREAD, f"thread:{report_id}", report_id)


def read_comments(tx: Transaction, ctx: Context, report_id: str) -> None:
    """Decide that the comments on a report's issue are read, unless that waits already."""
    _read(tx, ctx, READ_COMMENTS, issue_lane(report_id), report_id)


def _read(tx: Transaction, ctx: Context, kind: str, lane: str, report_id: str) -> None:
    read = Effect(kind, f"{kind}:{report_id}:{ULID()}", lane, {"report": report_id})
    effects.decide_unless_waiting(tx, read, ctx.now())


def _decide(tx: Transaction, ctx: Context, kind: str, lane: str, remark: Remark) -> None:
    shown = Effect(kind, f"{kind}:{remark.id}:{ULID()}", lane, {"remark": remark.id})
    effects.decide_unless_waiting(tx, shown, ctx.now())


def _only_wait(_: Context, __: Mapping[str, Any], ___: Attempt) -> None:
    """Do nothing outside: having come to its turn in the lane is all."""


def _card_awaited(tx: Transaction, ctx: Context, args: Mapping[str, Any], _: None) -> None:
    card = live_messages.card_at(tx, args["channel"], args["thread"])
    if card is not None:
        read_thread(tx, ctx, card.report)


EFFECTS = (Kind("await_card", Gateway.SLACK, _only_wait, _card_awaited),)
