"""Passing on what customers say as a support rep does, and deciding about it as product people do."""

from datetime import UTC, date, datetime
from pathlib import Path

from domain.customer import Profile
from storage import customers
from storage.database import Database
from tests.e2e.reporting import CARDS
from tests.harness.cards import Card
from tests.harness.forms import Form
from tests.harness.results import Result
from tests.harness.world import World

PASS_ON = "customer_msg"
COMMAND = "/customer-issue"
SAID = "What the customer said"
LUMEN = Profile(
    key="C-1017",
    name="Lumen Retail",
    tier="enterprise",
    value=240_000,
    region="EMEA",
    zone="Europe/Berlin",
    language="en",
    renewal=date(2027, 3, 31),
    owner="U0ANA",
    channel="C0LUMEN",
)


def keep_lumen(folder: Path) -> None:
    """Let the bot's directory know the customer with whom the sandbox's workspace shares a channel."""
    database = Database(f"sqlite:///{folder / 'bugle.db'}")
    with database.transaction() as tx:
        customers.keep_profile(tx, LUMEN, datetime.now(UTC))
    database.close()


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
