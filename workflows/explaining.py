"""Why a report is where it is: what made its severity, who got it by which rotation, why this channel."""

from storage import reports, rotations
from views.why import Reasons
from workflows.context import Context


def reasons(ctx: Context, report_id: str) -> Reasons:
    """Return what led to a report's severity, engineer and channel, by what is kept and by bugle.toml."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
        product = ctx.config.product(report.product)
        history = rotations.find(tx, product.rotation) if product.rotation else None
    at = report.triage.handed_at or report.filed_at
    names = {entry.key: entry.name for entry in ctx.config.rotations}
    return Reasons(
        report=report,
        product=product,
        severity=ctx.config.severity(report.severity),
        rotation=names.get(product.rotation or ""),
        shift=history.shift(at) if history else None,
    )
