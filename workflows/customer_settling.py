"""Settling a customer issue: feedback on the product, answered, not for us; and opening it again.

Each is decided in one transaction on the locked customer issue: of two who press at once the first decides,
and the second is told who that was.
"""

from typing import Any

from domain.customer_issue import CustomerIssue, State
from domain.settling import Refusal, Why
from storage import customer_issues, feedback_tags, reports
from workflows import hanging
from workflows.context import Context
from workflows.customer_changes import change
from workflows.customer_rights import is_ours, refusal_to
from workflows.duplicates import original

_OPEN = {"state": State.NEW, "settled_by": None, "settled_at": None, "settled_note": None, "report": None}


def keep_as_feedback(ctx: Context, issue_id: str, user: str, *, tags: tuple[str, ...]) -> Refusal | None:
    """Keep a customer issue as feedback on its product; who does so again gives it these tags."""
    with ctx.database.transaction() as tx:
        issue = customer_issues.lock(tx, issue_id)
        tagged = issue.state is State.FEEDBACK and is_ours(ctx, user)
        if not tagged and (refusal := refusal_to(ctx, issue, user)):
            return refusal
        if tagged and issue.told.tags == tags:
            return None
        decided = {} if tagged else _decided(ctx, State.FEEDBACK, user)
        changed = change(tx, ctx, issue, user, tags=list(tags) or None, **decided)
        feedback_tags.keep(tx, changed, tags)
    return None


def say_answered(ctx: Context, issue_id: str, user: str, *, note: str) -> Refusal | None:
    """Note that the customer has their answer, and what it was where somebody says so."""
    return _settle(ctx, issue_id, user, State.ANSWERED, note)


def say_not_ours(ctx: Context, issue_id: str, user: str, *, reason: str) -> Refusal | None:
    """Note that a customer issue is not for us, for a reason that who passed it on reads."""
    return _settle(ctx, issue_id, user, State.NOT_OURS, reason)


def reopen(ctx: Context, issue_id: str, user: str) -> Refusal | None:
    """Open a settled customer issue again; where it hung on a report, its customer counts there no more."""
    with ctx.database.transaction() as tx:
        seen = customer_issues.get(tx, issue_id)
        report = reports.lock(tx, original(tx, seen.report).id) if seen.report else None
        issue = customer_issues.lock(tx, issue_id)
        if refusal := refusal_to(ctx, issue, user, settled=True):
            return refusal
        if issue.report != seen.report:  # somebody else opened it, and settled it, this moment
            return Refusal(Why.SETTLED, issue.settled_by, issue.state)
        changed = change(tx, ctx, issue, user, **_OPEN)
        if report is not None:
            hanging.let_go(tx, ctx, issue, report)
        feedback_tags.keep(tx, changed, ())
    return None


def look(ctx: Context, issue_id: str, user: str) -> tuple[CustomerIssue, Refusal | None]:
    """Return a customer issue, and why somebody may not settle it now."""
    with ctx.database.reading() as tx:
        issue = customer_issues.get(tx, issue_id)
    return issue, refusal_to(ctx, issue, user)


def _settle(ctx: Context, issue_id: str, user: str, state: State, note: str) -> Refusal | None:
    with ctx.database.transaction() as tx:
        issue = customer_issues.lock(tx, issue_id)
        if (issue.state, issue.settled_by, issue.settled_note or "") == (state, user, note):
            return None  # pressed twice
        if refusal := refusal_to(ctx, issue, user):
            return refusal
        change(tx, ctx, issue, user, settled_note=note or None, **_decided(ctx, state, user))
    return None


def _decided(ctx: Context, state: State, user: str) -> dict[str, Any]:
    return {"state": state, "settled_by": user, "settled_at": ctx.now()}
