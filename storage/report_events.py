"""What happened to each report, in order: what its times are taken from. Rows are only ever added."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select

from domain.report_times import Event
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import report_events as kept

# What people typed: it is kept where it belongs, and blanked or erased there.
_TYPED = frozenset({"answer", "parts", "question", "quote", "reason", "said"})


def note(
    tx: Transaction,
    report: str,
    what: str,
    *,
    once: str,
    at: datetime,
    who: str | None = None,
    **details: Any,
) -> None:
    """Add what happened; *once* tells it from others of its kind, so that noted twice it is there once."""
    named = {name: value for name, value in details.items() if name not in _TYPED and value is not None}
    row = {"report": report, "key": f"{report}:{what}:{once}"[:255], "at": at, "what": what, "who": who}
    insert_new(tx, kept, [{**row, "details": named or None}])


def between(tx: Transaction, kinds: Collection[str], since: datetime, until: datetime) -> list[Event]:
    """Return what of these kinds happened to any report in a stretch of time, oldest first."""
    then = (kept.c.what.in_(kinds), kept.c.at >= since, kept.c.at < until)
    rows = tx.execute(select(kept).where(*then).order_by(kept.c.id))
    return [Event(row.at, row.what, row.who, row.details or {}) for row in rows]


def of_reports(tx: Transaction, ids: Collection[str]) -> dict[str, list[Event]]:
    """Return what happened to each of these reports, oldest first."""
    found: dict[str, list[Event]] = {each: [] for each in ids}
    for row in tx.execute(select(kept).where(kept.c.report.in_(ids)).order_by(kept.c.id)):
        found[row.report].append(Event(row.at, row.what, row.who, row.details or {}))
    return found
