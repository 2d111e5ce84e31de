"""Telling a customer in the channel shared with it: seen and confirmed first, and kept right after."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from domain.customer_issue import CustomerIssue
from storage import audit, outside_messages
from storage.audit import About, Deed
from storage.customer_posts import Form
from storage.database import Database
from tests.e2e.bot_process import BotProcess
from tests.e2e.outside import LUMEN, OLGA, SHARED, TELL, card_of, database_url, previewed, tell_us
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

QUOTE = "We are charged twice"
TOLD = "We have received it"


@pytest.fixture
def issue(world: World, bot: BotProcess, tmp_path: Path) -> CustomerIssue:
    """Return what a customer told us, known to a running bot."""
    return tell_us(database_url(tmp_path), QUOTE)


def deeds(folder: Path, issue: CustomerIssue) -> list[tuple[Deed, str | None]]:
    """Return what the audit says of the message that the customer reads, and by whom."""
    with closing(Database(database_url(folder))) as database, database.reading() as tx:
        lines = audit.of(tx, About.CUSTOMER_ISSUE, issue.id)
    return [(each.deed, each.who) for each in lines if each.details.get("form") == Form.OUTSIDE]


def test_what_was_seen_is_posted_and_kept_right(world: World, issue: CustomerIssue, tmp_path: Path) -> None:
    """Nothing goes out before it is confirmed; then exactly that does, and follows the state by itself."""
    card = card_of(world, QUOTE)
    preview = previewed(card, "It will be right by Friday.")
    assert "Everybody in #ext-lumen-retail will read this" in preview.text
    assert not world.channel(SHARED, seen_by=OLGA).messages(TOLD)
    assert preview.submit().closed
    read = world.channel(SHARED, seen_by=OLGA).expect_message(TOLD, within=20)
    assert read.text in preview.text
    assert read.text.endswith("It will be right by Friday.")
    assert not read.buttons
    form = card.choose("Answered…", by="U0HUGO").opens("Answered")
    form.fill("What they were told", "They never read the manual")
    assert form.submit().closed
    read.expect_text("You have our answer.").expect_text("It will be right by Friday.")
    assert "manual" not in read.text
    eventually(lambda: deeds(tmp_path, issue) == [(Deed.POSTED, "U0ANA")], what="the audit")


def test_going_back_posts_nothing(world: World, issue: CustomerIssue, tmp_path: Path) -> None:
    """Whoever closes the preview has posted nothing, and what was typed is still there."""
    preview = previewed(card_of(world, QUOTE), "Soon.")
    preview.close()
    assert world.person("U0ANA").form().value("Add a sentence") == "Soon."
    assert stays(lambda: not world.channel(SHARED, seen_by=OLGA).messages(TOLD), during=1.0)
    assert deeds(tmp_path, issue) == []


def test_two_at_once_post_once(world: World, issue: CustomerIssue) -> None:
    """Of two who confirm at the same time one posts, and the other reads who did."""
    card = card_of(world, QUOTE)
    first, second = previewed(card), previewed(card, by="U0HUGO")
    assert first.submit().closed
    assert not second.submit().closed
    second.expect_text("@Ana Ruiz has told them already")
    world.channel(SHARED, seen_by=OLGA).expect_count(1, TOLD)
    card.choose(TELL, by="U0HUGO")
    world.channel(card.channel, seen_by="U0HUGO").expect_message("@Ana Ruiz has told them already")
    assert stays(lambda: len(world.channel(SHARED, seen_by=OLGA).messages(TOLD)) == 1, during=1.0)
    assert issue.is_open


def test_a_sentence_that_tells_too_much_is_refused(
    world: World, tmp_path: Path, issue: CustomerIssue
) -> None:
    """Other customers, issues, channels and addresses are named on the field; secrets are masked."""
    tell_us(
        database_url(tmp_path), "Another matter", replace(LUMEN, key="acme", name="Acme Corp", channel=None)
    )
    form = card_of(world, QUOTE).choose(TELL, by="U0ANA").opens("Tell the customer")
    form.fill("Add a sentence", "As with acme corp: SHOP-42, see #shop-bugs or write to ana@harbor.example")
    refused = form.submit()
    for said in ("“Acme Corp” is another customer", "“SHOP-42” is an issue", "“#shop-bugs”", "colleague's"):
        assert said in str(refused.errors), refused.errors
    form.fill("Add a sentence", "Your card 4111 1111 1111 1111 was charged back.")
    preview = form.submit().opens("What they will read")
    assert "••••1111" in preview.text
    assert "4111 1111" not in preview.text
    assert issue.is_open


def test_what_changed_meanwhile_is_shown_again(world: World, issue: CustomerIssue) -> None:
    """The state changes between preview and confirming: the new text is shown, and asked about again."""
    card = card_of(world, QUOTE)
    preview = previewed(card)
    form = card.choose("Not for us…", by="U0HUGO").opens("Not for us")
    form.fill("Reason", "Not ours")
    assert form.submit().closed
    assert not preview.submit().closed
    preview.expect_text("This has changed while you looked at it").expect_text("We have looked into it.")
    assert preview.submit().closed
    world.channel(SHARED, seen_by=OLGA).expect_message("We have looked into it.", within=20)
    assert issue.is_open


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (None, "Nobody knows whose this is"),
        (replace(LUMEN, key="no", name="No Channel", channel=None), "Bugle knows no channel"),
        (replace(LUMEN, key="in", name="Inside", channel="C0SUPPORT"), "Only our own people read"),
        (replace(LUMEN, key="out", name="Not in", channel="C0GENERAL"), "Bugle is not in that channel"),
        (replace(LUMEN, key="gone", name="Gone", channel="C0NOWHERE"), "Bugle is not in that channel"),
    ],
)
@pytest.mark.usefixtures("bot")
def test_who_cannot_be_told(world: World, tmp_path: Path, profile: object, said: str) -> None:
    """Where no channel is surely this customer's alone, the reason and the way out are said."""
    tell_us(database_url(tmp_path), QUOTE, profile)  # type: ignore[arg-type]
    card = card_of(world, QUOTE)
    card.choose(TELL, by="U0ANA")
    world.channel(card.channel, seen_by="U0ANA").expect_message(said)
    assert not world.person("U0ANA").views()


