"""What each place in Slack that shows who is on duty has to say now, and deciding that it is made to."""

from collections.abc import Iterable
from datetime import datetime

from ulid import ULID

from domain.duty_surfaces import Line, Place, Surface, Told, sharing
from domain.effects import Effect
from domain.handoff import Outlook
from domain.rotation_profile import KeptRotation
from storage import effects, rotations
from storage.database import Transaction
from workflows import rotating
from workflows.context import Context
from workflows.lanes import slack_lane

_KINDS = {Surface.GROUP: "set_group", Surface.TOPIC: "set_topic", Surface.PINNED: "show_duty"}
LOOKS = (*_KINDS.values(), "pin_duty")
"""The kinds of effects by which a place is looked at, and written where that is needed."""


def channels(ctx: Context) -> dict[str, str]:
    """Return the channel of each product, by the product's key."""
    return {product.key: product.channel for product in ctx.config.products}


def all_told(tx: Transaction, ctx: Context, at: datetime) -> dict[Place, Told]:
    """Return what every place in use has to say at the aware instant *at*."""
    shared = sharing(rotations.all_kept(tx), channels(ctx), at)
    return {place: _told(tx, place.surface, on, at) for place, on in shared.items()}


def told(tx: Transaction, ctx: Context, place: Place, at: datetime) -> Told | None:
    """Return what a place has to say at the aware instant *at*; None where no rotation uses it any more."""
    on = sharing(rotations.all_kept(tx), channels(ctx), at).get(place)
    return None if on is None else _told(tx, place.surface, on, at)


def decide(tx: Transaction, ctx: Context, places: Iterable[Place]) -> None:
    """Decide that these places are made to say what is true when that is done."""
    for place in places:
        kind = _KINDS[place.surface]
        # Only the message is in line with what else is said in its channel.
        said = place.surface is Surface.PINNED
        lane = slack_lane(place.target) if said else f"{place.surface}:{place.target}"
        effect = Effect(kind, f"{kind}:{place.target}:{ULID()}", lane, {"target": place.target})
        effects.decide_unless_waiting(tx, effect, ctx.now())


def _told(tx: Transaction, surface: Surface, on: list[KeptRotation], at: datetime) -> Told:
    # Only a message says until when, and looking ahead takes its time.
    lines = (_line(tx, each, at, ahead=surface is Surface.PINNED) for each in on)
    return Told(tuple(lines), on[0].profile.language)


def _line(tx: Transaction, rotation: KeptRotation, at: datetime, *, ahead: bool) -> Line:
    duty = rotating.duty_in(tx, rotation, at)
    if duty is None:  # it has not begun
        first = rotation.history.first
        return Line(rotation.key, rotation.name, None, None, first, rotation.history.holder(first))
    after = rotating.outlook_of(tx, rotation, duty.person, at) if ahead else Outlook()
    return Line(rotation.key, rotation.name, duty.person, duty.why, after.until, after.person)
