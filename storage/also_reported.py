"""What people told of a bug that was reported already, as they typed it."""

from datetime import datetime

from sqlalchemy import bindparam, select

from domain.report import Draft
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import also_reported

# Built once: every filing asks it.
_REPORT = select(also_reported.c.report).where(also_reported.c.nonce == bindparam("asked"))


def add(tx: Transaction, draft: Draft, report: str, now: datetime) -> bool:
    """Keep a draft beside the report it is about; False when this opening of the form did so before."""
    row = {
        "nonce": draft.nonce,
        "report": report,
        "reporter": draft.reporter,
        "steps": draft.happened.steps,
        "expected": draft.happened.expected,
        "actual": draft.happened.actual,
        "filed_at": now,
        "source": draft.source_url,
    }
    return bool(insert_new(tx, also_reported, [row]))


def report_of(tx: Transaction, nonce: str) -> str | None:
    """Return the id of the report that this opening of the form joined, or None."""
    return tx.execute(_REPORT, {"asked": nonce}).scalar()
