"""What becomes of the bugs of a hand-off: passed on or kept by the leaver, accepted by who is on duty.

Every press finds the state as it is by then: a second one changes nothing, and a late one is explained by
`workflows/handoff_refusing.py`. Hand-offs are locked in the order of their ids, before reports.
"""

from collections.abc import Iterable

from domain.handoff import Decision, Handoff, Item
from storage import efforts, handoffs, reports
from storage.database import Transaction
from storage.efforts import Effort
from workflows import handoff_showing, owning, thread_lines
from workflows.context import Context
from workflows.handoff_showing import is_the_leavers


def pass_on(ctx: Context, handoff_id: int, report: str | None, user: str) -> None:
    """Offer a bug that the leaver holds, or all of which nothing is decided, to who is on duty by now."""
    with ctx.database.transaction() as tx:
        handoff = handoffs.get(tx, handoff_id)
        if handoff.leaver == user:
            _offer(tx, ctx, handoff, report)


def offer_all(tx: Transaction, ctx: Context, handoff: Handoff) -> None:
    """Offer all that somebody left to who is on duty, since they cannot be asked themselves."""
    _offer(tx, ctx, handoff, None, by_themselves=False)


def keep(ctx: Context, handoff_id: int, report: str | None, user: str) -> None:
    """Keep a bug, also one that was passed on and is not accepted yet, or all of which nothing is decided."""
    with ctx.database.transaction() as tx:
        handoff = handoffs.get(tx, handoff_id)
        if handoff.leaver != user:
            return
        locked = _lock(tx, handoff.id, *(each.given_in for each in handoffs.items(tx, handoff.id)))
        for item in _asked(tx, handoff, report):
            if item.decision is not Decision.KEPT:
                handoffs.decide(tx, item, Decision.KEPT, ctx.now())
        _show(tx, ctx, locked)


def accept(ctx: Context, handoff_id: int, report: str, user: str) -> None:
    """Make a bug that was passed on to somebody theirs."""
    with ctx.database.transaction() as tx:
        item = handoffs.item(tx, handoff_id, report)
        if item is not None and item.given_in is not None:
            _accept(tx, ctx, [item], item.given_in, user)


def accept_all(ctx: Context, handoff_id: int, user: str) -> None:
    """Make all bugs theirs that wait for the taker of a hand-off."""
    with ctx.database.transaction() as tx:
        _accept(tx, ctx, handoffs.given_in(tx, handoff_id), handoff_id, user)


def say_effort(ctx: Context, handoff_id: int, effort: int, user: str) -> None:
    """Keep what the leaver says of their shift; what they say last counts."""
    with ctx.database.transaction() as tx:
        handoff = handoffs.lock(tx, handoff_id)
        if handoff.leaver != user or handoff.slot is None or handoff.revision is None:
            return
        turn = (handoff.rotation, handoff.slot, handoff.revision)
        if efforts.find(tx, *turn, user) != effort:
            efforts.keep(tx, Effort(*turn, user, effort, ctx.now()))
            _show(tx, ctx, [handoff])


def turn(ctx: Context, handoff_id: int, page: int, user: str) -> None:
    """Show somebody another page of their list."""
    with ctx.database.transaction() as tx:
        handoff = handoffs.lock(tx, handoff_id)
        for role, reader in handoff_showing.readers(handoff):
            if reader == user:
                handoffs.turn(tx, handoff.id, role, page)
        _show(tx, ctx, [handoff])


def _offer(
    tx: Transaction, ctx: Context, handoff: Handoff, report: str | None, *, by_themselves: bool = True
) -> None:
    to = handoffs.latest(tx, handoff.rotation)
    if to is None or to.taker in (None, handoff.leaver):
        return
    before = (each.given_in for each in handoffs.items(tx, handoff.id))
    locked = _lock(tx, handoff.id, to.id, *before)
    name = "offered" if by_themselves else "offered_for"
    for item in _asked(tx, handoff, report):
        if item.given_in != to.id:
            handoffs.decide(tx, item, Decision.PASSED, ctx.now(), given_in=to.id)
            once = f"{handoff.id}:{handoff.version}"
            about = reports.get(tx, item.report)
            thread_lines.say(tx, ctx, about, name, once=once, by=handoff.leaver, to=to.taker)
    _show(tx, ctx, locked)


def _accept(tx: Transaction, ctx: Context, found: Iterable[Item], given_in: int, user: str) -> None:
    if handoffs.get(tx, given_in).taker != user:
        return
    wanted = {(each.handoff, each.report) for each in found}
    locked = _lock(tx, given_in, *(handoff for handoff, _ in wanted))
    leavers = {each.id: each.leaver for each in locked}
    for item in handoffs.given_in(tx, given_in):
        if (item.handoff, item.report) not in wanted or not item.is_offered:
            continue
        report = reports.lock(tx, item.report)
        if is_the_leavers(tx, item, leavers[item.handoff]):
            handoffs.accept(tx, item, ctx.now())
            owning.hand_over(tx, ctx, report, before=leavers[item.handoff], to=user)
    _show(tx, ctx, locked)


def _asked(tx: Transaction, handoff: Handoff, report: str | None) -> list[Item]:
    """List what of a locked hand-off a press is about: one bug, or all of which nothing is decided."""
    return [
        item
        for item in handoffs.items(tx, handoff.id)
        if (item.report == report if report is not None else item.decision is None)
        and is_the_leavers(tx, item, handoff.leaver)
    ]


def _lock(tx: Transaction, *ids: int | None) -> list[Handoff]:
    """Lock hand-offs, in the same order whoever asks."""
    return [handoffs.lock(tx, each) for each in sorted({each for each in ids if each is not None})]


def _show(tx: Transaction, ctx: Context, locked: Iterable[Handoff]) -> None:
    for each in locked:
        handoff_showing.refresh(tx, ctx, handoffs.changed(tx, each))
