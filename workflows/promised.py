"""How the promises for a report stand, by what is known of it now."""

from domain.promise import Standing, standings
from domain.report import Report
from domain.report_times import Event
from storage import customers, promises, report_events
from storage.database import Transaction
from workflows.context import Context


def standing(tx: Transaction, ctx: Context, report: Report) -> tuple[Standing, ...]:
    """Return how all stands that is promised for a report; nothing where nothing is."""
    if not ctx.config.promises.all:
        return ()
    return standing_by(tx, ctx, report, report_events.of_reports(tx, [report.id])[report.id])


def standing_by(tx: Transaction, ctx: Context, report: Report, events: list[Event]) -> tuple[Standing, ...]:
    """Return the same where what happened is read already."""
    if not ctx.config.promises.all:
        return ()
    return standings(
        ctx.config.promises,
        ctx.config.follow_up.telling.when,
        severity=report.severity,
        tiers=customers.tiers_of(tx, report.id),
        filed=report.filed_at,
        events=events,
        now=ctx.now(),
    )


def begin(tx: Transaction, ctx: Context, report: Report) -> None:
    """Begin to look at the promises for a report that is filed in this transaction."""
    if ctx.config.promises.all:
        promises.begin(tx, report.id, ctx.now())


def look_again(tx: Transaction, ctx: Context, report: Report) -> None:
    """Have the promises for a report looked at within a minute, since something happened to it."""
    if ctx.config.promises.all:
        promises.look_again(tx, report.id, ctx.now())
