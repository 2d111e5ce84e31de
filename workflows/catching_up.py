"""Finding what was said in threads while nobody told us: Bugle was down, or Slack's events were lost.

A page of a channel's history tells of a thousand threads how many replies each has and which came last: only
those in which that differs from what is known are read. It tells neither of edits nor of replies deleted and
made in like number, so that threads in which people talked of late are read whole now and then.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ulid import ULID

from domain.effects import Attempt, Effect, Gateway, Never
from storage import effects, remarks
from storage.database import Transaction
from storage.driver import Kind
from workflows import conversing
from workflows.context import Context
from workflows.lanes import REPLIES_PACE

LOOK = "look_at_threads"
FOLLOWED = timedelta(days=14)  # after a report was closed people may still talk about it
TALKED = timedelta(days=2)
READ_EVERY = timedelta(minutes=30)
MOST_READ = 50
MOST_PAGES = 20


def catch_up(ctx: Context) -> None:
    """Decide that the channels of reports are looked at, and threads in which people talk are read again."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        for channel in sorted(remarks.channels(tx, closed_after=now - FOLLOWED)):
            look = Effect(LOOK, f"{LOOK}:{channel}:{ULID()}", f"threads:{channel}", {"channel": channel})
            effects.decide_unless_waiting(tx, look, now)
        for report in remarks.unread(tx, said_after=now - TALKED, before=now - READ_EVERY, limit=MOST_READ):
            conversing.read_thread(tx, ctx, report)


def _look(ctx: Context, args: Mapping[str, Any], _: Attempt) -> list[str]:
    """Return the reports whose threads have another last reply, or number of replies, than is known."""
    with ctx.database.reading() as tx:
        cards = remarks.cards(tx, args["channel"], closed_after=ctx.now() - FOLLOWED)
        known = remarks.looks(tx, args["channel"])
    oldest, found, cursor = min(cards, default=""), [], ""
    for _number in range(MOST_PAGES):
        try:
            page = ctx.slack.activity(args["channel"], cursor)
        except Never:  # it is archived, or we are not in it any more
            break
        found += [
            cards[ts]
            for ts, latest, replies in page.threads
            if ts in cards and known.get(cards[ts]) != (latest, replies)
        ]
        cursor = page.cursor
        if not cursor or page.oldest < oldest:
            break
    return found


def _looked(tx: Transaction, ctx: Context, _: Mapping[str, Any], found: list[str]) -> None:
    for report in found:
        conversing.read_thread(tx, ctx, report)


EFFECTS = (Kind(LOOK, Gateway.SLACK, _look, _looked, paces=(REPLIES_PACE,)),)
