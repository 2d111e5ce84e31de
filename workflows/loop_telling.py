"""What people do with customers that are to be told: they were told, are let go, or will be told later.

What one customer told us of one report in several ways is answered at once. Loops are locked in the order of
their customer issues, always.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.customer_issue import CustomerIssue
from domain.loop import Event, How, Loop, State, step
from storage import audit, customers, loops, report_events
from storage.database import Transaction
from workflows import loop_showing
from workflows.context import Context


def say_told(ctx: Context, issues: Iterable[str], by: str, how: How = How.OTHERWISE) -> int:
    """Note that these customers know it, from *by*; return of how many that was news."""
    with ctx.database.transaction() as tx:
        return tell(tx, ctx, issues, by, how)


def tell(tx: Transaction, ctx: Context, issues: Iterable[str], by: str, how: How) -> int:
    """Do so in a transaction; who knows it already is not told again."""
    told = {"told_at": ctx.now(), "told_by": by, "told_how": how}
    together = [other for each in sorted(set(issues)) for other in loops.together(tx, each)]
    locked = [each for each in loops.lock(tx, together).values() if each.state.is_listed]
    for loop in locked:
        _step(tx, ctx, loop, Event.TOLD, by, **told, touches=loop.touches + 1)
    loop_showing.show(tx, ctx, news=(), others=_places(locked))
    return len(locked)


def not_sent(tx: Transaction, ctx: Context, customer_issue: str) -> None:
    """Take back that a customer was told in their channel, since it was not posted after all."""
    locked = loops.lock(tx, loops.together(tx, customer_issue)).values()
    unsent = [each for each in locked if each.told_how is How.CHANNEL]
    for loop in unsent:
        _step(tx, ctx, loop, Event.NOT_SENT, None, told_at=None, told_how=None, touches=loop.touches - 1)
    loop_showing.show(tx, ctx, news=(), others=_places(unsent))


def happened(tx: Transaction, ctx: Context, customer_issue: str, event: Event, by: str) -> bool:
    """Let something happen to what one customer told us of one report; False where that changes nothing."""
    locked = loops.lock(tx, loops.together(tx, customer_issue)).values()
    concerned = [each for each in locked if step(each.state, event) is not each.state]
    for loop in concerned:
        _step(tx, ctx, loop, event, by)
    loop_showing.show(tx, ctx, news=(), others=_places(concerned))
    return bool(concerned)


def let_go(ctx: Context, customer_issue: str, by: str, *, reason: str) -> bool:
    """Note that nobody tells this customer, and why; False where there is nothing to tell them."""
    with ctx.database.transaction() as tx:
        locked = loops.lock(tx, loops.together(tx, customer_issue)).values()
        listed = [each for each in locked if each.state.is_listed]
        for loop in listed:
            _step(tx, ctx, loop, Event.LET_GO, by, reason=reason)
        loop_showing.show(tx, ctx, news=(), others=_places(listed))
        return bool(listed)


def later(ctx: Context, customer_issue: str, by: str, *, until: datetime) -> bool:
    """Remind of a customer at this time, and not before; False where there is nothing to tell them."""
    with ctx.database.transaction() as tx:
        locked = loops.lock(tx, loops.together(tx, customer_issue)).values()
        listed = [each for each in locked if each.state.is_listed]
        for loop in listed:
            loops.change(tx, loop, remind_at=until, holder=loop.holder or by)
        loop_showing.show(tx, ctx, news=(), others=_places(listed))
        return bool(listed)


def blank(tx: Transaction, ctx: Context, issue: CustomerIssue) -> None:
    """Forget why somebody was let go, as when their words are deleted; who was erased is told nothing."""
    whose = issue.told.customer
    is_erased = whose is not None and customers.profile(tx, whose) is None
    for loop in loops.lock(tx, [issue.id]).values():
        if is_erased and loop.state.is_listed:
            _step(tx, ctx, loop, Event.LET_GO, None, reason=None)
        else:
            loops.change(tx, loop, reason=None)
        loop_showing.show(tx, ctx, news=(), others=_places([loop]))


def _step(tx: Transaction, ctx: Context, loop: Loop, event: Event, by: str | None, **values: Any) -> None:
    state = step(loop.state, event)
    again = {"since": ctx.now()} if state is State.OPEN else {}
    loops.change(tx, loop, state=state, remind_at=None, reminders=0, **again, **values)
    details = {"loop": state, "before": loop.state, "ending": loop.ending}
    about = audit.About.CUSTOMER_ISSUE
    audit.note(tx, audit.Deed.CHANGED, about, loop.customer_issue, who=by, now=ctx.now(), **details)
    if event in (Event.TOLD, Event.LET_GO, Event.NOT_SENT, Event.STILL_BROKEN):
        once, took = f"{loop.customer_issue}:{loop.version}", int((ctx.now() - loop.since).total_seconds())
        told = {"customer_issue": loop.customer_issue, "took": took}
        report_events.note(tx, loop.report, event, once=once, at=ctx.now(), who=by, **told)


def _places(changed: Iterable[Loop]) -> set[loop_showing.Place]:
    return {(each.report, each.holder) for each in changed}
