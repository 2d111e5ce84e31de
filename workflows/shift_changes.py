"""Keeping a change of who has which shift, with everything that follows from it, in one transaction."""

from dataclasses import replace
from datetime import datetime, timedelta

from ulid import ULID

from domain.cover_request import State, is_overtaken
from domain.covering import Change, Part
from domain.duty import Layers, Override
from domain.rotation_profile import KeptRotation
from storage import cover_requests, duty_layers, overrides
from storage.database import Transaction
from storage.overrides import KeptOverride
from workflows import cover_closing, handing_off
from workflows.context import Context
from workflows.home_refreshing import refresh_home

AHEAD = timedelta(days=2 * 366)


def layers_ahead(tx: Transaction, kept: KeptRotation, at: datetime) -> Layers:
    """Return what lies over a rotation's turns from the aware instant *at* on, with all its swaps whole."""
    over = duty_layers.between(tx, kept.key, at, at + AHEAD)
    return replace(over, overrides=tuple(each.override for each in overrides.coming(tx, kept.key, at)))


def keep(tx: Transaction, ctx: Context, kept: KeptRotation, change: Change, by: str) -> str:
    """Keep a change of a locked rotation; return an id that is this change's alone."""
    now, change_id = ctx.now(), str(ULID())
    before = {each.override.id: each for each in overrides.coming(tx, kept.key, now)}
    undone = [before[each.id] for each in change.undone]
    for each in undone:
        overrides.cancel(tx, each, now, by)
    swap = change_id if change.is_swap else None
    made = [
        KeptOverride(
            kept.key,
            Override(str(ULID()), part.start, part.end, part.person, swap),
            _instead_of(part, undone),
            by,
            now,
        )
        for part in change.made
    ]
    overrides.add(tx, made)
    after_change(tx, ctx, kept, by=by)
    people = {each.override.person for each in (*undone, *made)} | {
        each.instead_of for each in (*undone, *made)
    }
    refresh_home(tx, ctx, *people)
    return change_id


def after_change(tx: Transaction, ctx: Context, kept: KeptRotation, *, by: str | None) -> None:
    """End the requests that nobody can say yes to any more, and let what shows who is on duty follow."""
    now = ctx.now()
    layers = layers_ahead(tx, kept, now)
    for request in cover_requests.open_in(tx, kept.key):
        if is_overtaken(kept.history, layers, request, now):
            cover_closing.close(tx, ctx, kept, request, State.OVERTAKEN, by=by, quietly=by is not None)
    handing_off.settle(tx, ctx, kept.key)


def _instead_of(part: Part, undone: list[KeptOverride]) -> str | None:
    """Say instead of whom a part is: what passes on stays instead of whose it was at first."""
    for each in undone:
        if each.override.start <= part.start < each.override.end:
            return each.instead_of
    return part.instead_of
