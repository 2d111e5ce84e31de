"""What an engineer does with a ping besides taking the report: acknowledge it."""

from storage import reports
from workflows import showing
from workflows.context import Context


def acknowledge(ctx: Context, report_id: str, user: str) -> None:
    """Note that somebody looks at a report; the first one counts, and a second press changes nothing."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        if report.acknowledged_by is None and report.taken_by is None and report.triage.is_open:
            changed = reports.change(tx, report, acknowledged_by=user, acknowledged_at=ctx.now())
            showing.refresh(tx, ctx, changed)
