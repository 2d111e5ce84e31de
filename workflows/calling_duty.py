"""Calling whoever is on duty from a channel, also where Slack lets Bugle keep no user group for that."""

from collections.abc import Mapping
from typing import Any

from domain.duty_surfaces import Line
from domain.effects import Attempt, Effect, Gateway, Never
from domain.rotation_profile import KeptRotation, Rank
from storage import effects, rotations
from storage.database import Transaction
from storage.driver import Kind
from views.duty_call import duty_call
from workflows import rotating
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane


def call(tx: Transaction, ctx: Context, *, asker: str, channel: str, ts: str, thread: str) -> None:
    """Decide that who is on duty is called in the thread of a message, once for each message."""
    args = {"asker": asker, "channel": channel, "thread": thread or ts}
    key = f"call_duty:{channel}:{ts}"
    effects.decide(tx, [Effect("call_duty", key, slack_lane(channel), args)], ctx.now())


def _call(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    asker, channel = args["asker"], args["channel"]
    try:
        if ctx.slack.channel(channel).is_external or ctx.slack.person(asker).is_external:
            return "not where people of other companies read who works here"
        product = ctx.config.product_for_channel(channel)
        with ctx.database.reading() as tx:
            lines = [_line(tx, ctx, each) for each in _asked(tx, ctx, channel)]
        message = duty_call(lines, asker, product.language if product else ctx.slack.person(asker).language)
        return ctx.slack.post(channel, message, key=attempt.key, doubt=attempt.doubt, thread=args["thread"])
    except Never as refused:
        # The message or the channel is gone, or Bugle is not in it: nobody reads an answer there.
        return f"not called: {refused}"


def _asked(tx: Transaction, ctx: Context, channel: str) -> list[KeptRotation]:
    """Return the rotations that a channel is about, or all where it is about none."""
    product = ctx.config.product_for_channel(channel)
    first = [
        each
        for each in rotations.all_kept(tx)
        if each.profile.rank is Rank.PRIMARY and not each.has_ended(ctx.now())
    ]
    about = [
        each
        for each in first
        if each.profile.channel == channel
        or (product is not None and any(served.product == product.key for served in each.profile.serves))
    ]
    return about or first


def _line(tx: Transaction, ctx: Context, rotation: KeptRotation) -> Line:
    duty = rotating.duty_in(tx, rotation, ctx.now())
    person, why = (duty.person, duty.why) if duty else (None, None)
    return Line(rotation.key, rotation.name, person, why, None, None)


EFFECTS = (Kind("call_duty", Gateway.SLACK, _call, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
