"""Why a press on a bug of a hand-off changed nothing: it was late, and somebody else decided before."""

from domain.handoff import Decision, Item, WhyNot
from storage import handoffs, reports
from storage.database import Transaction
from workflows.context import Context

Refusal = tuple[WhyNot, str | None]


def why_not_passed(ctx: Context, handoff_id: int, report: str | None, user: str) -> Refusal | None:
    """Return why a bug, or any, is not offered to who is on duty, and who is in the way; None where it is."""
    with ctx.database.reading() as tx:
        latest = handoffs.latest(tx, handoffs.get(tx, handoff_id).rotation)
        if latest is None or latest.taker is None:
            return WhyNot.NOBODY_ON_DUTY, None
        if latest.taker == user:
            return WhyNot.ON_DUTY_AGAIN, None
        item = None if report is None else handoffs.item(tx, handoff_id, report)
        return None if item is None else _gone(tx, item)


def why_not_kept(ctx: Context, handoff_id: int, report: str) -> Refusal | None:
    """Return why a bug is not kept, and who is in the way; None where it is."""
    with ctx.database.reading() as tx:
        item = handoffs.item(tx, handoff_id, report)
        return None if item is None else _gone(tx, item)


def why_not_accepted(ctx: Context, handoff_id: int, report: str, user: str) -> Refusal | None:
    """Return why a bug is not theirs who accepted it, and who is in the way; None where it is."""
    with ctx.database.reading() as tx:
        item = handoffs.item(tx, handoff_id, report)
        if item is None:
            return None
        if reports.get(tx, item.report).taken_by == user:
            return None
        if item.decision is Decision.KEPT:
            return WhyNot.KEPT, handoffs.get(tx, handoff_id).leaver
        to = None if item.given_in is None else handoffs.get(tx, item.given_in).taker
        if to != user:
            return WhyNot.PASSED_ELSEWHERE, to
        return _gone(tx, item)


def _gone(tx: Transaction, item: Item) -> Refusal | None:
    """Return why a bug is not its leaver's to give any more."""
    report, leaver = reports.get(tx, item.report), handoffs.get(tx, item.handoff).leaver
    if not report.triage.is_open:
        return WhyNot.CLOSED, report.triage.closed_by
    if item.accepted_at is not None and item.given_in is not None:
        return WhyNot.ACCEPTED, handoffs.get(tx, item.given_in).taker
    return (WhyNot.TAKEN, report.taken_by) if report.taken_by not in (None, leaver) else None
