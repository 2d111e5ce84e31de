"""A channel of ours that people of another company come to read: what stops, who hears of it, and then."""

from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.outside import ADMINS, KENJI, OLGA, SHARED, card_of, database_url, previewed, tell_us
from tests.e2e.reporting import CARDS, expect_card, report
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

WRONG, LATER, QUOTE = "The card is charged twice", "The basket is empty", "We are charged twice"
NOTICE = "People of another company read"


def share(world: World, channel: str = CARDS) -> None:
    """Let another company read a channel, and Bugle know of it."""
    world.set_channel(channel, share="T0LUMEN")
    world.expect_heard("channel_shared")


@pytest.mark.usefixtures("bot")
def test_it_stops_at_once_is_told_once_and_goes_on(world: World) -> None:
    """Posts and edits stop, one notice says so however much is held back; unshared, all of it comes."""
    report(world, WRONG)
    card = expect_card(world, WRONG)
    share(world)
    notice = world.channel(ADMINS, seen_by="U0IRIS").expect_message(NOTICE, within=20)
    report(world, LATER)
    assert card.click("Take", by="U0GRACE").ok
    eventually(lambda: len(world.get("/jira/issues")["issues"]) > 1, what="the second issue")
    assert stays(lambda: "Taken by" not in card.refresh().text, during=2.0)
    assert not world.channel(CARDS, seen_by=OLGA).messages(LATER)
    assert len(world.channel(ADMINS, seen_by="U0IRIS").messages()) == 1
    world.set_channel(CARDS, unshare="T0LUMEN")
    card.expect_text("Taken by @Grace Okafor", within=20)
    world.channel(CARDS, seen_by="U0IRIS").expect_message(LATER, within=20)
    card.thread.expect_message("took it", within=20)
    assert notice.expect_text("Only your own people read #shop-bugs again").buttons == []
    assert len(world.channel(ADMINS, seen_by="U0IRIS").messages()) == 1


@pytest.mark.usefixtures("bot")
def test_it_is_learnt_without_being_told(world: World) -> None:
    """The event of sharing is lost: after 30 s posts are stopped all the same, and admins hear of it."""
    report(world, WRONG)
    expect_card(world, WRONG)
    world.set_app(events=[])
    world.set_channel(CARDS, share="T0LUMEN")
    eventually(
        lambda: (report(world, LATER + " " + "x" * len(world.calls("slack"))), admins_know(world))[1],
        what="the notice",
        within=60,
    )


def admins_know(world: World) -> bool:
    """Tell whether admins have been told of a shared channel."""
    return bool(world.channel(ADMINS, seen_by="U0IRIS").messages(NOTICE))


def test_what_stood_there_can_be_removed(world: World, bot: BotProcess, tmp_path: Path) -> None:
    """An admin has cards and their threads removed; others' words and messages for the customer stay."""
    quoted = tell_us(database_url(tmp_path), QUOTE)
    report(world, WRONG)
    card = expect_card(world, WRONG)
    assert card.click("Take", by="U0GRACE").ok
    card.thread.expect_message("took it")
    card.reply("I have seen this too", by="U0HUGO")
    card_of(world, QUOTE)
    world.person("U0HUGO").says("Good morning", CARDS)
    share(world)
    notice = world.channel(ADMINS, seen_by="U0IRIS").expect_message(NOTICE, within=20)
    assert notice.click("Remove Bugle's messages there", by="U0IRIS", confirm="Remove").ok
    notice.expect_text("@Iris Novak had Bugle remove its messages there")

    def of_bugle() -> list[str]:
        there = world.channel(CARDS, seen_by=KENJI)
        return [each.text for each in (*there.messages(), *card.thread.messages()) if each.author == "Bugle"]

    eventually(lambda: not of_bugle(), what="Bugle's messages to be gone", within=30)
    assert world.channel(CARDS, seen_by=KENJI).messages("Good morning")
    world.set_channel(CARDS, unshare="T0LUMEN")
    report(world, LATER)
    world.channel(CARDS, seen_by="U0IRIS").expect_message(LATER, within=20)
    assert bot.ready()["status"] == 200
    assert quoted.is_open


@pytest.mark.usefixtures("bot")
def test_what_the_customer_reads_stays(world: World, tmp_path: Path) -> None:
    """Messages for the customer are not Bugle's for our own people: in their own channel nothing stops."""
    tell_us(database_url(tmp_path), QUOTE)
    assert previewed(card_of(world, QUOTE)).submit().closed
    world.channel(SHARED, seen_by=OLGA).expect_message("We have received it", within=20)
    assert stays(lambda: not admins_know(world), during=1.0)
