"""Writing of a hand-off: once to the one who leaves, with the bugs they hold, and to the one who takes over.

With a quiet rotation each waits for its reader's working hours. Admins are told of who cannot be written to,
and what a leaver like that holds is offered to whoever is on duty.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.handoff import Gone, Handoff, Role
from domain.rotation_profile import KeptRotation
from domain.routing import serving
from domain.wall_clock import UnknownZoneError, zone_named
from gateways.slack import Person
from storage import effects, handoffs, report_lists, rotations
from storage.database import Transaction
from storage.driver import Kind
from storage.duty_now import Last
from storage.handoffs import HandoffMessage
from workflows import handoff_deciding, handoff_showing, members_gone, rotating
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.reaching import write_to

MOST = 200  # bugs that one person can hold


def begin(
    tx: Transaction, ctx: Context, kept: KeptRotation, last: Last | None, taker: str | None, *, at: datetime
) -> Handoff:
    """Keep a hand-off of a locked rotation from who last was on duty, and decide what both are written.

    *taker* is who is on duty, since *at* (aware), however late that is noticed; where nobody is, nobody is
    written to: the next one to come takes over.
    """
    now = ctx.now()
    left = None if last is None or last.person == taker else last
    if taker is None or left is None:
        handoff = handoffs.add(tx, kept.key, at, taker=taker, left=left)
    else:
        held = held_from(tx, ctx, kept, left.person)
        asks = not _is_back(tx, kept, left, now)
        handoff = handoffs.add(tx, kept.key, at, taker=taker, left=left, asks_effort=asks, reports=held)
    if taker is not None:
        effects.decide(
            tx, [_written(handoff, role, who) for role, who in handoff_showing.readers(handoff)], now
        )
    return handoff


def held_from(tx: Transaction, ctx: Context, kept: KeptRotation, person: str) -> list[str]:
    """List the open reports that somebody owns or is asked about, of what a rotation serves; oldest first."""
    known, now = rotations.all_kept(tx), ctx.now()
    products = [each.key for each in ctx.config.products]
    found = report_lists.waiting_for(tx, person, products, MOST)
    return [
        each.id
        for each in reversed(found)
        if kept.key in (one.key for one in serving(known, each.product, each.area, now, kept.profile.rank))
    ]


def _is_back(tx: Transaction, kept: KeptRotation, last: Last, now: datetime) -> bool:
    """Tell whether somebody is on duty again within the same turn: then their shift is not over."""
    for each in rotating.coming(tx, kept, now):
        if (each.turn.slot, each.turn.revision) != (last.slot, last.revision):
            return False
        if each.person == last.person:
            return True
    return False


def _written(handoff: Handoff, role: Role, reader: str, due_at: datetime | None = None) -> Effect:
    """Return the effect that writes to one of the two; one that is due later holds up nothing else."""
    key = f"write_handoff:{handoff.id}:{role}"
    args = {"handoff": handoff.id, "role": role, "reader": reader}
    if due_at is None:
        return Effect("write_handoff", key, slack_lane(reader), args)
    return Effect("write_handoff", f"{key}:{due_at.timestamp():.0f}", key, args, due_at)


def _write(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    role, reader = Role(args["role"]), members_gone.reader_or_why(ctx, args["reader"])
    if isinstance(reader, Gone):
        return {"gone": reader}
    with ctx.database.reading() as tx:
        handoff = handoffs.get(tx, args["handoff"])
        kept = rotations.find(tx, handoff.rotation)
        assert kept is not None
        seen = handoff_showing.listed(tx, ctx, handoff, role)
        latest = handoffs.latest(tx, handoff.rotation)
    if attempt.doubt is None:  # else it may be there: it is looked for, and not put off
        is_over = latest is not None and latest.taker != handoff.taker
        if role is Role.TAKER and is_over and not seen.lines:
            return {"over": "somebody else is on duty by now"}
        begins = _begins_work(kept, reader, ctx.now())
        if kept.profile.quiet and begins > ctx.now():
            return {"later": begins.isoformat()}
    place = write_to(ctx, reader.id, lambda _: handoff_showing.render(ctx, seen, role, reader), attempt)
    if place is None:
        return {"gone": Gone.SILENT}
    version = 0 if attempt.doubt else handoff.version  # as in showing: nobody knows what it shows
    return {"channel": place[0], "ts": place[1], "version": version}


def _write_done(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    handoff, role = handoffs.lock(tx, args["handoff"]), Role(args["role"])
    if "later" in result:
        at = datetime.fromisoformat(result["later"])
        effects.decide(tx, [_written(handoff, role, args["reader"], at)], ctx.now())
    elif "gone" in result:
        members_gone.tell(tx, ctx, handoff.rotation, args["reader"], Gone(result["gone"]))
        if role is Role.LEAVER:
            handoff_deciding.offer_all(tx, ctx, handoff)
    elif "ts" in result:
        handoffs.posted(tx, HandoffMessage(handoff.id, role, **result))
        handoff_showing.refresh(tx, ctx, handoff)


def _begins_work(kept: KeptRotation, reader: Person, now: datetime) -> datetime:
    """Return when somebody works next, by their own clock; now, while they do."""
    try:
        zone = zone_named(reader.zone)
    except UnknownZoneError:
        zone = zone_named(kept.history.latest.zone)
    return next(kept.profile.hours.spells(now, zone))[0]


EFFECTS = (
    Kind("write_handoff", Gateway.SLACK, _write, _write_done, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
