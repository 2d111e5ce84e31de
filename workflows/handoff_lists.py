"""A hand-off from one person to the next: kept, with the open bugs that the first one holds."""

from datetime import datetime

from domain.handoff import Handoff
from domain.rotation_profile import KeptRotation
from storage import handoffs
from storage.database import Transaction
from storage.duty_now import Last
from workflows import rotating
from workflows.context import Context


def begin(tx: Transaction, ctx: Context, kept: KeptRotation, last: Last | None, taker: str | None) -> Handoff:
    """Keep a hand-off of a locked rotation, from who last was on duty; *taker* is who is now, if anybody."""
    now = ctx.now()
    if last is None or last.person == taker:
        return handoffs.add(tx, kept.key, now, taker=taker)
    asks = not _is_back(tx, kept, last, now)
    return handoffs.add(tx, kept.key, now, taker=taker, left=last, asks_effort=asks)


def _is_back(tx: Transaction, kept: KeptRotation, last: Last, now: datetime) -> bool:
    """Tell whether somebody is on duty again within the same turn: then their shift is not over."""
    for each in rotating.coming(tx, kept, now):
        if (each.turn.slot, each.turn.revision) != (last.slot, last.revision):
            return False
        if each.person == last.person:
            return True
    return False
