"""Passing on what customers say: whichever way it comes in, it is kept once, with all that must follow."""

from dataclasses import replace
from typing import Any

from domain.customer_issue import CustomerIssue, State, Told
from domain.settling import tidy_tags
from storage import audit, customer_issues, customers, feedback_tags
from storage.database import Transaction
from workflows import customer_places, customer_receipts
from workflows.context import Context


def take_in(tx: Transaction, ctx: Context, told: Told) -> CustomerIssue | None:
    """Keep what a customer told us and let the channels have it; None where it is kept already.

    What satisfied the customer as little as bugle.toml says is feedback on the product from the start.
    """
    issue = customer_issues.add(tx, told, ctx.now(), **_settled_by_rule(ctx, told))
    if issue is not None:
        audit.note(
            tx,
            audit.Deed.ADDED,
            audit.About.CUSTOMER_ISSUE,
            issue.id,
            who=told.brought_by,
            now=ctx.now(),
            origin=told.origin,
        )
        if issue.state is State.FEEDBACK:
            feedback_tags.keep(tx, issue, tidy_tags(told.tags))
        customer_places.send(tx, ctx, issue)
        customer_receipts.give(tx, ctx, issue)
    return issue


def pass_on(ctx: Context, told: Told, new_customer: str | None = None) -> CustomerIssue | None:
    """Keep what somebody passes on; return what was made from the same message before, if something was.

    `new_customer` is the name of whose it is, where nobody named them before.
    """
    with ctx.database.transaction() as tx:
        if told.channel is not None and told.ts is not None:
            first = customer_issues.from_message(tx, told.channel, told.ts)
            if first is not None:
                # Pressed twice, it is told nothing new.
                return None if replace(first.told, customer=told.customer) == told else first
        named = customers.keep(tx, [new_customer]) if new_customer else []
        whose = replace(told, customer=named[0].id) if named else told
        if take_in(tx, ctx, whose) is None and told.channel is not None:
            return customer_issues.with_nonce(tx, told.nonce)  # passed on by two people at once
    return None


def _settled_by_rule(ctx: Context, told: Told) -> dict[str, Any]:
    low = ctx.config.customers.low_satisfaction
    if low is None or told.satisfaction is None or told.satisfaction > low:
        return {}
    return {"state": State.FEEDBACK, "settled_at": ctx.now()}
