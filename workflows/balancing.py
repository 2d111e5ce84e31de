"""Ordering a rotation's rounds by least load, where its settings ask for it.

It is decided at the hand-off to the last turn of a round, in the transaction that settles it: the row of the
rotation is locked, so that of two replicas one does. Nobody was told yet who comes after that turn, so that
no hand-off that was announced moves. Where a swap or cover is agreed for the coming round its order stays.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.handoff import Standing
from domain.least_load import by_least_load, round_under_way
from domain.load import Counts, Load, Period
from domain.revisions import History
from domain.rotation_changes import with_next_round
from domain.rotation_profile import KeptRotation
from storage import duty_layers, effects, efforts, fairness, rotations
from storage.database import Transaction
from storage.driver import Kind
from views.duty_lines import next_round
from workflows import duty_news
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.showing import keep_inside

RECENT = timedelta(days=Period.QUARTER)
SELDOM = timedelta(days=7)  # between two changes, so that short turns do not make a history without end


def order_next_round(
    tx: Transaction, ctx: Context, kept: KeptRotation, before: Standing, current: Standing
) -> KeptRotation:
    """Order the round after the turn that has just begun, if it is the last of one; return the rotation.

    *kept* is locked; *before* and *current* are who was and is on duty, as it is settled.
    """
    is_new = (current.slot, current.revision) != (before.slot, before.revision)
    if not kept.profile.is_balanced or current.slot is None or not is_new:
        return kept
    now = ctx.now()
    history = _ordered(tx, kept, now)
    if history == kept.history:
        return kept
    changed = rotations.change(tx, kept, history=history)
    starts_at = history.revisions[-1].starts_at.isoformat()
    lines = [
        Effect(
            "announce_order",
            f"announce_order:{kept.key}:{starts_at}:{channel}",
            slack_lane(channel),
            {"rotation": kept.key, "starts_at": starts_at, "channel": channel},
        )
        for channel in duty_news.channels(ctx, changed)
    ]
    effects.decide(tx, lines, now)
    return changed


def _ordered(tx: Transaction, kept: KeptRotation, now: datetime) -> History:
    history, index = kept.history, kept.history.index(now)
    if index is None or now - history.revisions[index].starts_at < SELDOM:
        return history
    rotation = history.revisions[index].rotation
    slot, _, end = rotation.locate(now)
    members = round_under_way(history, index, slot)
    if members is None:
        return history
    agreed = duty_layers.between(tx, kept.key, end, rotation.handoff(slot + 1 + len(members))).overrides
    if agreed:
        return history
    return with_next_round(history, now, by_least_load(members, _weights(tx, kept, members, now)))


def _weights(tx: Transaction, kept: KeptRotation, members: tuple[str, ...], now: datetime) -> dict[str, int]:
    since = now - RECENT
    counts = fairness.counted(tx, kept.profile.serves, since, now)
    said = efforts.between(tx, kept.key, since, now)
    return {
        each: Load(
            each,
            counts=counts.get(each, Counts()),
            efforts=tuple(one.effort for one in said if one.person == each),
        ).weight
        for each in members
    }


def _announce(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    starts_at = datetime.fromisoformat(args["starts_at"])
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, args["rotation"])
    assert kept is not None
    last = kept.history.revisions[-1]
    if last.starts_at != starts_at:
        return "changed since"
    keep_inside(ctx, args["channel"])
    names = tuple(ctx.slack.person(each).name for each in last.rotation.members)
    message = next_round(kept.name, names, kept.profile.language)
    return ctx.slack.post(args["channel"], message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (Kind("announce_order", Gateway.SLACK, _announce, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
