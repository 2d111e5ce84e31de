"""The user group of who is on duty: whoever mentions it reaches the right person."""

from collections.abc import Mapping
from typing import Any

from domain.duty import Why
from domain.duty_surfaces import Place, Surface, gist
from domain.effects import Attempt, Gateway, Never
from storage import duty_surfaces
from storage.database import Transaction
from storage.driver import Kind
from workflows import duty_places
from workflows.context import Context
from workflows.lanes import GROUP_PACE
from workflows.surface_refusals import reason_of, settle

NOBODY = "nobody_available"


def _write(ctx: Context, args: Mapping[str, Any], _: Attempt) -> dict[str, Any] | None:
    """Make a group hold who is on duty in all its rotations; None where it has none any more.

    It is written on difference only, and never emptied: without anybody it keeps the last ones.
    """
    place = Place(Surface.GROUP, args["target"])
    with ctx.database.reading() as tx:
        told = duty_places.told(tx, ctx, place, ctx.now())
    if told is None:
        return None
    unfit = {person: why for person in told.people if (why := _unfit(ctx, person)) is not None}
    refusals = [f"{why} {person}" for person, why in unfit.items()]
    fit = [person for person in told.people if person not in unfit]
    if any(line.why is Why.ALL_AWAY for line in told.lines) and not told.people:
        refusals.append(NOBODY)
    if fit:
        try:
            if set(ctx.slack.group_members(place.target)) != set(fit):
                ctx.slack.set_group_members(place.target, fit)
        except Never as refusal:
            refusals.append(reason_of(refusal))
    return {"shown": gist(Surface.GROUP, told), "refusals": refusals}


def _unfit(ctx: Context, person: str) -> str | None:
    """Return why Slack takes somebody into no user group, or None."""
    try:
        known = ctx.slack.person(person)
    except Never as refusal:
        return reason_of(refusal)
    facts = {
        "deactivated": known.deleted,
        "bot": known.is_bot,
        "external": known.is_external,
        "guest": known.is_guest,
    }
    return next((name for name, holds in facts.items() if holds), None)


def _written(tx: Transaction, ctx: Context, args: Mapping[str, Any], told: Mapping[str, Any] | None) -> None:
    place = Place(Surface.GROUP, args["target"])
    if told is None:
        duty_surfaces.forget(tx, place)
    else:
        settle(tx, ctx, place, checked_at=ctx.now(), **told)


EFFECTS = (Kind("set_group", Gateway.SLACK, _write, _written, paces=(GROUP_PACE,)),)
