"""What a rep reads when a bug of their customers has ended, for the documentation."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.reporting import CARDS, expect_card, expect_issue, report
from tests.e2e.telling import expect_told, pass_on
from tests.harness.cards import Card
from tests.harness.waiting import eventually
from tests.harness.world import World
from tests.sandbox.page.browsing import messages

WRONG = "A voucher of another store is taken off twice"
SAID = (
    ("Lumen Retail", "Vouchers of other stores count twice at our tills."),
    ("Northwind Books", "The same voucher was taken off twice, the till was short."),
    ("Casa Prado", "El vale de otra tienda se descuenta dos veces."),
)
Save = Callable[[Page | Locator, str], None]


def ended(world: World) -> Card:
    """Let customers have told Ana of a bug that is fixed since; return her message."""
    report(world, WRONG)
    key = expect_issue(world, WRONG)["key"]
    expect_card(world, WRONG).expect_text(key)
    for customer, said in SAID:
        assert pass_on(world, said, customer=customer).closed
        card = expect_told(world, said)
        form = card.click("It is this bug…", by="U0ANA").opens("It is this bug")
        form.choose("The same problem as", f"{key} · {WRONG}", query="voucher")
        assert form.submit().closed
        card.expect_text(key)
    _does(world, key, "In Progress")
    eventually(lambda: _passes(world, "In Jira: *In Progress*"), within=60, what="the issue to be followed")
    _does(world, key, "Done", resolution="Fixed")
    return eventually(lambda: _told(world), within=90, what="the message")


def shown(world: World, page: Page, save: Save, told: Card) -> None:
    """Show the message, the text for a customer, and the list; *page* is Ana's messages with Bugle."""
    expect(messages(page)).to_contain_text("How it ended")
    save(page, "loops-message")
    form = told.click("Show text").opens("Tell the customer")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    save(dialog, "loops-text")
    form.close()
    world.person("U0ANA").types("/loops").expect_text("to tell")
    expect(dialog).to_be_visible()
    save(dialog, "loops-list")
    world.person("U0ANA").form().close()


def _does(world: World, key: str, to: str, **more: str) -> None:
    world.post(f"/jira/as/iris@harbor.example/issues/{key}/transition", {"to": to, **more})


def _passes(world: World, text: str) -> bool:
    world.advance(60)
    return any(text in each.text for each in world.channel(CARDS).messages(WRONG))


def _told(world: World) -> Card | None:
    world.advance(60)
    found = world.dm("U0ANA").messages("How it ended")
    return found[-1] if found else None
