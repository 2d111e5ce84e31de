"""How much of a customer's is open: for people who judge what it tells us."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from domain.customer_issue import State
from domain.triage import State as ReportState
from storage.database import Transaction
from storage.tables import customer_issues, issues, report_customers, reports


@dataclass(frozen=True, slots=True)
class Load:
    """How many open bugs a customer has, and how many customer issues of theirs wait for a decision."""

    bugs: int = 0
    waiting: int = 0


def load(tx: Transaction, customer: str) -> Load:
    """Return what of a customer's is open, as far as Jira has told."""
    done = exists().where(issues.c.report == reports.c.id, issues.c.is_open.is_(False))
    bugs = (
        select(func.count())
        .select_from(report_customers)
        .join(reports, reports.c.id == report_customers.c.report)
        .where(report_customers.c.customer == customer, reports.c.state == ReportState.OPEN, ~done)
    )
    waiting = (
        select(func.count())
        .select_from(customer_issues)
        .where(customer_issues.c.customer == customer, customer_issues.c.state == State.NEW)
    )
    return Load(int(tx.execute(bugs).scalar_one()), int(tx.execute(waiting).scalar_one()))
