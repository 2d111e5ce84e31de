"""Loops as they are kept: of customer issues for which there is, or was, something to tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, insert, select, update

from domain.loop import LISTED, Ending, How, Loop, State
from storage.database import Transaction
from storage.tables import customer_issues, customers, reports
from storage.tables import loops as kept


def find(tx: Transaction, customer_issue: str) -> Loop | None:
    """Return the loop of a customer issue, or None where there never was anything to tell."""
    row = tx.execute(select(kept).where(kept.c.customer_issue == customer_issue)).mappings().first()
    return loop_of(row) if row else None


def lock(tx: Transaction, issues: Iterable[str]) -> dict[str, Loop]:
    """Return what is kept of these customer issues; nobody else changes it until this transaction ends."""
    ids = sorted(set(issues))
    if not ids:
        return {}
    query = select(kept).where(kept.c.customer_issue.in_(ids)).order_by(kept.c.customer_issue)
    found = map(loop_of, tx.execute(query.with_for_update()).mappings())
    return {each.customer_issue: each for each in found}


def add(tx: Transaction, new: Sequence[Loop]) -> None:
    """Keep loops of customer issues that had none."""
    if new:
        tx.execute(insert(kept), [asdict(each) for each in new])


def change(tx: Transaction, loop: Loop, **values: Any) -> Loop:
    """Change a locked loop; *values* are columns. Returns it as it is then."""
    values["version"] = loop.version + 1
    mine = kept.c.customer_issue == loop.customer_issue
    tx.execute(update(kept).where(mine).values(values))
    return replace(loop, **values)


def of_holder(tx: Transaction, report: str, holder: str) -> list[Loop]:
    """List the loops of a report that somebody has, whatever their state."""
    query = select(kept).where(kept.c.report == report, kept.c.holder == holder)
    return _all(tx, query.order_by(kept.c.customer_issue))


def together(tx: Transaction, customer_issue: str) -> list[str]:
    """List the customer issues of whom one is: the same customer's on the same report, itself among them.

    One answer is about all of them. Where nobody knows the customer it is alone.
    """
    this = select(kept.c.report, _WHO).select_from(_WITH_WHO).where(kept.c.customer_issue == customer_issue)
    row = tx.execute(this).first()
    if row is None or row[1] is None:
        return [customer_issue]
    theirs = select(kept.c.customer_issue).select_from(_WITH_WHO)
    theirs = theirs.where(kept.c.report == row[0], row[1] == _WHO).order_by(kept.c.customer_issue)
    return list(tx.scalars(theirs))


def unplanned(tx: Transaction, limit: int = 1000) -> list[Loop]:
    """List those to be told of which nobody knows yet when somebody is reminded of them."""
    of_somebody = (kept.c.remind_at.is_(None), kept.c.holder.is_not(None))
    query = select(kept).where(kept.c.state.in_(LISTED), *of_somebody)
    return _all(tx, query.order_by(kept.c.since, kept.c.customer_issue).limit(limit))


def people_due(tx: Transaction, now: datetime) -> list[str]:
    """Return who is to be reminded by now."""
    return list(tx.scalars(select(kept.c.holder).where(*_is_due(now)).distinct()))


def due(tx: Transaction, now: datetime, people: Iterable[str]) -> list[Loop]:
    """List those of these people's that they are to be reminded of by now; nobody else reminds of them."""
    theirs = kept.c.holder.in_(sorted(people))
    query = select(kept).where(*_is_due(now), theirs).order_by(kept.c.customer_issue)
    return _all(tx, query.with_for_update())


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (kept.c.remind_at <= now, kept.c.state.in_(LISTED), kept.c.holder.is_not(None))


def all_listed(tx: Transaction) -> list[Loop]:
    """List all of which somebody has to tell a customer, oldest first."""
    query = select(kept).where(kept.c.state.in_(LISTED))
    return _all(tx, query.order_by(kept.c.since, kept.c.customer_issue))


def claims(tx: Transaction, issues: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return whose these customer issues' loops are, best first.

    The customer's owner by the directory, who brought it in, and who reported what it hangs on.
    """
    joined = customer_issues.outerjoin(_FIRST, customer_issues.c.customer == _FIRST.c.id).outerjoin(
        customers, customers.c.id == func.coalesce(_FIRST.c.merged_into, _FIRST.c.id)
    )
    columns = (customers.c.owner, customer_issues.c.brought_by, reports.c.reporter)
    query = select(customer_issues.c.id, *columns).select_from(
        joined.outerjoin(reports, reports.c.id == customer_issues.c.report)
    )
    found = {}
    ids = list(issues)
    for at in range(0, len(ids), 500):
        for row in tx.execute(query.where(customer_issues.c.id.in_(ids[at : at + 500]))):
            found[row[0]] = tuple(dict.fromkeys(each for each in row[1:] if each))
    return found


_FIRST = customers.alias("first")
_WHO = func.coalesce(_FIRST.c.merged_into, customer_issues.c.customer)
_WITH_WHO = kept.join(customer_issues, customer_issues.c.id == kept.c.customer_issue).outerjoin(
    _FIRST, _FIRST.c.id == customer_issues.c.customer
)


def _all(tx: Transaction, query: Any) -> list[Loop]:
    return [loop_of(row) for row in tx.execute(query).mappings()]


def loop_of(row: Mapping[str, Any] | RowMapping) -> Loop:
    """Return the loop that a row of the table is."""
    how = How(row["told_how"]) if row["told_how"] else None
    return Loop(**{**row, "state": State(row["state"]), "ending": Ending(row["ending"]), "told_how": how})