def test_guests_tell_nobody(world: World, issue: CustomerIssue) -> None:
    """A guest among us is told that it is not theirs."""
    world.set_person("U0BEN", guest=True)
    card = card_of(world, QUOTE)
    card.choose(TELL, by="U0BEN")
    world.channel(card.channel, seen_by="U0BEN").expect_message("This is for our own people")
    assert issue.is_open


def test_who_reads_it_is_asked_at_the_last_moment(world: World, issue: CustomerIssue, tmp_path: Path) -> None:
    """Sharing ends between confirming and posting: nothing is posted, who confirmed it hears why."""
    preview = previewed(card_of(world, QUOTE))
    trouble = world.trouble("slack", "rate_limit", "chat.postMessage", retry_after=2)
    world.set_channel(SHARED, unshare="T0LUMEN")
    world.expect_heard("channel_unshared")
    world.no_trouble(trouble)
    assert preview.submit().closed
    world.dm("U0ANA").expect_message("Nothing was posted for *Lumen Retail* in #ext-lumen-retail", within=20)
    assert not world.channel(SHARED, seen_by="U0ANA").messages(TOLD)
    assert deeds(tmp_path, issue) == [(Deed.STOPPED, "U0ANA")]
    world.set_channel(SHARED, share="T0LUMEN")
    world.expect_heard("channel_shared")
    assert previewed(card_of(world, QUOTE), by="U0CHEN").submit().closed
    world.channel(SHARED, seen_by=OLGA).expect_message(TOLD, within=20)


def test_kept_once_through_a_crash(
    world: World, issue: CustomerIssue, bot: BotProcess, tmp_path: Path
) -> None:
    """The answer of the post is lost and Bugle killed: there is one message all the same."""
    preview = previewed(card_of(world, QUOTE))
    world.trouble("slack", "cut_after", "chat.postMessage", times=1)
    assert preview.submit().closed
    read = world.channel(SHARED, seen_by=OLGA).expect_message(TOLD, within=20)
    bot.kill()
    bot.start()

    def known() -> bool:
        with closing(Database(database_url(tmp_path))) as database, database.reading() as tx:
            return [each.ts for each in outside_messages.of_issue(tx, issue.id)] == [read.ts]

    eventually(known, what="the message to be known", within=30)
    world.channel(SHARED, seen_by=OLGA).expect_count(1, TOLD)
