"""Our part of a channel's topic: who is on duty there."""

import logging
from collections.abc import Mapping
from typing import Any

from domain.duty_surfaces import Place, Surface, Told, gist
from domain.effects import Attempt, Gateway, Never
from domain.message import Audience
from domain.topic import with_part, without_part
from storage import duty_surfaces
from storage.database import Transaction
from storage.driver import Kind
from storage.duty_surfaces import Kept
from views.duty_topic import topic_labels, topic_parts
from workflows import duty_places
from workflows.context import Context
from workflows.lanes import TOPIC_PACE
from workflows.showing import keep_inside
from workflows.surface_refusals import reason_of, settle

NO_ROOM = "no_room"

log = logging.getLogger(__name__)


def _write(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any] | None:
    """Make a topic say who is on duty, or nothing of it where it is to say that no longer (None)."""
    place = Place(Surface.TOPIC, args["target"])
    with ctx.database.reading() as tx:
        told, kept = duty_places.told(tx, ctx, place, ctx.now()), duty_surfaces.find(tx, place)
    if told is None:
        _clear(ctx, place.target)
        return None
    shown = gist(Surface.TOPIC, told)
    try:
        seen = _shown(ctx, kept, told)
    except Never as refusal:
        return {"shown": shown, "seen": None, "refusals": [reason_of(refusal)]}
    return {"shown": shown, "seen": seen, "refusals": [] if seen is not None else [NO_ROOM]}


def _shown(ctx: Context, kept: Kept, told: Told) -> str | None:
    """Return the topic as it is when it is right; None where it has no room for our part."""
    channel = kept.place.target
    try:
        keep_inside(ctx, channel)
    except Never:
        _clear(ctx, channel)
        raise
    now = ctx.slack.topic(channel)
    # Slack may show a topic otherwise than it was given: what it showed of a right one is right.
    if now == kept.seen and kept.shown == gist(Surface.TOPIC, told):
        return now
    names = {person: _name(ctx, person) for person in told.people}
    wanted = with_part(now, topic_labels(), topic_parts(told, names))
    return now if wanted == now else wanted and ctx.slack.set_topic(channel, wanted)


def _name(ctx: Context, person: str) -> str:
    try:
        return ctx.slack.person(person).name
    except Never:  # Slack no longer knows them
        return person


def _clear(ctx: Context, channel: str) -> None:
    """Take our part away; where Slack refuses, nobody is waiting for it."""
    try:
        now = ctx.slack.topic(channel)
        if (plain := without_part(now, topic_labels())) != now:
            # What stays was there before, for whoever reads it.
            ctx.slack.set_topic(channel, plain, Audience.OUTSIDE)
    except Never as refusal:
        log.warning("the part about who is on duty stays in the topic of %s: %s", channel, refusal)


def _written(tx: Transaction, ctx: Context, args: Mapping[str, Any], told: Mapping[str, Any] | None) -> None:
    place = Place(Surface.TOPIC, args["target"])
    if told is None:
        duty_surfaces.forget(tx, place)
    else:
        settle(tx, ctx, place, checked_at=ctx.now(), **told)


EFFECTS = (Kind("set_topic", Gateway.SLACK, _write, _written, paces=(TOPIC_PACE,)),)
