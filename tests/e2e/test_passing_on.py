"""Passing on what customers say: every way in, once each, with nothing lost and nothing given away."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, expect_issue, filled
from tests.e2e.telling import PASS_ON, SAID, choose_customer, expect_told, keep_lumen, pass_on, passing
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
SLOW = "Search takes a minute & <nobody> knows why"


def test_a_rep_passes_on_what_a_customer_said(world: World) -> None:
    """The command opens the form with what was typed; the card says all, and the rep has a receipt."""
    form = passing(world, SLOW)
    assert (form.value(SAID), form.value("Product")) == (SLOW, "Shop")
    choose_customer(form, "Lumen Retail")
    form.choose("Customer effort", "6 · Far too much")
    form.fill("Help desk link", "https://desk.example/t/17")
    assert form.submit().closed
    card = expect_told(world, SLOW)
    for said in (
        "Lumen Retail",
        "Shop",
        "effort 6 of 7",
        "In the help desk",
        "passed on by @Ana",
        "Nobody has said yet",
    ):
        assert said in card.text
    assert card.buttons == ["Report a bug", "It is this bug…", "Product feedback…", "⋯"]
    receipt = world.dm("U0ANA").expect_message("Passed on to #shop-bugs")
    assert SLOW in receipt.text
    assert len(world.dm("U0ANA").messages(SLOW)) == 1


def test_home_opens_the_same_form(world: World) -> None:
    """Home has a button for it; the area belongs to the product, and is gone with it."""
    home = world.person("U0ANA").home()
    home.click("Pass on what a customer said")
    form = world.person("U0ANA").expect_form("Pass on")
    assert "Area" not in form.labels
    form.choose("Product", "Shop")
    form.expect_field("Area")
    form.fill(SAID, SLOW)
    form.choose("Product", "Pay")
    form.expect_field("Area")
    assert form.value(SAID) == SLOW
    assert form.submit().closed
    world.channel("C0PAYBUGS").expect_message(SLOW)


def test_what_is_wrong_is_said_on_the_form(world: World) -> None:
    """An address that is too long: the field says so, and what was filled in stays."""
    form = passing(world, SLOW)
    form.fill("Help desk link", "https://desk.example/" + "t" * 2000)
    assert form.submit().errors == {"Help desk link": "Paste the whole address, starting with https://."}
    assert form.value(SAID) == SLOW
    form.fill("Help desk link", "https://desk.example/t/17")
    assert form.submit().closed
    expect_told(world, SLOW)


def test_a_customers_message_is_passed_on_with_all_that_belongs_to_it(world: World) -> None:
    """From a channel shared with them: text, author, files and address; nothing is said there."""
    said = world.person("U0XOLGA").says(SLOW, "C0LUMEN", files=[{"name": "shot.png", "content": "x"}])
    form = world.person("U0ANA").shortcut(PASS_ON, said)
    assert form.value(SAID) == SLOW
    assert "From this message" in form.text
    assert "said by Olga Petrov" in form.text
    assert "Files that go with it: 1" in form.text
    form.choose("Product", "Shop")
    choose_customer(form, "Lumen Retail")
    assert form.submit().closed
    card = expect_told(world, SLOW)
    assert "said by Olga Petrov, passed on by @Ana" in card.text
    assert "The message" in card.text
    seen = world.channel("C0LUMEN", seen_by="U0XOLGA").messages()
    assert [each.author for each in seen] == [said.author]


def test_a_channels_customer_is_chosen_already(world: World, tmp_path: Path) -> None:
    """The directory says whose channel it is; of the card, what weighs about them."""
    keep_lumen(tmp_path)
    said = world.person("U0XOLGA").says(SLOW, "C0LUMEN")
    form = world.person("U0ANA").shortcut(PASS_ON, said)
    assert form.value("Customer") == "Lumen Retail"
    form.choose("Product", "Shop")
    assert form.submit().closed
    card = expect_told(world, SLOW)
    assert "enterprise · €240,000 a year · EMEA · renews" in card.text
    assert "cared for by @Ana Ruiz" in card.text


def test_files_go_with_it_to_the_bug(world: World) -> None:
    """Those of the message, and those put into the form, reach the Jira issue of the bug it becomes."""
    said = world.person("U0IRIS").says(SLOW, files=[{"name": "shot.png", "content": "x"}])
    form = world.person("U0ANA").shortcut(PASS_ON, said)
    form.choose("Product", "Shop")
    form.attach("Screenshots", {"name": "till.png", "content": "y"})
    assert form.submit().closed
    card = expect_told(world, SLOW, seen_by="U0HUGO")
    assert "2 files" in card.text
    bug = card.click("Report a bug").opens("Report a bug")
    assert filled(bug, "Search takes a minute").submit().closed
    key = expect_issue(world, "Search takes a minute")["key"]

    def attached() -> list[str]:
        fields = world.get(f"/jira/issues/{key}")["fields"]
        return sorted(each["filename"] for each in fields["attachment"])

    eventually(lambda: attached() == ["shot.png", "till.png"], what="both files in Jira")


def test_a_message_is_passed_on_once(world: World) -> None:
    """Who passes on a message that somebody has passed on reads so, with a link to its card."""
    said = world.person("U0IRIS").says(SLOW)
    forms = [world.person(who).shortcut(PASS_ON, said) for who in ("U0ANA", "U0BEN")]
    for form in forms:
        form.choose("Product", "Shop")
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda form: form.submit(), forms))
    assert sorted(each.closed for each in results) == [False, True]
    card = expect_told(world, SLOW)
    first = next(each.by.id for each in results if each.closed)
    world.dm(first).expect_message("Passed on to #shop-bugs")  # by now Bugle knows where the card is
    late = world.person("U0CHEN").shortcut(PASS_ON, said)
    assert late.title == "Passed on already"
    late.expect_text("passed this message on").expect_text("See it in its channel")
    assert f"/archives/{CARDS}/p{card.ts.replace('.', '')}" in str(late.raw)
    assert stays(lambda: len(world.channel(CARDS).messages(SLOW)) == 1, during=0.5)


def test_what_gives_too_much_away_is_masked_unless_ticked(world: World) -> None:
    """The form comes back with what it is, without showing it; as it says then, it is passed on."""
    form = passing(world, "My card 4111 1111 1111 1111 was charged, password: hunter22")
    assert not form.submit().closed
    form.expect_text("This will be masked").expect_text("Card number in “What the customer said”")
    assert "1111 1111" not in form.text
    form.choose("Password", "Keep as typed")
    assert form.submit().closed
    card = expect_told(world, "was charged")
    assert "••••1111" in card.text
    assert "hunter22" in card.text
    assert "4111 1111" not in str(world.calls("slack", "chat.postMessage"))


def test_a_form_pressed_twice_passes_it_on_once(world: World, bot: BotProcess) -> None:
    """A bot that hangs makes the rep press again; killed before it posts, it posts when it is back: once."""
    form = passing(world, SLOW)
    os.kill(bot.pid, signal.SIGSTOP)
    assert not form.submit().ok
    os.kill(bot.pid, signal.SIGCONT)
    form.submit()
    world.trouble("slack", "cut_after", "chat.postMessage", times=1)
    expect_told(world, SLOW)
    assert pass_on(world, "Checkout is confusing").closed
    bot.kill()
    bot.start()
    expect_told(world, "Checkout is confusing")
    for said in (SLOW, "Checkout is confusing"):
        assert stays(lambda: len(world.channel(CARDS).messages(said)) == 1, during=0.5)  # noqa: B023


def test_a_form_that_slack_does_not_open_loses_nothing(world: World) -> None:
    """The rep reads what they had typed, and an address for admins."""
    world.trouble("slack", "slow", "views.open", times=1, delay=4)
    world.person("U0ANA").runs("/customer-issue", SLOW)
    world.channel("C0SUPPORT", seen_by="U0ANA").expect_message("You had typed", within=15).expect_text(
        "Search takes a minute"
    )
