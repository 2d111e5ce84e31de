"""Keeping the places in Slack that show who is on duty true: user groups, topics, pinned messages.

What is true is computed when a place is written. A tick looks each minute whether a place says something else
than it should, and now and then whether somebody has changed it by hand.
"""

from datetime import datetime, timedelta

from domain.duty_surfaces import Place, Surface, Told, gist, places
from domain.rotation_profile import KeptRotation
from storage import duty_surfaces
from storage.database import Transaction
from storage.duty_surfaces import Kept
from workflows import duty_places, rotating
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
    with ctx.database.transaction() as tx:
        if duty_places.told(tx, ctx, place, ctx.now()) is not None:
            duty_places.decide(tx, ctx, [place])


def mentioned(tx: Transaction, rotation: KeptRotation, at: datetime) -> str | None:
    """Return whom to mention to reach who is on duty: the user group, or the person while it is not right.

    None where nobody is on duty.
    """
    duty = rotating.duty_in(tx, rotation, at)
    if duty is None or duty.person is None:
        return None
    group = rotation.profile.user_group
    if group is None:
        return duty.person
    kept = duty_surfaces.find(tx, Place(Surface.GROUP, group))
    return group if duty.person in (kept.shown or ()) and not kept.refusals else duty.person


def _is_due(kept: Kept | None, told: Told, now: datetime) -> bool:
    if kept is None or kept.checked_at is None or kept.checked_at <= now - CHECKED_EVERY:
        return True
    return bool(kept.shown != gist(kept.place.surface, told))
