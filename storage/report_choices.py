"""Finding reports for somebody who types an issue key or words of what goes wrong."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import func, or_, select

from domain.report import Report
from domain.triage import State
from storage import reports as kept
from storage.database import Transaction
from storage.mirror import IssueRow
from storage.tables import issues, reports

SHOWN = 50


def matching(tx: Transaction, product: str, words: Sequence[str], *, but: str) -> list[Report]:
    """Return a product's reports, *but* one, that hold each word in key, area or actual result; newest first.

    Those that were closed as duplicates are left out: their original is what is meant.
    """
    query = select(reports.c.id).where(
        reports.c.product == product, reports.c.id != but, reports.c.state != State.DUPLICATE
    )
    for word in words:
        held = (
            func.lower(column).contains(word.lower(), autoescape=True)
            for column in (reports.c.issue_key, reports.c.area, reports.c.actual)
        )
        query = query.where(or_(*held))
    found = tx.execute(query.order_by(reports.c.id.desc()).limit(SHOWN)).scalars()
    return [kept.get(tx, report_id) for report_id in found]


def issues_matching(tx: Transaction, product: str, words: Sequence[str]) -> list[IssueRow]:
    """Return a product's open issues without a report that hold each word in key or summary, newest first."""
    query = select(*(issues.c[field.name] for field in fields(IssueRow))).where(
        issues.c.product == product, issues.c.report.is_(None), issues.c.is_open
    )
    for word in words:
        columns = (func.lower(issues.c.key), func.lower(issues.c.summary))
        query = query.where(or_(*(each.contains(word.lower(), autoescape=True) for each in columns)))
    rows = tx.execute(query.order_by(issues.c.updated.desc()).limit(SHOWN)).mappings()
    return [IssueRow(**row) for row in rows]
