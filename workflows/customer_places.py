"""Where customer issues go: the channels that see them, by the routing table of bugle.toml."""

from typing import Any

from domain.customer_config import Form
from domain.customer_issue import CustomerIssue
from domain.customer_routing import decide, read_decision
from domain.route_filters import Facts
from storage import customer_issues, customer_posts, customers, deliveries, effects
from storage.database import Transaction
from views.why_here import WhyHere
from workflows import customer_showing
from workflows.context import Context


def send(tx: Transaction, ctx: Context, issue: CustomerIssue) -> None:
    """Decide where a customer issue goes: post it where it is due at once, let it wait for the rest.

    A channel that has it already does not get it again.
    """
    now, facts = ctx.now(), facts_of(tx, issue)
    decision = decide(ctx.config.routes, facts, now, ctx.config.product(issue.told.product).channel)
    customer_issues.keep_decision(tx, issue.id, decision.kept(facts))
    at_once = [each for each in decision.deliveries if each.form is Form.EACH and each.at <= now]
    posts = [
        customer_showing.post(issue, customer_posts.Form.CARD, each.channel, rotation=each.rotation)
        for each in at_once
    ]
    effects.decide(tx, posts, now)
    deliveries.keep(tx, issue.id, (each for each in decision.deliveries if each not in at_once))


def why_here(ctx: Context, issue_id: str, channel: str) -> WhyHere | None:
    """Return how it was decided that a channel has a customer issue; None where nobody noted it."""
    with ctx.database.reading() as tx:
        issue = customer_issues.get(tx, issue_id)
    read = read_decision(issue.decision)
    return WhyHere(channel, ctx.config.product(issue.told.product).name, *read) if read else None


def facts_of(tx: Transaction, issue: CustomerIssue) -> Facts:
    """Return what lines choose by: of the customer issue, and of the directory's entry for its customer."""
    told = issue.told
    customer = customers.profile(tx, told.customer) if told.customer else None
    known: dict[str, Any] = (
        {name: getattr(customer, name) for name in ("tier", "region", "zone")} if customer else {}
    )
    language = told.language or (customer.language if customer else None)
    return Facts(told.product, told.area, language=language, effort=told.effort, **known)
