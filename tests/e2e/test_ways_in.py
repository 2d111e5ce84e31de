"""Every way to the bug form: from a message, by a reaction, by a mention; with all that is known already."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import expect_issue, expect_under_way, filled
from tests.harness.cards import Card
from tests.harness.forms import Form
from tests.harness.waiting import stays
from tests.harness.world import World

SAID = "Olga says: the card is charged <b>twice</b> & nobody answers"
OFFER = "Report this as a bug?"
SHORTCUT = "bug_msg"


def offered(world: World, channel: str, *, to: str) -> Card:
    """Wait for the offer that one person sees in a channel."""
    return world.channel(channel, seen_by=to).expect_message(OFFER)


def offers(world: World, channel: str, *, to: str) -> int:
    """Return how many offers somebody sees in a channel."""
    return len(world.channel(channel, seen_by=to).messages(OFFER))


def expect_prefilled(form: Form, text: str = SAID, *, files: int = 0) -> None:
    """Check that the form has a message's text under its last heading, and says what it comes from."""
    assert form.value("What happened").endswith(f"Actual result:\n{text}")
    assert "From this message" in form.text
    assert (f"Files that go with it: {files}" in form.text) == bool(files)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("channel", ["C0SUPPORT", "C0GENERAL"])
@pytest.mark.parametrize("in_thread", [False, True])
def test_a_message_becomes_a_report(world: World, channel: str, in_thread: bool) -> None:
    """Its shortcut prefills the form, in threads and in channels without the bot too; then it is filed."""
    ben = world.person("U0BEN")
    root = world.person("U0ANA").says("Something odd", channel) if in_thread else None
    said = ben.says(SAID, channel, thread=root, files=[{"name": "shot.png", "content": "x"}])
    form = ben.shortcut(SHORTCUT, said)
    expect_prefilled(form, files=1)
    form.choose("Product", "Shop")
    form.expect_field("Area")
    expect_prefilled(form, files=1)
    assert filled(form, "The card is charged twice").submit().closed
    expect_issue(world, "The card is charged twice")


@pytest.mark.usefixtures("bot")
def test_a_form_from_a_message_is_not_lost(world: World) -> None:
    """The form does not open in time where the bot is not: the rep is told in their direct messages."""
    said = world.person("U0ANA").says(SAID, "C0GENERAL", files=[{"name": "shot.png", "content": "x"}])
    world.trouble("slack", "slow", "views.open", times=1, delay=4)
    world.person("U0BEN").uses(SHORTCUT, said)
    told = world.dm("U0BEN").expect_message("did not let Bugle open", within=15)
    expect_prefilled(told.click("Open the form").opens(), files=1)


@pytest.mark.usefixtures("bot")
def test_a_reaction_offers_the_form_to_who_gave_it(world: World) -> None:
    """A :bug: on a message: that person alone gets a button, once, that opens the form; others nothing."""
    said = world.person("U0ANA").says(SAID)
    said.react("eyes", by="U0BEN")
    said.react("bug", by="U0BEN")
    expect_prefilled(offered(world, "C0SUPPORT", to="U0BEN").click("Report a bug").opens())
    said.react("bug", by="U0BEN", remove=True)
    said.react("bug", by="U0BEN")
    said.react("bug", by="U0IRIS")
    offered(world, "C0SUPPORT", to="U0IRIS")
    assert offers(world, "C0SUPPORT", to="U0BEN") == 1
    assert offers(world, "C0SUPPORT", to="U0ANA") == 0


@pytest.mark.usefixtures("bot")
def test_a_reaction_in_a_thread_is_answered_there(world: World) -> None:
    """The button stands in the thread of the message, and the form has that message's text."""
    root = world.person("U0ANA").says("Something odd")
    reply = root.reply(SAID, by="U0ANA", files=[{"name": "shot.png", "content": "x"}])
    reply.react("bug", by="U0BEN")
    offer = root.seen_by("U0BEN").thread.expect_message(OFFER)
    expect_prefilled(offer.click("Report a bug").opens(), files=1)


@pytest.mark.usefixtures("bot")
def test_a_mention_offers_the_form(world: World) -> None:
    """Who calls the bot gets a button; what they said is in the form, or what the thread is about."""
    world.person("U0BEN").says(f"@bugle {SAID}")
    expect_prefilled(offered(world, "C0SUPPORT", to="U0BEN").click("Report a bug").opens())
    root = world.person("U0ANA").says("The basket is empty")
    root.reply("@bugle", by="U0IRIS")
    offer = root.seen_by("U0IRIS").thread.expect_message(OFFER)
    expect_prefilled(offer.click("Report a bug").opens(), "The basket is empty")
    assert offers(world, "C0SUPPORT", to="U0ANA") == 0


@pytest.mark.usefixtures("bot")
def test_people_of_other_companies_are_offered_nothing(world: World) -> None:
    """In a shared channel our own people get the button for what a customer wrote; the customer gets none."""
    world.set_person("U0ANA", locale="en-GB")
    said = world.person("U0XOLGA").says("@bugle The card is charged twice", "C0LUMEN")
    said.react("bug", by="U0XKENJI")
    said.react("bug", by="U0ANA")
    form = offered(world, "C0LUMEN", to="U0ANA").click("Report a bug").opens()
    assert "The card is charged twice" in form.value("What happened")
    for outsider in ("U0XOLGA", "U0XKENJI"):
        assert stays(lambda: offers(world, "C0LUMEN", to=outsider) == 0, during=0.5)  # noqa: B023
    assert not any("U0X" in str(call["request"]) for call in world.calls("slack", "chat.postEphemeral"))


def test_an_event_that_was_not_taken_is_taken_when_it_comes_again(
    world: World, bot: BotProcess, tmp_path: Path
) -> None:
    """The bot is killed while it takes a reaction: Slack sends it again, and the offer is made, once."""
    world.set_app(retry_delays=[5.0, 5.0, 5.0])
    said = world.person("U0ANA").says(SAID)
    with closing(sqlite3.connect(tmp_path / "bugle.db", isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        world.trouble("bot", "slow", "reaction_added", times=1, delay=0)
        said.react("bug", by="U0BEN")
        expect_under_way(world)
        bot.kill()
        database.execute("ROLLBACK")
    bot.start()
    world.channel("C0SUPPORT", seen_by="U0BEN").expect_message(OFFER, within=20)
    assert stays(lambda: offers(world, "C0SUPPORT", to="U0BEN") == 1, during=0.5)


@pytest.mark.usefixtures("bot")
def test_an_event_delivered_twice_is_taken_once(world: World) -> None:
    """Slack does not hear the ack and sends the reaction again: there is one offer."""
    world.set_app(retry_delays=[0.0, 0.1])
    said = world.person("U0ANA").says(SAID)
    world.trouble("bot", "cut_after", "reaction_added", times=1)
    said.react("bug", by="U0BEN")
    offered(world, "C0SUPPORT", to="U0BEN")
    assert stays(lambda: offers(world, "C0SUPPORT", to="U0BEN") == 1, during=0.5)
