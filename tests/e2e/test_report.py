"""The story that everything else is about: from /bug to the issue, the card, the ping and the owner."""

import pytest

from tests.e2e.reporting import engineer, expect_card, expect_issue, expect_whole, filled, open_form, report
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")


def test_a_report_becomes_an_issue_a_card_a_ping_and_a_receipt(world: World) -> None:
    """A rep files a bug from Slack: Jira has the issue, and all three messages show its key."""
    assert filled(open_form(world), "The card is charged twice", area="Payment").submit().closed
    expect_whole(world, ["The card is charged twice"])
    fields = expect_issue(world, "Payment: The card is charged twice")["fields"]
    assert fields["priority"]["name"] == "High"
    assert [each["name"] for each in fields["components"]] == ["Payment"]
    assert fields["reporter"]["displayName"] == "Ana Ruiz"
    assert fields["description"].startswith("Reported by *Ana Ruiz* in Slack.")
    assert "h3. Steps to reproduce" in fields["description"]


def test_the_issue_links_back_to_its_card(world: World) -> None:
    """Who reads the issue in Jira finds the thread in Slack."""
    report(world, "The card is charged twice")
    card = expect_card(world, "The card is charged twice")
    key = expect_issue(world, "charged twice")["key"]

    def links() -> list[dict[str, str]]:
        return [each["object"] for each in world.get(f"/jira/issues/{key}")["remoteLinks"]]

    link = eventually(links, what="a link to Slack")[0]
    assert card.ts.replace(".", "") in link["url"]
    assert link["title"] == "The report's thread in Slack"  # true after the channel was renamed, too


def test_the_global_shortcut_opens_the_same_form(world: World) -> None:
    """A rep who is in no channel finds the form in the shortcut menu and picks the product."""
    form = world.person("U0BEN").shortcut("bug_new")
    form.choose("Product", "Shop")
    form.expect_field("Area")
    eventually(lambda: "Checkout" in form.options("Area", "che"), what="the areas of the shop")
    assert filled(form, "The basket is empty").submit().closed
    expect_issue(world, "The basket is empty")


def test_taking_a_report_assigns_the_issue_and_shows_everywhere(world: World) -> None:
    """The engineer acknowledges and takes it from the ping; card, receipt and Jira say so."""
    report(world, "The card is charged twice")
    on_duty = engineer(world)
    ping = world.dm(on_duty).expect_message("The card is charged twice")
    assert ping.click("Acknowledge").ok
    expect_card(world, "The card is charged twice").expect_text("is looking at it")
    assert ping.refresh().click("Take").ok
    expect_card(world, "The card is charged twice").expect_text("Taken by").expect_no_button("Take")
    world.dm("U0ANA").expect_message("The card is charged twice").expect_text("Taken by")
    key = expect_issue(world, "charged twice")["key"]

    def owner() -> object:
        shown = world.get(f"/jira/issues/{key}")
        return shown["fields"]["assignee"] or shown["fields"]["comment"]["comments"]

    eventually(owner, what="an owner in Jira")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The card is charged twice", "“Expected result”, and “Actual result” are missing"),
        ("Steps:\n1. Pay\nExpected:\nOne charge\nActual:\n", "“Actual result” is empty"),
        ("Steps:\nPay\nExpected:\nOne\nActual:\nTwo\nActual:\nThree", "“Actual result” is there twice"),
    ],
)
def test_what_happened_is_refused_on_the_field(world: World, text: str, said: str) -> None:
    """A text that cannot be followed is refused on its field, and what was typed stays."""
    form = filled(open_form(world), "x")
    form.fill("What happened", text)
    result = form.submit()
    assert said in result.errors["What happened"]
    assert form.value("What happened") == text
