"""Showing a hand-off: a direct message to each of the two, edited in place as its bugs are decided of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.handoff import Handoff, Item, Outlook, Role
from domain.message import Message
from gateways.slack import Person
from storage import effects, efforts, handoffs, reports, rotations
from storage.database import Transaction
from storage.driver import Kind
from views.handoff_list import ROWS, HandoffList, leaver_list, taker_list
from views.handoff_row import Line
from workflows import rotating
from workflows.context import Context
from workflows.lanes import EDIT_PACE, slack_lane
from workflows.showing import shown


def refresh(tx: Transaction, ctx: Context, handoff: Handoff) -> None:
    """Decide the edits of the messages that show a locked hand-off as it was before."""
    for message in handoffs.messages(tx, handoff.id):
        if message.version < handoff.version:
            reader = dict(readers(handoff))[message.role]
            key = f"edit_handoff:{handoff.id}:{message.role}:{handoff.version}"
            args = {"handoff": handoff.id, "role": message.role}
            edit = Effect("edit_handoff", key, slack_lane(reader), args)
            effects.decide_unless_waiting(tx, edit, ctx.now())


def is_the_leavers(tx: Transaction, item: Item, leaver: str | None) -> bool:
    """Tell whether a bug is still its leaver's to give: open, with nobody else, and not accepted yet."""
    report = reports.get(tx, item.report)
    is_with_them = report.taken_by in (None, leaver)
    return report.triage.is_open and is_with_them and item.accepted_at is None


def readers(handoff: Handoff) -> list[tuple[Role, str]]:
    """List who is written to, the leaver first."""
    both = ((Role.LEAVER, handoff.leaver), (Role.TAKER, handoff.taker))
    return [(role, who) for role, who in both if who is not None]


def listed(tx: Transaction, ctx: Context, handoff: Handoff, role: Role, page: int = 0) -> HandoffList:
    """Return a hand-off with one page of what one of the two sees of it."""
    kept = rotations.find(tx, handoff.rotation)
    assert kept is not None
    own = handoffs.items(tx, handoff.id)
    given = handoffs.given_in(tx, handoff.id)
    seen = own if role is Role.LEAVER else given
    lines = [_line(tx, ctx, each) for each in seen[page * ROWS : (page + 1) * ROWS]]
    is_last = handoffs.latest(tx, kept.key) == handoff
    after = rotating.outlook_of(tx, kept, handoff.taker, ctx.now()) if is_last else Outlook()
    said = None
    if handoff.leaver is not None and handoff.slot is not None and handoff.revision is not None:
        said = efforts.find(tx, kept.key, handoff.slot, handoff.revision, handoff.leaver)
    return HandoffList(
        handoff,
        kept.name,
        after,
        None,
        tuple(lines),
        page,
        len(seen) > (page + 1) * ROWS,
        held=len(own),
        undecided=sum(each.decision is None and is_the_leavers(tx, each, handoff.leaver) for each in own),
        waiting=sum(each.is_offered and is_the_leavers(tx, each, _leaver(tx, each)) for each in given),
        effort=said,
    )


def _line(tx: Transaction, ctx: Context, item: Item) -> Line:
    leaver = _leaver(tx, item)
    to = None if item.given_in is None else handoffs.get(tx, item.given_in).taker
    report = reports.get(tx, item.report)
    return Line(shown(tx, ctx, report), item, leaver, to, is_the_leavers(tx, item, leaver))


def _leaver(tx: Transaction, item: Item) -> str:
    leaver = handoffs.get(tx, item.handoff).leaver
    assert leaver is not None
    return leaver


def render(ctx: Context, seen: HandoffList, role: Role, reader: Person) -> Message:
    """Return the message of one of the two, in their language."""
    if role is Role.LEAVER:
        return leaver_list(seen, reader.language)
    after = seen.after.person
    named = replace(seen, next_name=None if after is None else ctx.slack.person(after).name)
    return taker_list(named, reader.language)


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> int:
    role = Role(args["role"])
    with ctx.database.reading() as tx:
        handoff = handoffs.get(tx, args["handoff"])
        message = handoffs.message(tx, handoff.id, role)
        assert message is not None
        seen = listed(tx, ctx, handoff, role, message.page)
    reader = ctx.slack.person(dict(readers(handoff))[role])
    ctx.slack.update(message.channel, message.ts, render(ctx, seen, role, reader))
    return handoff.version


def _edited(tx: Transaction, _: Context, args: Mapping[str, Any], version: int) -> None:
    handoffs.shows(tx, args["handoff"], Role(args["role"]), version)


EFFECTS = (Kind("edit_handoff", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),)
