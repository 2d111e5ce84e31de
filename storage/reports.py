"""Reports as they are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from ulid import ULID

from domain.happened import Happened
from domain.report import Draft, Impact, Report, Workaround
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import reports


def add(
    tx: Transaction, draft: Draft, *, severity: str, area: str | None, on_duty: str | None, now: datetime
) -> Report | None:
    """Keep a report made from a draft; None when this opening of the form has filed one before."""
    row = {
        "id": str(ULID()),
        "nonce": draft.nonce,
        "reporter": draft.reporter,
        "reporter_name": draft.reporter_name,
        "product": draft.product,
        "area": area,
        "impact": draft.impact,
        "workaround": draft.workaround,
        "severity": severity,
        "steps": draft.happened.steps,
        "expected": draft.happened.expected,
        "actual": draft.happened.actual,
        "language": draft.language,
        "filed_at": now,
        "on_duty": on_duty,
        "version": 1,
    }
    if not insert_new(tx, reports, [row]):
        return None
    unset = dict.fromkeys(("acknowledged_by", "acknowledged_at", "taken_by", "taken_at", "issue_key"))
    return _report(row | unset)


def get(tx: Transaction, report_id: str) -> Report:
    """Return a report that is known to exist."""
    return _report(tx.execute(select(reports).where(reports.c.id == report_id)).mappings().one())


def lock(tx: Transaction, report_id: str) -> Report:
    """Return a report that nobody else changes until this transaction ends."""
    query = select(reports).where(reports.c.id == report_id).with_for_update()
    return _report(tx.execute(query).mappings().one())


def change(tx: Transaction, report: Report, **values: Any) -> Report:
    """Change a locked report so that it shows; returns it as it is then."""
    values["version"] = report.version + 1
    tx.execute(update(reports).where(reports.c.id == report.id).values(values))
    return get(tx, report.id)


def last_product(tx: Transaction, reporter: str) -> str | None:
    """Return the key of the product this person reported a bug of last."""
    query = select(reports.c.product).where(reports.c.reporter == reporter)
    return tx.execute(query.order_by(reports.c.filed_at.desc()).limit(1)).scalar()


def _report(row: Any) -> Report:
    return Report(
        id=row["id"],
        reporter=row["reporter"],
        reporter_name=row["reporter_name"],
        product=row["product"],
        area=row["area"],
        impact=Impact(row["impact"]),
        workaround=Workaround(row["workaround"]),
        severity=row["severity"],
        happened=Happened(row["steps"], row["expected"], row["actual"]),
        language=row["language"],
        filed_at=row["filed_at"],
        on_duty=row["on_duty"],
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=row["acknowledged_at"],
        taken_by=row["taken_by"],
        taken_at=row["taken_at"],
        issue_key=row["issue_key"],
        version=row["version"],
    )
