"""When a bug has ended, whoever cares for its customers tells each of them, and says so."""

from pathlib import Path

import pytest

from domain.loop import How, State
from tests.e2e.bot_process import BotProcess
from tests.e2e.closing import WRONG, Bug, customer, database_url
from tests.e2e.outside import OLGA, SHARED
from tests.e2e.telling import pass_on
from tests.harness.waiting import eventually, stays
from tests.harness.world import World


@pytest.fixture
def bug(world: World, bot: BotProcess, tmp_path: Path) -> Bug:
    """Return a bug that Bugle follows in Jira."""
    bug = Bug(world, database_url(tmp_path))
    bug.known()
    return bug


def states(bug: Bug) -> dict[State, int]:
    """Return how many loops are in each state."""
    found = [each.state for each in bug.loops()]
    return {each: found.count(each) for each in set(found)}


def test_who_cares_for_a_customer_tells_them(bug: Bug) -> None:
    """Fixed: each rep reads which of their customers are to be told, with a text in their language."""
    bug.told_by([customer(1, "U0ANA"), customer(2, "U0ANA", "es"), customer(3, "U0BEN", "zh-TW")])
    bug.done()
    mine = bug.expect_message("U0ANA", "2 customers of yours have to be told.")
    assert "fixed" in mine.text
    assert "Customer 003" not in mine.text
    form = mine.click("Show text").opens("Tell the customer")
    assert "Customer 001" in form.text
    text = form.value("Text for the customer")
    assert "It is fixed." in text
    assert "We pay twice" in text
    assert bug.key not in text
    assert form.submit().closed
    mine.expect_text("1 customer of yours has to be told.").expect_text("Know it: Customer 001")
    assert mine.choose("Told by other means").ok
    mine.expect_text("Nobody of yours has to be told any more.")
    assert states(bug) == {State.TOLD: 2, State.TO_TELL: 1}
    theirs = bug.expect_message("U0BEN", "1 customer of yours has to be told.")
    form = theirs.choose("Let go because…").opens("Let go")
    form.fill("Why", "They are no customer any more")
    assert form.submit().closed
    theirs.expect_text("Let go: Customer 003")
    assert states(bug) == {State.TOLD: 2, State.LET_GO: 1}


def test_an_answer_goes_to_their_channel(world: World, bug: Bug) -> None:
    """What the rep saw and confirmed is posted in the channel shared with the customer, and told by that."""
    lumen = customer(1, "U0ANA", "es", channel=SHARED)
    bug.told_by([lumen])
    bug.done()
    mine = bug.expect_message("U0ANA", "1 customer of yours has to be told.")
    form = mine.click("Send to their channel").opens("Tell the customer")
    assert "Está corregido." in form.value("Text for the customer")
    preview = form.submit().opens("What they will read")
    assert not world.channel(SHARED, seen_by=OLGA).messages("corregido")
    assert preview.submit().closed
    read = world.channel(SHARED, seen_by=OLGA).expect_message("Está corregido.", within=20)
    assert bug.key not in read.text
    assert "Ana" not in read.text
    mine.expect_text("Know it: Customer 001")
    assert states(bug) == {State.TOLD: 1}
    assert bug.loops()[0].told_how is How.CHANNEL


def test_an_answer_that_cannot_be_posted_is_still_to_be_told(world: World, bug: Bug) -> None:
    """The channel is shared no more between confirming and posting: the loop is open again."""
    bug.told_by([customer(1, "U0ANA", channel=SHARED)])
    bug.done()
    mine = bug.expect_message("U0ANA", "1 customer of yours has to be told.")
    preview = mine.click("Send to their channel").opens().submit().opens("What they will read")
    trouble = world.trouble("slack", "rate_limit", "chat.postMessage", retry_after=2)
    world.set_channel(SHARED, unshare="T0LUMEN")
    world.expect_heard("channel_unshared")
    world.no_trouble(trouble)
    assert preview.submit().closed
    world.dm("U0ANA").expect_message("Nothing was posted for *Customer 001*", within=20)
    mine.expect_text("1 customer of yours has to be told.", within=20)
    assert states(bug) == {State.TO_TELL: 1}


def test_what_is_opened_again_is_taken_back(world: World, bug: Bug) -> None:
    """Who told a customer reads that it is not so; who did not has nothing to tell; then it ends again."""
    bug.told_by([customer(1, "U0ANA"), customer(2, "U0ANA")])
    bug.done()
    mine = bug.expect_message("U0ANA", "2 customers of yours have to be told.")
    assert mine.click("Show text").opens().submit().closed
    mine.expect_text("1 customer of yours has to be told.")
    bug.does("transition", to="To Do")
    again = bug.expect_message("U0ANA", "Take it back with 1 customer.")
    assert "Customer 002" not in again.text
    form = again.click("Show text").opens("Tell the customer")
    assert "That was too early" in form.value("Text for the customer")
    assert form.submit().closed
    again.expect_text("Nobody of yours has to be told any more.")
    assert states(bug) == {State.OPEN: 2}
    bug.does("transition", to="In Progress")
    bug.done()
    bug.expect_message("U0ANA", "2 customers of yours have to be told.")
    assert states(bug) == {State.TO_TELL: 2}


