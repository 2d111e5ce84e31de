"""What Slack does not let Bugle do to show who is on duty: admins are told once, and when it works again.

Such a refusal is a matter of a setting, and the next hand-off would meet it again: it is no dead letter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.duty_surfaces import Place, Surface
from domain.effects import SHARED, Attempt, Effect, Gateway, Never, same_reason
from storage import duty_surfaces, effects
from storage.database import Transaction
from storage.driver import Kind
from views.surface_notes import surface_note
from workflows import duty_places
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.showing import keep_inside


def reason_of(refusal: Never) -> str:
    """Return the reason by which admins are told of a refusal: Slack's code, or SHARED."""
    if refusal.reason.startswith(SHARED):
        return SHARED
    return same_reason(refusal.reason).partition(";")[0]


def settle(
    tx: Transaction, ctx: Context, place: Place, *, refusals: Sequence[str] | None, **changes: Any
) -> None:
    """Keep how a place was left, and decide what admins are told of it.

    *refusals* are all there are now, None where this try tells nothing of them; *changes* are other values of
    `storage.duty_surfaces.Kept`.
    """
    before = duty_surfaces.lock(tx, place)
    if refusals is None:
        duty_surfaces.keep(tx, replace(before, **changes))
        return
    news: list[str | None] = [each for each in refusals if each not in before.refusals]
    if before.refusals and not refusals:
        news.append(None)
    told = before.told + len(news)
    duty_surfaces.keep(tx, replace(before, **changes, refusals=tuple(refusals), told=told))
    lane, now = slack_lane(ctx.config.admins.channel), ctx.now()
    for number, reason in enumerate(news, before.told + 1):
        key = f"tell_of_surface:{place.surface}:{place.target}:{number}:{now.timestamp()}"
        args = {"surface": place.surface, "target": place.target, "reason": reason}
        effects.decide(tx, [Effect("tell_of_surface", key, lane, args)], now)


def _tell(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    place = Place(Surface(args["surface"]), args["target"])
    admins = ctx.config.admins
    keep_inside(ctx, admins.channel)
    with ctx.database.reading() as tx:
        told = duty_places.told(tx, ctx, place, ctx.now())
    names = told.names if told else ()
    note = surface_note(place, args["reason"], names, admins.language)
    return ctx.slack.post(admins.channel, note, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (Kind("tell_of_surface", Gateway.SLACK, _tell, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
