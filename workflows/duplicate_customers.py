"""The customers of a duplicate count on its original, which shows how many it is about then."""

from typing import Any

from domain.report import Report
from storage import customer_moves, customers, reports
from storage.database import Transaction
from workflows.context import Context
from workflows.grading import with_customers


def move_customers(tx: Transaction, ctx: Context, report: Report, *, to: str) -> dict[str, Any]:
    """Move the customers of a report to its original, both locked; return what changes on the report."""
    moved = customer_moves.move(tx, report.id, to)
    _count(tx, ctx, to)
    return {"moved_customers": moved, "customers": 0}


def move_customers_back(tx: Transaction, ctx: Context, report: Report) -> dict[str, Any]:
    """Give a report, which is no duplicate after all, its customers back; return what changes on it."""
    original, moved = report.triage.duplicate_of, [dict(each) for each in report.triage.moved_customers]
    if original is None:
        return {}
    customer_moves.move_back(tx, moved, report.id, out_of=original, now=ctx.now())
    _count(tx, ctx, original)
    return {"customers": customers.count(tx, report.id)}


def _count(tx: Transaction, ctx: Context, report_id: str) -> None:
    report, number = reports.get(tx, report_id), customers.count(tx, report_id)
    if report.customers != number:
        with_customers(tx, ctx, report, number)
