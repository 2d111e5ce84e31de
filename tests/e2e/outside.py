"""A customer with a channel of its own, and what it told us: what the stories about outsiders share."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.customer import Profile
from domain.customer_issue import CustomerIssue, Origin, Told
from storage import customer_issues, customers, effects, migrate
from storage.customer_posts import Form
from storage.database import Database
from tests.e2e.reporting import CARDS
from tests.harness.cards import Card
from tests.harness.forms import Form as Opened
from tests.harness.world import World
from workflows import customer_showing

SHARED, OLGA, KENJI, ADMINS = "C0LUMEN", "U0XOLGA", "U0XKENJI", "C0ADMINS"
TELL = "Tell their channel…"
LUMEN = Profile("lumen", "Lumen Retail", tier="enterprise", value=240_000, owner="U0ANA", channel=SHARED)


def database_url(folder: Path) -> str:
    """Return where the bot of a story keeps what it remembers."""
    return f"sqlite:///{folder / 'bugle.db'}"


def tell_us(url: str, quote: str, profile: Profile | None = LUMEN, **told: Any) -> CustomerIssue:
    """Let a customer have told us something that is shown in the product's channel."""
    now = datetime.now(UTC)
    with closing(Database(url)) as database:
        migrate.upgrade(database)
        with database.transaction() as tx:
            who = customers.keep_profile(tx, profile, now).id if profile else None
            said = Told(f"test:{quote}", Origin.FORM, "shop", quote, customer=who, **told)
            issue = customer_issues.add(tx, said, now)
            assert issue is not None
            effects.decide(tx, [customer_showing.post(issue, Form.CARD, CARDS)], now)
    return issue


def card_of(world: World, quote: str) -> Card:
    """Wait for the card of what a customer said."""
    return world.channel(CARDS).expect_message(quote, within=20)


def previewed(card: Card, sentence: str = "", *, by: str = "U0ANA") -> Opened:
    """Let one of our people go as far as what outsiders would read; return that form."""
    form = card.choose(TELL, by=by).opens("Tell the customer")
    if sentence:
        form.fill("Add a sentence", sentence)
    return form.submit().opens("What they will read")
