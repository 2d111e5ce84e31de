"""Channels of ours that people of other companies come to read: what stops there, who is told, what follows.

The gate in front of Slack stops what is for our own people; what it stopped is held back, dead but for this,
and admins read one notice for each channel. When nobody else reads the channel any more it is said after all.
"""

from collections.abc import Mapping
from typing import Any

from domain.effects import SHARED, Attempt, Effect, Gateway, Never
from domain.message import Message
from storage import customer_posts, effects, live_messages, shared_channels
from storage.customer_posts import Form
from storage.database import Transaction
from storage.driver import Buried, Kind
from views.shared_channel import shared_channel
from workflows import clearing_channels
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane

NOTICE, NOTICE_EDIT = "tell_of_sharing", "edit_sharing"
NOTICES = (NOTICE, NOTICE_EDIT)
LOOK = "look_at_sharing"


def heed(tx: Transaction, ctx: Context, buried: Buried) -> bool:
    """Tell admins of a channel in which an effect was stopped; False where it died of something else."""
    channel = buried.error.removeprefix(f"{SHARED}: ")
    if channel == buried.error or not channel.startswith(("C", "G")):
        return False
    _found(tx, ctx, channel)
    return True


def look_at(tx: Transaction, ctx: Context, channel: str) -> None:
    """Decide that Slack is asked who reads a channel, as when its sharing began or ended."""
    key = f"{LOOK}:{channel}:{ctx.now().timestamp()}"
    effects.decide(tx, [Effect(LOOK, key, f"sharing:{channel}", {"channel": channel})], ctx.now())


def look_again(ctx: Context) -> None:
    """Decide the same for each channel that others read, since an event may be lost."""
    with ctx.database.reading() as tx:
        channels = shared_channels.open_ones(tx)
    if channels:
        with ctx.database.transaction() as tx:
            for channel in channels:
                look_at(tx, ctx, channel)


def clear(ctx: Context, channel: str, by: str) -> None:
    """Have everything of ours removed from a channel that others read, once."""
    with ctx.database.transaction() as tx:
        known = shared_channels.find(tx, channel)
        if known is None or known.ended_at is not None or not shared_channels.clear(tx, channel, by):
            return
        shared_channels.give_up(tx, channel)
        live_messages.forget_channel(tx, channel)
        customer_posts.forget_channel(tx, channel)
        clearing_channels.begin(tx, ctx, channel)
        _edit_notice(tx, ctx, channel)


def _found(tx: Transaction, ctx: Context, channel: str) -> None:
    if shared_channels.begin(tx, channel, ctx.now()):
        lane, args = slack_lane(ctx.config.admins.channel), {"channel": channel}
        key = f"{NOTICE}:{channel}:{ctx.now().timestamp()}"
        effects.decide(tx, [Effect(NOTICE, key, lane, args)], ctx.now())


def _edit_notice(tx: Transaction, ctx: Context, channel: str) -> None:
    lane = slack_lane(ctx.config.admins.channel)
    key = f"{NOTICE_EDIT}:{channel}:{ctx.now().timestamp()}"
    effects.decide_unless_waiting(tx, Effect(NOTICE_EDIT, key, lane, {"channel": channel}), ctx.now())


def _look(ctx: Context, args: Mapping[str, Any], _: Attempt) -> bool | None:
    """Return whether others read a channel; None where Bugle cannot see it any more."""
    try:
        return ctx.slack.channel(args["channel"]).is_external
    except Never:
        return None


def _looked(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: bool | None) -> None:  # noqa: FBT001 - what _look returned
    channel = args["channel"]
    if result and _is_ours(tx, ctx, channel):
        _found(tx, ctx, channel)
    elif result is False and shared_channels.end(tx, channel, ctx.now()):
        shared_channels.let_go_on(tx, channel, ctx.now())
        _edit_notice(tx, ctx, channel)


def _is_ours(tx: Transaction, ctx: Context, channel: str) -> bool:
    """Tell whether we show there what is for our own people, or are about to."""
    config = ctx.config
    named = {config.admins.channel, *(each.channel for each in config.products)}
    if channel in named | {each.channel for each in config.routes} or live_messages.is_in(tx, channel):
        return True
    return any(each.form is Form.CARD for each in customer_posts.in_channel(tx, channel))


def _render(ctx: Context, channel: str) -> tuple[Message, str | None]:
    with ctx.database.reading() as tx:
        known = shared_channels.find(tx, channel)
    assert known is not None  # it is kept before the notice is decided, and never removed
    language, is_over = ctx.config.admins.language, known.ended_at is not None
    return shared_channel(channel, language, is_over=is_over, by=known.cleared_by), known.told


def _tell(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    message, _ = _render(ctx, args["channel"])
    return ctx.slack.post(ctx.config.admins.channel, message, key=attempt.key, doubt=attempt.doubt)


def _told(tx: Transaction, ctx: Context, args: Mapping[str, Any], ts: str) -> None:
    shared_channels.told(tx, args["channel"], ts)
    _edit_notice(tx, ctx, args["channel"])


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> str | None:
    message, ts = _render(ctx, args["channel"])
    if ts is not None:
        ctx.slack.update(ctx.config.admins.channel, ts, message)
    return ts


EFFECTS = (
    Kind(LOOK, Gateway.SLACK, _look, _looked),
    Kind(NOTICE, Gateway.SLACK, _tell, _told, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind(NOTICE_EDIT, Gateway.SLACK, _edit, paces=(EDIT_PACE,)),
)
