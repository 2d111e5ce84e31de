"""Promises for reports as far as the clock has to know of them: when to look, and what was told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update

from domain.promise import Kind
from domain.triage import State
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import promises, reports


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a promise: `warned_for` is what was promised then, `broken_at` aware UTC."""

    kind: Kind
    warned_for: timedelta | None
    broken_at: datetime | None


def begin(tx: Transaction, report: str, due_at: datetime | None) -> None:
    """Look at the promises for a report from *due_at* on; those that are there stay."""
    insert_new(tx, promises, [{"report": report, "kind": kind, "due_at": due_at} for kind in Kind])


def look_again(tx: Transaction, report: str, now: datetime) -> None:
    """Have the next tick look, since something happened to a report."""
    tx.execute(update(promises).where(promises.c.report == report).values(due_at=now))


def due(tx: Transaction, now: datetime, limit: int) -> list[str]:
    """Return the reports of which a promise has to be looked at, the longest overdue first."""
    query = select(promises.c.report).where(promises.c.due_at <= now).order_by(promises.c.due_at).limit(limit)
    return list(dict.fromkeys(tx.execute(query).scalars()))


def told(tx: Transaction, report: str) -> list[Told]:
    """Return what was told of the promises for a locked report."""
    query = select(promises).where(promises.c.report == report).order_by(promises.c.kind)
    return [
        Told(
            Kind(row.kind),
            timedelta(seconds=row.warned_for) if row.warned_for is not None else None,
            row.broken_at,
        )
        for row in tx.execute(query)
    ]


def keep(tx: Transaction, report: str, now: Told, due_at: datetime | None) -> None:
    """Keep what was told of a promise, and when to look at it next."""
    warned = None if now.warned_for is None else int(now.warned_for.total_seconds())
    which = (promises.c.report == report) & (promises.c.kind == now.kind)
    values = {"warned_for": warned, "broken_at": now.broken_at, "due_at": due_at}
    tx.execute(update(promises).where(which).values(values))


def unknown(tx: Transaction, limit: int) -> list[str]:
    """Return open reports whose promises nobody looks at: filed before anything was promised."""
    is_known = exists().where(promises.c.report == reports.c.id)
    query = select(reports.c.id).where(reports.c.state == State.OPEN, ~is_known).order_by(reports.c.id)
    return list(tx.execute(query.limit(limit)).scalars())
