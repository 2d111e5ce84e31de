"""What leads from reports to customer issues, and from those to the customers of a report."""

from sqlalchemy import CTE, delete, select

from storage import customers
from storage.database import Transaction
from storage.tables import customer_issues, customer_posts, report_customers, reports


def with_duplicates(report: str) -> CTE:
    """Return a report's id, and those of what was closed as its duplicate, as a table with a column `id`."""
    found = select(reports.c.id).where(reports.c.id == report).cte("with_duplicates", recursive=True)
    further = select(reports.c.id).where(reports.c.duplicate_of == found.c.id)
    return found.union(further)  # which goes round no ring


def shown_about(tx: Transaction, report: str) -> list[str]:
    """Return the customer issues of a report and its duplicates that some message shows, oldest first."""
    all_of_them = with_duplicates(report)
    query = (
        select(customer_issues.c.id)
        .join(customer_posts, customer_posts.c.customer_issue == customer_issues.c.id)
        .where(customer_issues.c.report.in_(select(all_of_them.c.id)))
    )
    return list(tx.execute(query.distinct().order_by(customer_issues.c.id)).scalars())


def take_from(tx: Transaction, report: str, customer: str, *, brought_by: str) -> int:
    """Let a report not be about a customer whom this person named; return how many it is about then."""
    held = report_customers.c
    this = (held.report == report) & (held.customer == customer) & (held.brought_by == brought_by)
    tx.execute(delete(report_customers).where(this))
    return customers.count(tx, report)
