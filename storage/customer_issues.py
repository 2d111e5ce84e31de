"""Customer issues as they are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select, update
from ulid import ULID

from domain.customer_issue import CustomerIssue, Origin, State, Told
from storage import customers
from storage.customer_links import with_duplicates
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import customer_issues as kept

_TOLD = tuple(each.name for each in fields(Told))


def add(tx: Transaction, told: Told, now: datetime, **values: Any) -> CustomerIssue | None:
    """Keep what a customer told us; None where its nonce is kept already. *values* are other columns.

    Where the customer was merged into another meanwhile, the other told us.
    """
    held = customers.hold(tx, [told.customer]) if told.customer else []
    row = _row(told, now, values) | {"customer": held[0].id if held else None}
    return get(tx, row["id"]) if insert_new(tx, kept, [row]) else None


def add_held(tx: Transaction, told: Sequence[Told], now: datetime, **values: Any) -> None:
    """Keep what several customers told us, whom the caller holds; those whose nonce is kept stay as they are.

    *values* are other columns, of each of them.
    """
    if told:
        insert_new(tx, kept, [_row(each, now, values) for each in told])


def get(tx: Transaction, issue_id: str) -> CustomerIssue:
    """Return a customer issue that is known to exist."""
    return _issue(tx.execute(select(kept).where(kept.c.id == issue_id)).mappings().one())


def with_nonce(tx: Transaction, nonce: str) -> CustomerIssue | None:
    """Return the customer issue that came in so, or None."""
    row = tx.execute(select(kept).where(kept.c.nonce == nonce)).mappings().first()
    return _issue(row) if row else None


def lock(tx: Transaction, issue_id: str) -> CustomerIssue:
    """Return a customer issue that nobody else changes until this transaction ends."""
    query = select(kept).where(kept.c.id == issue_id).with_for_update()
    return _issue(tx.execute(query).mappings().one())


def change(tx: Transaction, issue: CustomerIssue, **values: Any) -> CustomerIssue:
    """Change a locked customer issue so that it shows; *values* are columns. Returns it as it is then."""
    values["version"] = issue.version + 1
    tx.execute(update(kept).where(kept.c.id == issue.id).values(values))
    return get(tx, issue.id)


def keep_decision(tx: Transaction, issue_id: str, decision: Mapping[str, Any]) -> None:
    """Keep how it was decided where a customer issue goes; no message shows that."""
    tx.execute(update(kept).where(kept.c.id == issue_id).values(decision=dict(decision)))


def of_report(tx: Transaction, report: str) -> list[CustomerIssue]:
    """List the customer issues that hang on a report, or on a duplicate of it, oldest first."""
    theirs = select(with_duplicates(report).c.id)
    return _all(tx.execute(select(kept).where(kept.c.report.in_(theirs)).order_by(kept.c.id)).mappings())


def of_customer(tx: Transaction, customer: str, limit: int = 100) -> list[CustomerIssue]:
    """List what a customer told us, newest first."""
    query = select(kept).where(kept.c.customer == customer).order_by(kept.c.id.desc()).limit(limit)
    return _all(tx.execute(query).mappings())


def from_message(tx: Transaction, channel: str, ts: str) -> CustomerIssue | None:
    """Return the customer issue that was made from a message first, or None."""
    query = select(kept).where(kept.c.channel == channel, kept.c.ts == ts).order_by(kept.c.id).limit(1)
    row = tx.execute(query).mappings().first()
    return _issue(row) if row else None


def follow(tx: Transaction, old: str, new: str) -> None:
    """Note that a channel in which customers said something has another id now."""
    tx.execute(update(kept).where(kept.c.channel == old).values(channel=new))


def _row(told: Told, now: datetime, values: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: getattr(told, name) for name in _TOLD}
    row |= {"files": list(told.files) or None, "tags": list(told.tags) or None}
    return row | {"id": str(ULID()), "brought_at": now, "version": 1, "state": State.NEW, **values}


def _all(rows: Iterable[RowMapping]) -> list[CustomerIssue]:
    return [_issue(row) for row in rows]


def _issue(row: RowMapping) -> CustomerIssue:
    told = {name: row[name] for name in _TOLD}
    told |= {"origin": Origin(row["origin"])}
    told |= {name: tuple(row[name] or ()) for name in ("files", "tags")}
    return CustomerIssue(
        id=row["id"],
        told=Told(**told),
        brought_at=row["brought_at"],
        version=row["version"],
        state=State(row["state"]),
        settled_by=row["settled_by"],
        settled_at=row["settled_at"],
        settled_note=row["settled_note"],
        report=row["report"],
        decision=row["decision"] or {},
        blanked_at=row["blanked_at"],
    )
