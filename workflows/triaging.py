"""Who may triage a report, and whether it is in a state to be triaged."""

from domain.report import Report
from domain.triage import Refusal, Why
from storage import reports, user_groups
from storage.database import Transaction
from workflows.context import Context


def refusal_to(
    tx: Transaction, ctx: Context, report: Report, user: str, *, closed: bool | None = False
) -> Refusal | None:
    """Return why somebody may not triage a report now, or None when they may.

    *closed* is what the report must be for it: False open, True closed, None either.
    """
    refusal = _not_allowed(tx, ctx, report, user)
    if refusal is not None or closed is None:
        return refusal
    if closed and report.triage.is_open:
        return Refusal(Why.NOT_CLOSED)
    if not closed and not report.triage.is_open:
        return Refusal(Why.CLOSED, by=report.triage.closed_by)
    return None


def look(ctx: Context, report_id: str, user: str) -> tuple[Report, Refusal | None]:
    """Return a report, and why somebody may not triage it as one that is open."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
        return report, refusal_to(tx, ctx, report, user)


def not_allowed(ctx: Context, report_id: str, user: str) -> Refusal | None:
    """Return why somebody may not triage a report in any state, or None when they may."""
    with ctx.database.reading() as tx:
        return refusal_to(tx, ctx, reports.get(tx, report_id), user, closed=None)


def _not_allowed(tx: Transaction, ctx: Context, report: Report, user: str) -> Refusal | None:
    """Return why roles keep somebody out; whoever is on duty for a report or owns it may always."""
    allowed = ctx.config.triagers(ctx.config.product(report.product))
    if not allowed or user in (*allowed, report.on_duty, report.taken_by):
        return None
    groups = [each for each in allowed if each.startswith("S")]
    known = user_groups.members(tx, groups)
    if any(user in members for members in known.values()):
        return None
    unknown = len(known) < len(groups)
    return Refusal(Why.GROUPS_UNKNOWN if unknown else Why.NOT_ALLOWED, allowed=allowed)
