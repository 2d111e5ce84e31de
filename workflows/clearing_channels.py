"""Removing all that Bugle wrote for our own people from a channel that others came to read.

Slack's history is gone through page by page, threads too: it knows what was written longer than we do.
"""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from storage import effects, outside_messages
from storage.database import Transaction
from storage.driver import Kind
from workflows.context import Context
from workflows.lanes import EDIT_PACE

PAGE = "find_messages_of_ours"
REMOVAL = "remove_message"


def begin(tx: Transaction, ctx: Context, channel: str) -> None:
    """Decide that a channel is gone through."""
    now = ctx.now()
    _decide_page(tx, ctx, {"channel": channel, "thread": None, "cursor": "", "once": now.timestamp()})


def _decide_page(tx: Transaction, ctx: Context, args: Mapping[str, Any]) -> None:
    key = f"{PAGE}:{args['channel']}:{args['once']}:{args['thread']}:{args['cursor']}"
    effects.decide(tx, [Effect(PAGE, key, f"clear:{args['channel']}", args)], ctx.now())


def _read(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any]:
    page = ctx.slack.ours_in(args["channel"], thread=args["thread"], cursor=args["cursor"])
    return {"ours": page.ours, "threads": page.threads, "cursor": page.cursor}


def _found(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    channel, theirs = args["channel"], outside_messages.places(tx, args["channel"])
    removals = [
        Effect(REMOVAL, f"{REMOVAL}:{channel}:{ts}", f"clear:{channel}", {"channel": channel, "ts": ts})
        for ts in result["ours"]
        if ts not in theirs
    ]
    # Threads first: where the message that began one is gone, its replies are still found.
    for thread in result["threads"]:
        _decide_page(tx, ctx, {**args, "thread": thread, "cursor": ""})
    if result["cursor"]:
        _decide_page(tx, ctx, {**args, "cursor": result["cursor"]})
    effects.decide(tx, removals, ctx.now())


def _remove(ctx: Context, args: Mapping[str, Any], _: Attempt) -> None:
    ctx.slack.delete(args["channel"], args["ts"])


EFFECTS = (
    Kind(PAGE, Gateway.SLACK, _read, _found, paces=(EDIT_PACE,)),
    Kind(REMOVAL, Gateway.SLACK, _remove, paces=(EDIT_PACE,)),
)
