"""Linking a duplicate's issue to its original's in Jira, once both are there."""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.report import Report
from storage import effects, reports
from storage.database import Transaction
from storage.driver import Kind
from workflows.context import Context
from workflows.lanes import JIRA_PACE, issue_lane


def link_when_ready(tx: Transaction, ctx: Context, report: Report) -> None:
    """Decide the links that a report's issue can have now: to its original, and from its duplicates."""
    for duplicate in (report, *reports.duplicates_of(tx, report.id)):
        key = reports.original_key(tx, duplicate)
        if duplicate.issue_key is not None and key is not None:
            args = {"report": duplicate.id}
            name = f"link_duplicate:{duplicate.id}:{key}"
            effects.decide(tx, [Effect("link_duplicate", name, issue_lane(duplicate.id), args)], ctx.now())


def _link(ctx: Context, args: Mapping[str, Any], _: Attempt) -> str | None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
        key = reports.original_key(tx, report)
    if report.issue_key is None or key is None:
        return None  # it was opened again
    ctx.jira.link_duplicate(report.issue_key, key)
    return key


EFFECTS = (Kind("link_duplicate", Gateway.JIRA, _link, paces=(JIRA_PACE,)),)
