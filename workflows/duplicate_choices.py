"""What a report can be called a duplicate of: found by an issue's key or by words, never by a call."""

import re

from domain.triage import Original
from storage import report_choices, reports
from workflows.context import Context
from workflows.duplicates import likely, text_of

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]+-[1-9][0-9]*")


def choices(ctx: Context, report_id: str, typed: str) -> list[Original]:
    """Return what a report may be a duplicate of: what is likely, then what holds the words typed.

    A whole issue key that nothing here has is offered as it is.
    """
    words = typed.split()
    with ctx.database.reading() as tx:
        report = reports.get(tx, report_id)
        ours = report_choices.matching(tx, report.product, words, but=report_id)
        issues = report_choices.issues_matching(tx, report.product, words)
    alike = likely(ctx, ctx.config.product(report.product), typed if words else text_of(report.happened))
    key = typed.strip().upper()
    found = [
        *(Original(each.report, each.key, each.title) for each in alike),
        *(Original(each.id, each.issue_key, each.happened.actual) for each in ours),
        *(Original(None, each.key, each.summary) for each in issues),
        *([Original(None, key)] if _KEY.fullmatch(key) else []),
    ]
    return _once(found, but={report_id, report.issue_key})


def _once(found: list[Original], but: set[str | None]) -> list[Original]:
    """Return each problem once, as it was named first; *but* are a report and its issue."""
    kept: dict[str, Original] = {}
    seen = set(but)
    for each in found:
        names = {name for name in (each.report, each.key) if name}
        if not names & seen:
            kept[each.value] = each
            seen |= names
    return list(kept.values())