def test_what_is_still_broken_opens_the_report(world: World, bug: Bug) -> None:
    """A customer meets it again: report and issue are opened, and others who were told are told so."""
    bug.told_by([customer(1, "U0ANA"), customer(2, "U0BEN")])
    bug.done()
    mine = bug.expect_message("U0ANA", "1 customer of yours has to be told.")
    theirs = bug.expect_message("U0BEN", "1 customer of yours has to be told.")
    assert theirs.choose("Told by other means").ok
    theirs.expect_text("Know it: Customer 002")
    assert mine.choose("Told by other means").ok
    mine.expect_button("Still broken…")
    form = mine.click("Still broken…").opens("Still broken")
    form.fill("What they still meet", "Charged twice again, on Monday")
    assert form.submit().closed
    card = world.channel("C0SHOPBUGS").expect_message(bug.key)
    card.thread.expect_message("Charged twice again, on Monday", within=20)
    eventually(lambda: not bug.is_done(), what="the issue to be open", within=20)
    theirs = world.dm("U0BEN").expect_message("Take it back with 1 customer.", within=20)
    assert states(bug) == {State.OPEN: 1, State.REOPENED: 1}
    world.advance(120)
    assert stays(lambda: states(bug) == {State.OPEN: 1, State.REOPENED: 1}, during=2.0)


def test_the_list_shows_who_is_to_be_told(world: World, bug: Bug) -> None:
    """By command: oldest first, in pages, by whose they are; ticked ones are told together."""
    bug.told_by([customer(number, "U0ANA") for number in range(12)])
    bug.told_by([customer(20, "U0BEN")])
    bug.done()
    mine = bug.expect_message("U0ANA", "12 customers of yours have to be told.")
    assert "and 2 more customers" in mine.text
    form = mine.click("Show all").opens("Customers to tell")
    assert "12 customers to tell" in form.text
    form = world.person("U0ANA").types("/loops")
    assert "Customer 011" not in form.text
    form.click("More")
    form.expect_text("Customer 011")
    form.choose("Told by other means", f"Customer 011 · {bug.key}")
    form.submit()
    form.expect_text("11 customers to tell")
    form.click("Back")
    form.expect_text("Customer 000")
    form.choose("Told by other means", f"Customer 000 · {bug.key}", f"Customer 001 · {bug.key}")
    form.submit()
    form.expect_text("9 customers to tell")
    assert "Tick" in str(form.submit().errors)
    form.choose("Whose", "Everybody's")
    form.expect_text("10 customers to tell")
    form.choose("Whose", "Nobody's")
    form.expect_text("Nobody has to be told anything.")
    assert states(bug) == {State.TO_TELL: 10, State.TOLD: 3}


def test_a_duplicate_in_jira_ends_as_its_original(world: World, bug: Bug, tmp_path: Path) -> None:
    """Linked and closed there as a duplicate of ours: its customers hear how that one ends."""
    other = Bug(world, database_url(tmp_path), "The voucher is lost")
    other.does("transition", to="In Progress")
    other.minutes(lambda: "In Jira" in str(world.channel("C0SHOPBUGS").messages(other.key)), "it to be known")
    other.told_by([customer(1, "U0ANA")])
    other.does("link", type="Duplicate", to=bug.key)
    other.done("Duplicate")
    card = world.channel("C0SHOPBUGS").expect_message("The voucher is lost")
    other.minutes(lambda: "Closed in Jira as a duplicate of" in card.refresh().text, "the duplicate")
    assert states(other) == {}
    bug.done()
    bug.expect_message("U0ANA", "1 customer of yours has to be told.")
    assert states(bug) == {State.TO_TELL: 1}


def test_what_is_no_bug_is_told_honestly(world: World, bug: Bug) -> None:
    """Closed in Slack as not a bug: the rep reads why, and the customer gets words for it."""
    bug.told_by([customer(1, "U0BEN", "es")])
    form = world.channel("C0SHOPBUGS").expect_message(bug.key).choose("Not a bug", by="U0IRIS").opens()
    form.fill("Reason", "The bank does that")
    assert form.submit().closed
    mine = world.dm("U0BEN").expect_message("1 customer of yours has to be told.", within=20)
    assert "The bank does that" in mine.text
    text = mine.click("Show text").opens().value("Text for the customer")
    assert "funciona como está previsto" in text
    assert "bank" not in text
    assert "Still broken…" not in mine.buttons


def test_a_customer_added_late_is_told_at_once(world: World, bug: Bug) -> None:
    """Hung on a bug that is fixed by now: whoever cares for them reads it in a new message."""
    bug.told_by([customer(1, "U0ANA")])
    bug.done()
    first = bug.expect_message("U0ANA", "1 customer of yours has to be told.")
    assert pass_on(world, "It happened to us too", by="U0ANA", customer="Customer 002").closed
    said = world.channel("C0SHOPBUGS").expect_message("It happened to us too", within=20)
    form = said.click("It is this bug…", by="U0HUGO").opens("It is this bug")
    form.choose("The same problem as", f"{bug.key} · {WRONG}", query="charged")
    assert form.submit().closed
    second = world.dm("U0ANA").expect_message("2 customers of yours have to be told.", within=20)
    assert second.ts > first.ts
    first.expect_text("this goes on in a newer message below")


def test_home_shows_who_is_to_be_told(world: World, bug: Bug) -> None:
    """How many there are, the oldest of them, and the way to the list; gone once they are told."""
    bug.told_by([customer(number, "U0ANA") for number in range(3)])
    home = world.person("U0ANA").home()
    assert "Customers to tell" not in home.text
    bug.done()
    bug.expect_message("U0ANA", "3 customers of yours have to be told.")
    home.expect_text("3 customers to tell", within=20)
    form = home.click("Show all").opens("Customers to tell")
    form.choose("Told by other means", *form.options("Told by other means"))
    form.submit()
    form.expect_text("Nobody has to be told anything.")
