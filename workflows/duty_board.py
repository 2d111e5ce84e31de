"""The pinned message of who is on duty in a channel: posted once, pinned, and edited in place."""

import logging
from collections.abc import Mapping
from typing import Any

from ulid import ULID

from domain.duty_surfaces import Place, Surface, gist
from domain.effects import Attempt, Effect, Gateway, Never
from storage import duty_surfaces, effects
from storage.database import Transaction
from storage.driver import Kind
from views.duty_board import duty_board
from workflows import duty_places
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, PIN_PACE, POST_PACE
from workflows.showing import keep_inside
from workflows.surface_refusals import reason_of, settle

GONE = "message_not_found"

log = logging.getLogger(__name__)


def _show(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any] | None:
    """Post or edit the message; None where the channel is to have it no longer, and it was taken away."""
    place = Place(Surface.PINNED, args["target"])
    with ctx.database.reading() as tx:
        told, kept = duty_places.told(tx, ctx, place, ctx.now()), duty_surfaces.find(tx, place)
    if told is None:
        _take_away(ctx, place.target, kept.ts)
        return None
    shown = gist(Surface.PINNED, told)
    message = duty_board(told, told.language)
    try:
        keep_inside(ctx, place.target)
        if kept.ts is None:
            ts = ctx.slack.post(place.target, message, key=attempt.key, doubt=attempt.doubt)
            # One that was found again shows what was so when it was made: nobody knows what.
            return {"ts": ts, "shown": None if attempt.doubt else shown, "refusals": None}
        if kept.shown != shown or kept.refusals:  # then nobody knows whether the last edit was made
            ctx.slack.update(place.target, kept.ts, message)
    except Never as refusal:
        if (reason := reason_of(refusal)) == GONE:
            return {"ts": None, "shown": None, "refusals": None}
        return {"ts": kept.ts, "shown": shown, "refusals": [reason]}
    return {"ts": kept.ts, "shown": shown, "refusals": None}


def _shown(tx: Transaction, ctx: Context, args: Mapping[str, Any], told: Mapping[str, Any] | None) -> None:
    place = Place(Surface.PINNED, args["target"])
    if told is None:
        duty_surfaces.forget(tx, place)
        return
    settle(tx, ctx, place, checked_at=ctx.now(), **told)
    if told["shown"] is None:
        duty_places.decide(tx, ctx, [place])
    if told["ts"] is not None and told["refusals"] is None:
        # Asked each time: it is how Slack tells that somebody has unpinned or deleted the message.
        key, lane = f"pin_duty:{place.target}:{ULID()}", f"pin:{place.target}"
        effects.decide_unless_waiting(tx, Effect("pin_duty", key, lane, {"target": place.target}), ctx.now())


def _pin(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any]:
    place = Place(Surface.PINNED, args["target"])
    with ctx.database.reading() as tx:
        ts = duty_surfaces.find(tx, place).ts
    try:
        if ts is not None:
            ctx.slack.pin(place.target, ts)
    except Never as refusal:
        return {"ts": ts, "refused": reason_of(refusal)}
    return {"ts": ts, "refused": None}


def _pinned(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    place = Place(Surface.PINNED, args["target"])
    if result["ts"] is None or duty_surfaces.find(tx, place).ts != result["ts"]:
        return
    if result["refused"] == GONE:
        settle(tx, ctx, place, refusals=None, ts=None, shown=None)
        duty_places.decide(tx, ctx, [place])
    else:
        settle(tx, ctx, place, refusals=[result["refused"]] if result["refused"] else [])


def _take_away(ctx: Context, channel: str, ts: str | None) -> None:
    """Delete the message; where Slack refuses, nobody is waiting for it."""
    try:
        if ts is not None:
            ctx.slack.delete(channel, ts)
    except Never as refusal:
        log.warning("the message of who is on duty stays in %s: %s", channel, refusal)


EFFECTS = (
    Kind("show_duty", Gateway.SLACK, _show, _shown, paces=(POST_PACE, EDIT_PACE), lane_pace=CHANNEL_SECONDS),
    Kind("pin_duty", Gateway.SLACK, _pin, _pinned, paces=(PIN_PACE,)),
)
