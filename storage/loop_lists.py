"""Loops with whom and what they are about, as people read them in lists."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select

from domain.customer_issue import Origin
from domain.loop import LISTED
from domain.loop_list import After, LoopRow, Wanted
from storage import loops as kept
from storage.database import Transaction
from storage.tables import customer_issues, customers, loops, reports


def page(tx: Transaction, wanted: Wanted, limit: int, after: After | None = None) -> list[LoopRow]:
    """Return those that are to be told, oldest first, behind *after*."""
    query = _ROWS.where(*_where(wanted))
    if after is not None:
        behind = and_(loops.c.since == after.since, loops.c.customer_issue > after.customer_issue)
        query = query.where(or_(loops.c.since > after.since, behind))
    return _rows(tx, query.order_by(loops.c.since, loops.c.customer_issue).limit(limit))


def count(tx: Transaction, wanted: Wanted) -> tuple[int, datetime | None]:
    """Return how many customers are to be told, each once for each report, and since when the first is."""
    whom = loops.c.report.concat(func.coalesce(customers.c.id, loops.c.customer_issue))
    query = (
        select(func.count(func.distinct(whom)), func.min(loops.c.since))
        .select_from(_FROM)
        .where(*_where(wanted))
    )
    row = tx.execute(query).one()
    return int(row[0]), row[1]


def of_person(tx: Transaction, report: str, person: str) -> list[LoopRow]:
    """Return the loops of a report that somebody has, or that others have for them, in any state."""
    theirs = or_(loops.c.holder == person, loops.c.owner == person)
    query = _ROWS.where(loops.c.report == report, theirs)
    return _rows(tx, query.order_by(loops.c.since, loops.c.customer_issue))


def rows(tx: Transaction, issues: Sequence[str]) -> list[LoopRow]:
    """Return the loops of these customer issues, oldest first."""
    query = _ROWS.where(loops.c.customer_issue.in_(issues))
    return _rows(tx, query.order_by(loops.c.since, loops.c.customer_issue))


def row(tx: Transaction, customer_issue: str) -> LoopRow | None:
    """Return the loop of one customer issue, or None."""
    return next(iter(_rows(tx, _ROWS.where(loops.c.customer_issue == customer_issue))), None)


_FIRST = customers.alias("first")
_FROM = (
    loops.join(customer_issues, customer_issues.c.id == loops.c.customer_issue)
    .join(reports, reports.c.id == loops.c.report)
    .outerjoin(_FIRST, _FIRST.c.id == customer_issues.c.customer)
    .outerjoin(customers, customers.c.id == func.coalesce(_FIRST.c.merged_into, _FIRST.c.id))
)
_MORE = {
    "_customer": customers.c.id,
    "_name": customers.c.name,
    "_folded": customers.c.folded,
    "_tier": customers.c.tier,
    "_value": customers.c.value,
    "_channel": customers.c.channel,
    "_brought_at": customer_issues.c.brought_at,
    "_origin": customer_issues.c.origin,
    "_source": customer_issues.c.source,
    "_product": reports.c.product,
    "_key": reports.c.issue_key,
    "_actual": reports.c.actual,
}
_ROWS = select(loops, *(column.label(name) for name, column in _MORE.items())).select_from(_FROM)


def _where(wanted: Wanted) -> Collection[ColumnElement[bool]]:
    chosen = {
        loops.c.holder: wanted.holder,
        reports.c.product: wanted.product,
        customers.c.id: wanted.customer,
        loops.c.report: wanted.report,
    }
    found = [column == value for column, value in chosen.items() if value is not None]
    return [loops.c.state.in_(LISTED), *found, *([loops.c.holder.is_(None)] if wanted.is_nobodys else [])]


def _rows(tx: Transaction, query: Select[Any]) -> list[LoopRow]:
    return [_row(each) for each in tx.execute(query).mappings()]


def _row(found: RowMapping) -> LoopRow:
    told = {name.removeprefix("_"): found[name] for name in _MORE if name != "_folded"}
    is_there = bool(found["_folded"])  # an erased customer has no name any more
    told |= {"name": told["name"] if is_there else "", "origin": Origin(told["origin"])}
    told |= {} if is_there else {"customer": None, "channel": None}
    return LoopRow(kept.loop_of({name: found[name] for name in loops.c.keys()}), **told)  # noqa: SIM118
