"""Why a report is where it is: what made its severity, who got it by which rotation, why this channel."""

from storage import reports
from views.why import Reasons
from workflows import rotating
from workflows.context import Context


def reasons(ctx: Context, report_id: str) -> Reasons:
    """Return what led to a report's severity, engineer and channel, by what is kept and by bugle.toml."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
        product = ctx.config.product(report.product)
        at = report.triage.handed_at or report.filed_at
        had = rotating.duty_for(tx, report.product, report.area, at)
        rotation = had[0] if had else rotating.first_serving(tx, report.product, report.area, at)
    return Reasons(
        report=report,
        product=product,
        severity=ctx.config.severity(report.severity),
        rotation=rotation.name if rotation else None,
        duty=had[1] if had else None,
    )
