"""Rows that hang on a customer, moved to the one it was merged into, in the caller's transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, select, update

from domain.customer import NAMED, Profile
from storage import customers as directory
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import customer_issues, customer_posts, customers, report_customers


def hold_what_hangs_on(tx: Transaction, customer: str) -> None:
    """Hold the customer issues and links of a customer: who changes them holds these first, and then it."""
    issues = select(customer_issues.c.id).where(customer_issues.c.customer == customer)
    tx.execute(issues.order_by(customer_issues.c.id).with_for_update()).all()
    links = select(report_customers.c.report).where(report_customers.c.customer == customer)
    tx.execute(links.order_by(report_customers.c.report).with_for_update()).all()


def counted(tx: Transaction, customer: str) -> tuple[int, int]:
    """Return how many customer issues and links to reports a customer has."""
    issues = select(func.count()).where(customer_issues.c.customer == customer)
    links = select(func.count()).where(report_customers.c.customer == customer)
    return int(tx.execute(issues).scalar_one()), int(tx.execute(links).scalar_one())


def move_issues(tx: Transaction, customer: str, into: str) -> int:
    """Let another customer have told us what this one did; return how many customer issues that are."""
    version = customer_issues.c.version + 1
    moved = update(customer_issues).where(customer_issues.c.customer == customer)
    return tx.execute(moved.values(customer=into, version=version)).rowcount


def shown_of(tx: Transaction, customer: str, limit: int) -> list[str]:
    """List the customer issues of a customer that some message shows, newest first."""
    shown = select(customer_posts.c.customer_issue)
    query = select(customer_issues.c.id).where(
        customer_issues.c.customer == customer, customer_issues.c.id.in_(shown)
    )
    return list(tx.execute(query.order_by(customer_issues.c.id.desc()).limit(limit)).scalars())


def move_reports(tx: Transaction, customer: str, into: str) -> tuple[int, list[str]]:
    """Let reports be about another customer; return how many, and which were about both."""
    held = report_customers.c
    rows = tx.execute(select(report_customers).where(held.customer == customer)).mappings().all()
    theirs = select(held.report).where(
        held.customer == into, held.report.in_([row["report"] for row in rows])
    )
    both = list(tx.execute(theirs.order_by(held.report)).scalars())
    if rows:
        insert_new(tx, report_customers, [{**row, "customer": into} for row in rows])
        tx.execute(delete(report_customers).where(held.customer == customer))
    return len(rows), both


def lead_to(tx: Transaction, merged: Profile, into: Profile, now: datetime) -> tuple[Profile, list[str]]:
    """Let a customer lead to another, which gets what it lacks; returned with the fields that it got.

    Of one whose name alone is known, the key goes to the one that is left if that has a better one.
    """
    told = {name: getattr(merged, name) for name in _FILLED if getattr(into, name) is None}
    told = {name: value for name, value in told.items() if value is not None}
    fields = {**merged.fields, **into.fields}
    filled = [*told, *(f"field:{name}" for name in fields.keys() - into.fields.keys())]
    leads = (customers.c.id == merged.id) | (customers.c.merged_into == merged.id)
    tx.execute(update(customers).where(leads).values(merged_into=into.id, updated_at=now))
    if into.key.startswith(NAMED) and not merged.key.startswith(NAMED):
        aside = update(customers).where(customers.c.id == merged.id)
        tx.execute(aside.values(key=f"merged:{merged.id}"))
        tx.execute(update(customers).where(customers.c.id == into.id).values(key=merged.key))
        tx.execute(aside.values(key=into.key))
        into, filled = replace(into, key=merged.key), [*filled, "key"]
    return directory.change(tx, replace(into, **told, fields=fields), now), filled


_FILLED = (
    "tier",
    "value",
    "region",
    "zone",
    "language",
    "renewal",
    "owner",
    "channel",
    "crm_url",
    "help_desk_url",
)
