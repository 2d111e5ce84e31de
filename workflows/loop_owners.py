"""With whom each loop is: whose customer it is, or who stands in while they are out; and back again.

Who is away is known from their time off; who has left, or is a guest, as far as Slack has told.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.effects import Outcome
from domain.loop import Loop, State
from domain.standing_in import holder_of
from domain.wall_clock import zone_named
from storage import loops, time_off
from storage.database import Transaction
from workflows import loop_showing
from workflows.context import Context


def holders(
    tx: Transaction, ctx: Context, claims: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str | None, str | None]]:
    """Return owner and holder for each of these, by who has a claim on it; nobody outside is asked."""
    telling = ctx.config.follow_up.telling
    lead = (telling.lead,) if telling.lead else ()
    people = {*lead, *telling.stand_ins.values(), *(each for those in claims.values() for each in those)}
    away = time_off.away(tx, people, ctx.now())
    gone = {each for each in people if _is_gone(ctx, each)}
    return {
        name: (
            next(iter(theirs), None),
            holder_of(theirs, away=away, gone=gone, stand_ins=telling.stand_ins, lead=telling.lead),
        )
        for name, theirs in claims.items()
    }


def claims_of(tx: Transaction, listed: Iterable[Loop]) -> dict[str, tuple[str, ...]]:
    """Return who has a claim on each of these, best first; who told an end takes that back."""
    known = {each.customer_issue: each for each in listed}
    found = loops.claims(tx, known)
    for issue, loop in known.items():
        if loop.state is State.REOPENED and loop.told_by:
            found[issue] = tuple(dict.fromkeys((loop.told_by, *found.get(issue, ()))))
    return found


def look_again(ctx: Context) -> None:
    """Let every loop that is to be told be with whom it belongs by now: people leave, and come back."""
    with ctx.database.reading() as tx:
        listed = loops.all_listed(tx)
        claims = claims_of(tx, listed)
    telling = ctx.config.follow_up.telling
    asked = {*telling.stand_ins.values(), *(each for those in claims.values() for each in those)}
    _get_to_know(ctx, asked | ({telling.lead} if telling.lead else set()))
    with ctx.database.reading() as tx:
        placed = holders(tx, ctx, claims)
    moved = [
        each.customer_issue
        for each in listed
        if placed.get(each.customer_issue, (None, None)) != (each.owner, each.holder)
    ]
    if moved:
        with ctx.database.transaction() as tx:
            place(tx, ctx, moved)


def place(tx: Transaction, ctx: Context, issues: Iterable[str]) -> None:
    """Give these loops to whom they belong now; who gets one is told, and who had it sees where it went."""
    locked = loops.lock(tx, issues)
    news, others = set[loop_showing.Place](), set[loop_showing.Place]()
    for issue, (owner, holder) in holders(tx, ctx, claims_of(tx, locked.values())).items():
        loop = locked[issue]
        if not loop.state.is_listed or (owner, holder) == (loop.owner, loop.holder):
            continue
        if holder == loop.holder:
            loops.change(tx, loop, owner=owner)
            continue
        again = next_reminder(ctx, holder, 0, ctx.now()) if holder else None
        loops.change(tx, loop, owner=owner, holder=holder, remind_at=again, reminders=0)
        others.add((loop.report, loop.holder))
        news.add((loop.report, holder))
    loop_showing.show(tx, ctx, news=news, others=others)


def next_reminder(ctx: Context, holder: str, sent: int, base: datetime) -> datetime:
    """Return when somebody who was reminded so many times, the last at *base*, is reminded next."""
    known = ctx.slack.person_known(holder)
    zone = zone_named(known.zone if known else "UTC")
    return ctx.config.follow_up.telling.next_reminder(sent, base, ctx.now(), zone)


def _get_to_know(ctx: Context, people: Iterable[str]) -> None:
    """Ask Slack who people are; while it does not answer, what is known of them counts."""
    for each in sorted(people):
        try:
            ctx.slack.person(each)
        except Outcome:
            continue


def _is_gone(ctx: Context, person: str) -> bool:
    known = ctx.slack.person_known(person)
    return known is not None and (known.deleted or known.is_guest or known.is_external or known.is_bot)
