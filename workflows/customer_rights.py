"""Who may decide about a customer issue, and whether it is in a state to be decided about."""

from domain.customer_issue import CustomerIssue
from domain.settling import Refusal, Why
from workflows.context import Context


def refusal_to(
    ctx: Context, issue: CustomerIssue, user: str, *, settled: bool | None = False
) -> Refusal | None:
    """Return why somebody may not decide about a customer issue, or None when they may.

    *settled* is what it must be for it: False open, True settled, None either.
    """
    if not is_ours(ctx, user):
        return Refusal(Why.NOT_YOURS)
    if settled is False and not issue.is_open:
        return Refusal(Why.SETTLED, issue.settled_by, issue.state)
    if settled and issue.is_open:
        return Refusal(Why.OPEN)
    return None


def is_ours(ctx: Context, user: str) -> bool:
    """Tell whether somebody is of our own company and no guest, as far as that is known; nobody is asked."""
    known = ctx.slack.person_known(user)
    return known is None or not (known.is_guest or known.is_external or known.is_bot or known.deleted)
