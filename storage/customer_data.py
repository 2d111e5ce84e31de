"""All that is kept about one customer, or of what one person said: for those who ask for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, or_, select

from storage import audit as audits
from storage.database import Transaction
from storage.tables import (
    audit,
    customer_issues,
    customer_posts,
    customers,
    outside_messages,
    report_customers,
    reports,
)

Row = dict[str, Any]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A report that may hold a customer's words, and the key of its issue in Jira, where it has one."""

    report: str
    issue_key: str | None


def reports_of_customer(tx: Transaction, customer: str) -> list[Told]:
    """List the reports about a customer, or that its customer issues hang on, oldest first."""
    about = select(report_customers.c.report).where(report_customers.c.customer == customer)
    hangs = select(customer_issues.c.report).where(customer_issues.c.customer == customer)
    return _reports(tx, or_(reports.c.id.in_(about), reports.c.id.in_(hangs)))


def reports_of_issues(tx: Transaction, issues: Sequence[str]) -> list[Told]:
    """List the reports that customer issues hang on, oldest first."""
    found: dict[str, Told] = {}
    for start in range(0, len(issues), _AT_ONCE):
        some = customer_issues.c.id.in_(issues[start : start + _AT_ONCE])
        hangs = select(customer_issues.c.report).where(some)
        found |= {each.report: each for each in _reports(tx, reports.c.id.in_(hangs))}
    return sorted(found.values(), key=lambda told: told.report)


def _reports(tx: Transaction, where: Any) -> list[Told]:
    query = select(reports.c.id, reports.c.issue_key).where(where).order_by(reports.c.id)
    return [Told(row.id, row.issue_key) for row in tx.execute(query)]


def profiles(tx: Transaction, customer: str) -> list[Row]:
    """Return the rows of a customer, and of those merged into it."""
    is_it = (customers.c.id == customer) | (customers.c.merged_into == customer)
    return _rows(tx, customers, is_it)


def issues(tx: Transaction, ids: Sequence[str]) -> Iterator[Row]:
    """Yield customer issues, each with the messages that show it and what customers read of it."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        shown = _by_issue(tx, customer_posts, some)
        outside = _by_issue(tx, outside_messages, some)
        for row in _rows(tx, customer_issues, customer_issues.c.id.in_(some)):
            yield row | {"posts": shown[row["id"]], "told_outside": outside[row["id"]]}


def _by_issue(tx: Transaction, table: Table, ids: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(tx, table, table.c.customer_issue.in_(ids)):
        found[row["customer_issue"]].append(row)
    return found


def owned_by(tx: Transaction, person: str) -> list[Row]:
    """Return the customers of which somebody is the rep: key and name."""
    query = select(customers.c.key, customers.c.name).where(customers.c.owner == person)
    return [dict(row) for row in tx.execute(query.order_by(customers.c.id)).mappings()]


def audit_of(tx: Transaction, customer: str) -> list[Row]:
    """Return who saw and changed what of a customer, and of its customer issues, oldest first."""
    about = (audit.c.about == audits.About.CUSTOMER) & (audit.c.subject == customer)
    issues_of = select(customer_issues.c.id).where(customer_issues.c.customer == customer)
    theirs = (audit.c.about == audits.About.CUSTOMER_ISSUE) & audit.c.subject.in_(issues_of)
    return _rows(tx, audit, or_(about, theirs))


def deeds_of(tx: Transaction, person: str) -> list[Row]:
    """Return what somebody saw and changed, oldest first."""
    return _rows(tx, audit, audit.c.who == person)


def _rows(tx: Transaction, table: Table, where: Any) -> list[Row]:
    query = select(table).where(where).order_by(table.c.id)
    return [dict(row) for row in tx.execute(query).mappings()]
