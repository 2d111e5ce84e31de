from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import expect_issue, filled
from tests.harness.world import World


def test_a_report_becomes_an_issue_a_card_and_a_ping(world: World, bot: BotProcess) -> None:
    """A rep files a bug from Slack: Jira has the issue, the channel the card, the engineer the ping."""
    form = world.person("U0ANA").types("/bug", channel="C0SUPPORT")
    assert filled(form, "The card is charged twice").submit().closed
    issue = expect_issue(world, "Payment: The card is charged twice")
    card = world.channel("C0SHOPBUGS").expect_message("The card is charged twice")
    card.expect_text(issue["key"])
