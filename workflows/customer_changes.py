"""Changing a customer issue as somebody decides it: whoever looks at it sees that, and so does the audit."""

from typing import Any

from domain.customer_issue import CustomerIssue
from storage import audit, customer_issues
from storage.database import Transaction
from workflows import customer_showing
from workflows.context import Context


def change(tx: Transaction, ctx: Context, issue: CustomerIssue, by: str, **values: Any) -> CustomerIssue:
    """Change a locked customer issue, note who did and show it; *values* are columns. Returns it then."""
    changed = customer_issues.change(tx, issue, **values)
    told = {"state": changed.state, "before": issue.state, "report": changed.report}
    about = audit.About.CUSTOMER_ISSUE
    audit.note(tx, audit.Deed.CHANGED, about, issue.id, who=by, now=ctx.now(), **told)
    customer_showing.refresh(tx, ctx, changed)
    return changed
