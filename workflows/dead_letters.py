"""Effects that were refused for good: admins are told, once each time, and try again or give up."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Never
from domain.message import Message
from storage import effects
from storage.database import Transaction
from storage.driver import Buried, Kind
from views.notices import dead_effect
from workflows import shared_channels
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.showing import keep_inside

NOTICE = "tell_admins"
NOTICE_EDIT = "edit_notice"


def tell_admins(tx: Transaction, ctx: Context, buried: Buried) -> None:
    """Decide the notice about an effect that has died; one about a notice is only in the log.

    What was stopped since others read its channel is told of once for the channel. What ends in the same lane
    for the same reason, as every line into an archived channel does, is told of once: what admins decide on
    that notice counts for all of it.
    """
    if buried.kind in (NOTICE, NOTICE_EDIT, *shared_channels.NOTICES) or shared_channels.heed(
        tx, ctx, buried
    ):
        return
    if effects.dead_alike(tx, buried.id)[0] != buried.id:
        return
    now = ctx.now()
    key = f"{NOTICE}:{buried.id}:{now.timestamp()}"
    lane = slack_lane(ctx.config.admins.channel)
    effects.decide(tx, [Effect(NOTICE, key, lane, {"effect": buried.id})], now)


def see_to(ctx: Context, effect_id: int, *, again: bool, channel: str, ts: str) -> None:
    """Retry or drop a dead effect and those alike, and show on its notice what became of it."""
    with ctx.database.transaction() as tx:
        now = ctx.now()
        for each in effects.dead_alike(tx, effect_id):
            if again:
                effects.retry(tx, each, now)
            else:
                effects.drop(tx, each)
        key = f"{NOTICE_EDIT}:{ts}:{now.timestamp()}"
        args = {"effect": effect_id, "channel": channel, "ts": ts}
        effects.decide(tx, [Effect(NOTICE_EDIT, key, slack_lane(channel), args)], now)


def show_corrected(tx: Transaction, ctx: Context, retried: Iterable[int], *, by: str) -> None:
    """Decide that the notices of effects that are tried again say who has corrected what they are about.

    The edits come after the notices, in the lane of the same channel.
    """
    now, lane = ctx.now(), slack_lane(ctx.config.admins.channel)
    edits = [
        Effect(NOTICE_EDIT, f"{NOTICE_EDIT}:{each}:{now.timestamp()}", lane, {"effect": each, "by": by})
        for each in retried
    ]
    effects.decide(tx, edits, now)


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    channel = ctx.config.admins.channel
    keep_inside(ctx, channel)
    return ctx.slack.post(channel, _render(ctx, args["effect"]), key=attempt.key, doubt=attempt.doubt)


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> str:
    place = (args["channel"], args["ts"]) if "ts" in args else _place_of(ctx, args["effect"])
    if place is None:
        return "it has no notice"
    channel, ts = place
    keep_inside(ctx, channel)
    ctx.slack.update(channel, ts, _render(ctx, args["effect"], corrected_by=args.get("by")))
    return ts


def _place_of(ctx: Context, effect_id: int) -> tuple[str, str] | None:
    """Return the channel and ts of the last notice about an effect; None where none was posted."""
    with ctx.database.reading() as tx:
        notice = effects.newest(tx, f"{NOTICE}:{effect_id}:")
    if notice is None or notice.result is None:
        return None
    return notice.lane.removeprefix(slack_lane("")), notice.result


def _render(ctx: Context, effect_id: int, corrected_by: str | None = None) -> Message:
    with ctx.database.reading() as tx:
        effect = effects.find(tx, effect_id)
    if effect is None:
        raise Never(f"effect {effect_id} is no longer kept")
    channel = effect.lane.removeprefix(slack_lane("")) if effect.lane.startswith(slack_lane("C")) else None
    error, language = effect.error or "", ctx.config.admins.language
    return dead_effect(
        effect.id, effect.kind, error, effect.state, language, channel=channel, corrected_by=corrected_by
    )


EFFECTS = (
    Kind(NOTICE, Gateway.SLACK, _post, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind(NOTICE_EDIT, Gateway.SLACK, _edit, paces=(EDIT_PACE,)),
)
