"""Passing on what customers say as a support rep does, and deciding about it as product people do."""

from tests.e2e.reporting import CARDS
from tests.harness.cards import Card
from tests.harness.forms import Form
from tests.harness.results import Result
from tests.harness.world import World

PASS_ON = "customer_msg"
COMMAND = "/customer-issue"
SAID = "What the customer said"


def passing(world: World, text: str = "", *, by: str = "U0ANA", channel: str = "C0SUPPORT") -> Form:
    """Open the form of a customer issue by its command."""
    return world.person(by).types(COMMAND, text, channel=channel)


def pass_on(world: World, text: str, *, by: str = "U0ANA", customer: str | None = "Lumen Retail") -> Result:
    """Pass on what a customer said of the shop, and return what the rep saw."""
    form = passing(world, text, by=by)
    if customer:
        choose_customer(form, customer)
    return form.submit()


def choose_customer(form: Form, name: str) -> None:
    """Choose a customer, who may be new."""
    new = f"New customer: {name}"
    offered = form.options("Customer", name)
    form.choose("Customer", name if name in offered else new, query=name)


def expect_told(world: World, text: str, *, seen_by: str | None = None) -> Card:
    """Wait for the card of a customer issue in the shop's channel."""
    return world.channel(CARDS, seen_by=seen_by).expect_message(text)
