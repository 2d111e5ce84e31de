"""The one card that a customer issue has in a channel of our own."""

from domain.config import Product
from domain.customer import Customer
from domain.customer_issue import CustomerIssue
from domain.message import Message
from views.blocks import context, section
from views.text import ago, cut_escaped, translator
from views.thread_text import quoted


def customer_card(
    issue: CustomerIssue, product: Product, customer: Customer | None, language: str
) -> Message:
    """Return what a customer told us, in the language of the channel."""
    t = translator(language)
    name = customer.name if customer else t("A customer nobody knows")
    head = f"*{cut_escaped(name, 150)}* · {cut_escaped(product.name, 75)}"
    blocks = (section(f"{head}\n{quoted(issue.told.quote)}"), context(ago(issue.brought_at)))
    return Message(text=f"{cut_escaped(name, 150)}: {cut_escaped(issue.told.quote, 200)}", blocks=blocks)
