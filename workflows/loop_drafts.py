"""The answer to a customer as it is drafted now, from what they may know."""

from domain.customer_issue import CustomerIssue, Origin
from domain.customer_reply import Kind, Reply
from domain.loop import Loop, State
from domain.privacy import masked
from gateways.slack.people import language_of
from storage import customer_issues, customers, loops, reports, tracked
from storage.database import Transaction
from views.customer_reply import customer_reply
from workflows import outside_view
from workflows.context import Context


def language_for(tx: Transaction, issue: CustomerIssue) -> str:
    """Return which of our languages a customer reads best: by the directory, else as they told us."""
    profile = customers.profile(tx, issue.told.customer) if issue.told.customer else None
    return language_of((profile.language if profile else None) or issue.told.language)


def drafted(tx: Transaction, ctx: Context, customer_issue: str) -> tuple[str, str]:
    """Return the customer's language, and the draft in it; "" where there is nothing to say."""
    loop, issue = loops.find(tx, customer_issue), customer_issues.get(tx, customer_issue)
    language = language_for(tx, issue)
    if loop is None:
        return language, ""
    return language, customer_reply(_reply(tx, ctx, loop, issue), language)


def _reply(tx: Transaction, ctx: Context, loop: Loop, issue: CustomerIssue) -> Reply:
    report = reports.get(tx, loop.report)
    known = tracked.find(tx, loop.report)
    versions = tuple(each.name for each in known.facts.versions) if known else ()
    kind = Kind.REOPENED if loop.state is State.REOPENED else Kind(loop.ending)
    return Reply(
        kind,
        ctx.config.product(report.product).name,
        issue.brought_at,
        quote=_own_words(tx, ctx, issue),
        versions=() if outside_view.says_too_much(tx, ctx, issue, " ".join(versions)) else versions,
    )


def _own_words(tx: Transaction, ctx: Context, issue: CustomerIssue) -> str:
    """Return what they said, where it is theirs and names nothing of ours or of others."""
    quote = issue.told.quote
    if issue.told.origin is Origin.BUG_FORM or outside_view.says_too_much(tx, ctx, issue, quote):
        return ""
    return masked(quote)
