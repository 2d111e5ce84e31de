"""Keeping the places in Slack that show who is on duty true: user groups, topics, pinned messages.

What is true is computed when a place is written. A tick looks each minute whether a place says something else
than it should, and now and then whether somebody has changed it by hand.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.duty_surfaces import Place, Surface, Told, gist, places
from domain.rotation_profile import KeptRotation
from storage import duty_surfaces, rotations
from storage.database import Transaction
from storage.duty_surfaces import Kept
from workflows import duty_places
from workflows.context import Context

CHECKED_EVERY = timedelta(minutes=15)


def follow(tx: Transaction, ctx: Context, rotation: KeptRotation) -> None:
    """Decide that every place that shows a rotation is made to say who is on duty then."""
    duty_places.decide(tx, ctx, places(rotation.profile, duty_places.channels(ctx)))


def keep_true(ctx: Context) -> None:
    """Decide the same of each place that is not as it should be, or that was not looked at for long."""
    now = ctx.now()
    with ctx.database.reading() as tx:
        wanted, kept = duty_places.all_told(tx, ctx, now), duty_surfaces.all_kept(tx)
    due = [place for place, told in wanted.items() if _is_due(kept.get(place), told, now)]
    left = [place for place in kept if place not in wanted]
    if due or left:
        with ctx.database.transaction() as tx:
            duty_places.decide(tx, ctx, [*due, *left])


def group_changed(ctx: Context, group: str) -> None:
    """Decide that a user group is looked at, as when somebody has changed it by hand; no other group is."""
    place = Place(Surface.GROUP, group)
    with ctx.database.reading() as tx:
        is_ours = duty_places.told(tx, ctx, place, ctx.now()) is not None
    if is_ours:
        with ctx.database.transaction() as tx:
            duty_places.decide(tx, ctx, [place])


def channel_moved(tx: Transaction, old: str, new: str) -> None:
    """Go on in a channel that has another id now, for the rotations that name it themselves.

    Where bugle.toml names it, for a product, that says the old id until somebody mends it.
    """
    named = [each.key for each in rotations.all_kept(tx) if each.profile.channel == old]
    for key in named:
        kept = rotations.lock(tx, key)
        if kept is not None and kept.profile.channel == old:
            rotations.change(tx, kept, profile=replace(kept.profile, channel=new))
    if named:
        duty_surfaces.move(tx, old, new)


def _is_due(kept: Kept | None, told: Told, now: datetime) -> bool:
    if kept is None or kept.checked_at is None or kept.checked_at <= now - CHECKED_EVERY:
        return True
    return bool(kept.shown != gist(kept.place.surface, told))
