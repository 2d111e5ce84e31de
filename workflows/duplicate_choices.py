"""What a report can be called a duplicate of: found by an issue's key or by words, never by a call."""

import re

from domain.triage import Original
from storage import report_choices, reports
from workflows.context import Context

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]+-[1-9][0-9]*")


def choices(ctx: Context, report_id: str, typed: str) -> list[Original]:
    """Return what a report may be a duplicate of; a whole key that no report has is offered as it is."""
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
        found = report_choices.matching(tx, report.product, typed.split(), but=report_id)
    offered = [Original(each.id, each.issue_key, each.happened.actual) for each in found]
    key = typed.strip().upper()
    taken = {report.issue_key, *(each.key for each in offered)}
    if _KEY.fullmatch(key) and key not in taken:
        offered.append(Original(None, key))
    return offered
