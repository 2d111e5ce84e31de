"""Where customer issues go: the channels that see them."""

from domain.customer_issue import CustomerIssue
from storage import effects
from storage.customer_posts import Form
from storage.database import Transaction
from workflows import customer_showing
from workflows.context import Context


def send(tx: Transaction, ctx: Context, issue: CustomerIssue) -> None:
    """Decide the posts of a new customer issue: in the channel of its product."""
    channel = ctx.config.product(issue.told.product).channel
    effects.decide(tx, [customer_showing.post(issue, Form.CARD, channel)], ctx.now())
