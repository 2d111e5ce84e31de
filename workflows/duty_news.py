"""Telling a rotation's channels who is on duty: one line at each change, one ahead of a gap."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.duty import Why
from domain.effects import Attempt, Effect, Gateway, Never
from domain.handoff import Handoff
from domain.rotation_profile import KeptRotation
from storage import effects, handoffs, rotations
from storage.database import Transaction
from storage.driver import Kind
from storage.duty_now import Settled
from views.duty_lines import gap_ahead, now_on_duty
from workflows import rotating
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.showing import keep_inside

WARNED_AHEAD = timedelta(days=1)


def announce(tx: Transaction, ctx: Context, kept: KeptRotation, handoff: Handoff) -> None:
    """Decide the line about a hand-off in each of the rotation's channels."""
    lines = _in_channels(ctx, kept, "announce_duty", str(handoff.id), {"handoff": handoff.id})
    effects.decide(tx, lines, ctx.now())


def warn_of_gap(tx: Transaction, ctx: Context, kept: KeptRotation, settled: Settled) -> Settled:
    """Decide the warning of a gap, begun or to come within a day, in which everybody is away; once for each.

    Return what is settled with it. Time off that makes a gap longer is no new gap.
    """
    now, told = ctx.now(), settled.warned_until
    stretches = list(rotating.coming(tx, kept, now, now + WARNED_AHEAD))
    gap = next((each for each in stretches if each.why is Why.ALL_AWAY and each.end > now), None)
    if gap is None:
        return settled
    after = rotating.outlook_of(tx, kept, None, gap.start)
    until = after.until or now + rotating.AHEAD
    if told is None or told < gap.start:
        args = {"rotation": kept.key, "start": gap.start.isoformat(), "until": until.isoformat()}
        once = f"{kept.key}:{gap.start.timestamp():.0f}"
        lines = _in_channels(ctx, kept, "warn_of_gap", once, args)
        effects.decide(tx, lines, now)
    return replace(settled, warned_until=until)


def channels(ctx: Context, kept: KeptRotation) -> tuple[str, ...]:
    """Return where a rotation is told of: its own channel, or those of the products that it serves."""
    if kept.profile.channel is not None:
        return (kept.profile.channel,)
    served = {each.product for each in kept.profile.serves}
    return tuple(dict.fromkeys(each.channel for each in ctx.config.products if each.key in served))


def _in_channels(
    ctx: Context, kept: KeptRotation, kind: str, once: str, args: Mapping[str, Any]
) -> list[Effect]:
    return [
        Effect(kind, f"{kind}:{once}:{channel}", slack_lane(channel), {**args, "channel": channel})
        for channel in channels(ctx, kept)
    ]


def _announce(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    now = ctx.now()
    with ctx.database.reading() as tx:
        handoff = handoffs.get(tx, args["handoff"])
        latest, kept = handoffs.latest(tx, handoff.rotation), rotations.find(tx, handoff.rotation)
        assert kept is not None
        duty = rotating.duty_in(tx, kept, now)
        after = rotating.outlook_of(tx, kept, handoff.taker, now)
    if latest is not None and latest.id != handoff.id:
        return "changed since"
    keep_inside(ctx, args["channel"])
    holder = duty.turn.holder if duty and duty.person == handoff.taker else None
    message = now_on_duty(
        kept.name,
        handoff.taker,
        after,
        _name(ctx, after.person),
        None if holder == handoff.taker else _name(ctx, holder),
        has_ended=kept.has_ended(now),
        language=kept.profile.language,
    )
    return ctx.slack.post(args["channel"], message, key=attempt.key, doubt=attempt.doubt)


def _name(ctx: Context, user: str | None) -> str | None:
    """Return what somebody is called; their id where Slack does not know them, which stops no line."""
    if user is None:
        return None
    try:
        return ctx.slack.person(user).name
    except Never:
        return user


def _warn(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, args["rotation"])
    assert kept is not None
    keep_inside(ctx, args["channel"])
    start, until = (datetime.fromisoformat(args[each]) for each in ("start", "until"))
    message = gap_ahead(kept.name, start, until, kept.profile.lead, kept.profile.language)
    return ctx.slack.post(args["channel"], message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (
    Kind("announce_duty", Gateway.SLACK, _announce, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("warn_of_gap", Gateway.SLACK, _warn, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
