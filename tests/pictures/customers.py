"""What a rep passes on from a customer's own channel, as it is seen on the way, for the documentation."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.reporting import happened
from tests.e2e.telling import PASS_ON, choose_customer, expect_told, passing
from tests.harness.cards import Card
from tests.harness.world import World
from tests.sandbox.page.browsing import messages

SAID = (
    "Since Monday the search in the shop takes almost a minute when we filter by store. Our tills queue"
    " because of it, and the people there have gone back to paper."
)
Save = Callable[[Page | Locator, str], None]


def said_by_olga(world: World) -> Card:
    """Let the customer say it in their channel."""
    return world.person("U0XOLGA").says(SAID, "C0LUMEN")


def passed_on(world: World, page: Page, save: Save, said: Card) -> Card:
    """Pass it on as Ana does, and return its card; *page* is hers."""
    form = world.person("U0ANA").shortcut(PASS_ON, said)
    form.choose("Product", "Shop")
    form.expect_field("Area")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    save(dialog, "customer-form")
    assert form.submit().closed
    return expect_told(world, SAID, seen_by="U0HUGO").expect_button("Report a bug")


def decided(page: Page, save: Save, card: Card) -> None:
    """Show the card, and what it says when a bug has come of it; *page* is Hugo's."""
    expect(messages(page)).to_contain_text("Report a bug")
    save(page, "customer-card")
    form = card.click("Report a bug").opens("Report a bug")
    form.choose("Impact", "Works with difficulty")
    form.choose("Workaround", "None known")
    form.fill("What happened", happened("Search by store takes a minute"))
    assert form.submit().closed
    card.expect_text("Bug report SHOP-", within=20)
    expect(messages(page)).to_contain_text("Bug report SHOP-")
    save(page, "customer-card-bug")


def gathered(world: World, page: Page, save: Save) -> None:
    """Show the digest of what reps passed on within an hour, and why a card is there; *page* is Hugo's."""
    for said, customer, area in TOLD:
        form = passing(world, said)
        choose_customer(form, customer)
        if area:
            form.choose("Product", "Shop")
            form.choose("Area", area)
        assert form.submit().closed
        expect_told(world, said)
    world.advance(3600)
    digest = world.channel("C0VOICES", seen_by="U0HUGO").expect_message("customer issues")
    assert digest.click("Show").ok
    card = digest.thread.expect_message("Nobody has said yet")
    expect(messages(page)).to_contain_text("its card is in this channel")
    save(page, "customer-digest")
    card.choose("Why here?").opens("Why here?").expect_text("Line")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    save(dialog, "customer-why")


TOLD = (
    ("The export of orders stops at 10,000 lines, and our month has 14,000.", "Lumen Retail", "Checkout"),
    ("Could the app remember the last store? We change it twenty times a day.", "Northwind Books", None),
    ("After paying by voucher the receipt shows a total of zero.", "Casa Prado", "Payment"),
)
