"""Telling a customer, or a person, all that Bugle keeps of them; that somebody asked is in the audit."""

from typing import Any

from storage import audit, customer_data, customer_erasing
from storage.audit import About, Deed
from workflows.context import Context


def of_customer(ctx: Context, customer: str, by: str | None) -> dict[str, Any]:
    """Return all about a customer that is known to exist, as JSON but for times and dates."""
    with ctx.database.transaction() as tx:
        issues = customer_erasing.of_customer(tx, customer)
        told = {
            "customer": customer_data.profiles(tx, customer),
            "customer_issues": list(customer_data.issues(tx, issues)),
            "reports": [_report(each) for each in customer_data.reports_of_customer(tx, customer)],
            "audit": customer_data.audit_of(tx, customer),
        }
        audit.note(tx, Deed.EXPORTED, About.CUSTOMER, customer, who=by, now=ctx.now())
    return told


def of_person(ctx: Context, person: str, by: str | None) -> dict[str, Any]:
    """Return what somebody said, by Slack id or name, the customers they look after, and what they did."""
    with ctx.database.transaction() as tx:
        issues = customer_erasing.of_person(tx, person)
        told = {
            "person": person,
            "customer_issues": list(customer_data.issues(tx, issues)),
            "customers": customer_data.owned_by(tx, person),
            "reports": [_report(each) for each in customer_data.reports_of_issues(tx, issues)],
            "audit": customer_data.deeds_of(tx, person),
        }
        for each in issues:
            audit.note(tx, Deed.EXPORTED, About.CUSTOMER_ISSUE, each, who=by, now=ctx.now())
    return told


def _report(told: customer_data.Told) -> dict[str, Any]:
    return {"report": told.report, "issue": told.issue_key}
