"""Settling who is on duty: what has changed is recorded, told of and shown, once.

Nothing steps from shift to shift. What counts is who is on duty now, beside what was last settled: after a
day of downtime only who has the duty by then is told of, and every stretch since goes into the record. The
rotation's row is locked meanwhile, so that of two replicas the second finds nothing changed.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.duty import Layers, Why
from domain.handoff import Standing, standing
from domain.layers import duty, on_call, shifts
from domain.rotation_profile import KeptRotation
from storage import duty_layers, duty_now, rotations
from storage.database import Transaction
from storage.duty_now import Last, Settled
from workflows import balancing, duty_news, duty_surfaces, handoff_writing
from workflows.context import Context
from workflows.home_refreshing import refresh_home

LOOKED_AHEAD_EVERY = timedelta(hours=1)
SKEW = timedelta(minutes=1)

log = logging.getLogger(__name__)


def settle(tx: Transaction, ctx: Context, key: str) -> None:
    """Settle who is on duty now in a rotation, in the transaction that may have changed it; lock it first.

    Does nothing where there is no such rotation, or nothing has changed.
    """
    kept = rotations.lock(tx, key)
    if kept is None:
        return
    before = duty_now.find(tx, key)
    now = _no_earlier(ctx.now(), before)
    layers = _layers(tx, kept, before.standing.start if before else now, now)
    current = standing(kept, None if kept.has_ended(now) else duty(kept.history, layers, now), now)
    if before is None:
        settled = Settled(key, replace(current, start=now), now, current.person, _last(current))
    elif current.is_as(before.standing) and not before.standing.is_over(now):
        settled = replace(before, standing=replace(current, start=before.standing.start), settled_at=now)
    else:
        begun = _record(tx, kept, layers, before.standing, now)
        current = replace(current, start=max(current.start, begun))
        settled = replace(before, standing=current, settled_at=now, last=_last(current) or before.last)
        settled = _announced(tx, ctx, kept, before, settled)
        kept = balancing.order_next_round(tx, ctx, kept, before.standing, current)
    duty_now.keep(tx, duty_news.warn_of_gap(tx, ctx, kept, settled))
    duty_surfaces.follow(tx, ctx, kept)


def settle_all(ctx: Context) -> None:
    """Settle the rotations in which something has changed by itself; one that fails leaves the others be."""
    for key in _due(ctx):
        try:
            with ctx.database.transaction() as tx:
                settle(tx, ctx, key)
        except Exception:  # one rotation that fails must not keep the others from their hand-offs
            log.exception("who is on duty in %s could not be settled; it is tried again in a minute", key)


def _due(ctx: Context) -> list[str]:
    """List the rotations whose holder is another than was settled, and those not looked at for a while."""
    now = ctx.now()
    with ctx.database.reading() as tx:
        known, over = duty_now.all_settled(tx), duty_layers.at(tx, now)
        return [
            each.key
            for each in rotations.all_kept(tx)
            if _is_due(each, known.get(each.key), over[each.key], now)
        ]


def _is_due(kept: KeptRotation, known: Settled | None, over: Layers, now: datetime) -> bool:
    if known is None:
        return True
    now, settled = _no_earlier(now, known), known.standing
    if kept.has_ended(now):
        return settled.why is not None
    is_stale = known.settled_at + LOOKED_AHEAD_EVERY <= now
    return settled.is_over(now) or is_stale or on_call(kept.history, over, now) != settled.person


def _no_earlier(now: datetime, known: Settled | None) -> datetime:
    """Return the time, but none before the last settling: clocks of replicas differ by a little.

    One that is behind would otherwise hand the duty back. Where it is far behind, the other one was wrong.
    """
    if known is None or known.settled_at - now > SKEW:
        return now
    return max(now, known.settled_at)


def _announced(
    tx: Transaction, ctx: Context, kept: KeptRotation, before: Settled, settled: Settled
) -> Settled:
    """Tell of a change where the person is another, and return what is settled with it.

    The end of the hours of duty is no news, and their beginning only where somebody else has the duty then.
    """
    person = settled.standing.person
    if person == before.announced or (person is None and settled.standing.why is Why.CLOSED):
        return settled
    handoff = handoff_writing.begin(tx, ctx, kept, before.last, person, at=settled.standing.start)
    duty_news.announce(tx, ctx, kept, handoff)
    refresh_home(tx, ctx, before.announced, person)
    return replace(settled, announced=person)


def _last(current: Standing) -> Last | None:
    if current.person is None or current.slot is None or current.revision is None:
        return None
    return Last(current.person, current.slot, current.revision)


def _record(tx: Transaction, kept: KeptRotation, layers: Layers, before: Standing, now: datetime) -> datetime:
    """Write down what is over since the last settling; return up to when that is known."""
    passed = list(_passed(kept, layers, before, now))
    duty_now.record(tx, kept.key, (each for each in passed if each.why is not None))
    return (passed[-1].end if passed else None) or now


def _passed(kept: KeptRotation, layers: Layers, before: Standing, now: datetime) -> Iterator[Standing]:
    """List the stretches that are over, in order.

    The first is as it was settled, up to where it was to end: that is what people were told, whatever has
    been changed since. What came after it while Bugle was down is computed.
    """
    until = now if before.end is None else min(before.end, now)
    if before.start < until:
        yield replace(before, end=until)
    over_at = min(kept.profile.ended_at or now, now)
    for each in shifts(kept.history, layers, until, over_at):
        done = standing(kept, each, each.start)
        done = replace(done, start=max(done.start, until))
        if done.end is not None and done.start < done.end <= now:
            yield done


def _layers(tx: Transaction, kept: KeptRotation, start: datetime, now: datetime) -> Layers:
    """Return what lies over the turns from the one under way at *start* to the one at *now*, but no records.

    What was recorded is over; who is on duty now follows from the rest.
    """
    history = kept.history
    turns = [history.shift(max(start, history.first)), history.shift(now)]
    spans = [(each.start, each.end) for each in turns if each is not None]
    if not spans:
        return Layers()
    found = duty_layers.between(tx, kept.key, spans[0][0], spans[-1][1])
    return replace(found, recorded=())
