"""Nothing typed is lost: forms that were closed, lost, refused or never shown come back as they were."""

import os
import signal
from pathlib import Path

import pytest

from tests.databases import PostgresServer
from tests.e2e import reporting
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import HAPPENED, expect_card, expect_issue, filled, issues
from tests.harness.forms import Form
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

ANEW = "Start anew"


def open_form(world: World, *, by: str = "U0BEN") -> Form:
    """Open the form as somebody who reads English."""
    return reporting.open_form(world, by=by)


def half_filled(world: World) -> Form:
    """Return a form in which a rep has chosen and typed some things, told to the bot."""
    form = open_form(world)
    form.choose("Impact", "Wrong or lost data")
    eventually(lambda: "Payment" in form.options("Area"), what="the areas")
    form.choose("Area", "Payment")
    form.fill("What happened", "Steps to reproduce:\n1. Pay")
    form.fill("What happened", "Steps to reproduce:\n1. Pay twice 🐛")
    return form


def expect_same(form: Form) -> None:
    """Check that the form holds what `half_filled` put into it."""
    assert form.value("Product") == "Shop"
    assert form.value("Impact") == "Wrong or lost data"
    assert form.value("Workaround") is None
    assert form.value("Area") == "Payment"
    assert form.value("What happened") == "Steps to reproduce:\n1. Pay twice 🐛"
    assert "Continued from" in form.text


def continued(world: World, *, by: str = "U0BEN") -> Form:
    """Open the form until it goes on with a draft: the last letters may still be on their way to the disk."""

    def look() -> Form | None:
        form = open_form(world, by=by)
        if "twice" in str(form.value("What happened")):
            return form
        form.close(whole_stack=True)
        return None

    return eventually(look, within=5, every=0.2, what="a form that goes on")


@pytest.mark.usefixtures("bot")
def test_a_closed_form_comes_back_as_it_was(world: World) -> None:
    """A rep closes the form by accident and types /bug again: everything is there, and is filed once."""
    half_filled(world).close()
    form = open_form(world)
    expect_same(form)
    assert filled(form, "The card is charged twice").submit().closed
    expect_card(world, "The card is charged twice").expect_text(expect_issue(world, "charged twice")["key"])
    assert len(issues(world)) == 1
    assert ANEW not in open_form(world).labels


def test_a_form_survives_the_death_of_bot_and_client(world: World, bot: BotProcess) -> None:
    """Neither the client tells that it is gone nor the bot that it was killed: what was typed is there."""
    half_filled(world)
    expect_same(continued(world))
    bot.kill()
    bot.start()
    expect_same(continued(world))


def test_what_was_typed_last_is_kept_by_a_bot_that_ends(world: World, bot: BotProcess) -> None:
    """An operator restarts Bugle while somebody types: the last letter is there afterwards."""
    form = open_form(world)
    for letter in range(1, 9):
        form.fill("What happened", f"Actual result:\n{'twice ' * letter}")
    bot.terminate()
    bot.start()
    assert open_form(world).value("What happened") == f"Actual result:\n{'twice ' * 8}"


@pytest.mark.usefixtures("bot")
def test_the_last_letter_of_fast_typing_is_kept(world: World) -> None:
    """However fast somebody types and closes the form, its last state is the one that stays."""
    form = open_form(world)
    for number in range(30):
        form.fill("What happened", f"Actual result:\ntwice {number}")
    form.close()
    assert open_form(world).value("What happened") == "Actual result:\ntwice 29"


@pytest.mark.usefixtures("bot")
def test_a_rep_may_start_anew(world: World) -> None:
    """The button empties the form; the draft stays on Home, and /bug no longer goes on with it."""
    half_filled(world).close()
    form = open_form(world)
    assert form.click(ANEW).ok
    form.expect_no_field(ANEW)
    eventually(lambda: form.value("Impact") is None, what="an empty form")
    assert "Pay" not in form.value("What happened")
    assert filled(form, "The card is charged twice").submit().closed
    assert ANEW not in open_form(world).labels


@pytest.mark.usefixtures("bot")
def test_a_refused_form_is_kept(world: World) -> None:
    """A form that was refused and then lost is there again, as it was refused."""
    form = filled(open_form(world), "x")
    form.fill("What happened", "It does twice the work")
    assert not form.submit().closed
    form.close()
    assert continued(world).value("What happened") == "It does twice the work"


@pytest.mark.usefixtures("bot")
def test_the_text_of_a_command_is_kept_when_the_form_does_not_open(world: World) -> None:
    """Slack does not open the form in time: the rep is told, and a button opens it with the text in it."""
    world.trouble("slack", "slow", "views.open", times=1, delay=4)
    assert world.person("U0BEN").runs("/bug", "the card is charged twice").ok
    told = world.channel("C0SUPPORT", seen_by="U0BEN").expect_message("did not let Bugle open", within=15)
    form = told.click("Open the form").opens()
    assert form.value("What happened").endswith("the card is charged twice")


@pytest.mark.usefixtures("bot")
def test_the_form_opens_while_slack_does_not_tell_who_somebody_is(world: World) -> None:
    """users.info hangs and Jira is down: the form opens within the life of its trigger all the same."""
    world.trouble("jira", "down")
    world.trouble("slack", "slow", "users.info", delay=8)
    assert open_form(world).title


@pytest.mark.usefixtures("bot")
def test_one_reminder_is_sent(world: World) -> None:
    """Half an hour later the rep is reminded, once, and goes on from there; others are not."""
    half_filled(world).close()
    world.advance(31 * 60)
    told = world.dm("U0BEN").expect_message("is not filed yet", within=20)
    assert "Pay twice" in told.text
    world.advance(3 * 3600)
    expect_same(told.click("Continue").opens())
    assert len(world.dm("U0BEN").messages("is not filed yet")) == 1


@pytest.mark.usefixtures("bot")
def test_nobody_is_reminded_of_what_is_filed_or_discarded(world: World) -> None:
    """A draft that was filed or discarded is gone: its buttons say so."""
    half_filled(world).close()
    world.advance(31 * 60)
    told = world.dm("U0BEN").expect_message("is not filed yet", within=20)
    assert told.click("Discard", confirm="Discard").ok
    told.click("Continue")
    world.dm("U0BEN").expect_message("filed or discarded")
    assert ANEW not in open_form(world).labels
    filed = filled(open_form(world, by="U0IRIS"), "The basket is empty")
    assert filed.submit().closed
    expect_issue(world, "The basket is empty")
    world.advance(31 * 60)
    world.advance(31 * 60)
    assert world.dm("U0IRIS").messages("is not filed yet") == []


def test_drafts_are_shared_by_replicas(world: World, tmp_path: Path, postgres_server: PostgresServer) -> None:
    """Slack spreads the letters over two processes: the last state is the one that stays."""
    with postgres_server.fresh() as url:
        one, two = (BotProcess(world.url, tmp_path, url) for _ in range(2))
        with one, two:
            form = open_form(world)
            for number in range(20):
                form.fill("What happened", HAPPENED.format(actual=f"twice {number}"))

            def last() -> bool:
                again = open_form(world)
                found = "twice 19" in again.value("What happened")
                again.close()
                return found

            eventually(last, within=5, every=0.2, what="the last letters")
            os.kill(one.pid, signal.SIGKILL)
            assert "twice 19" in continued(world).value("What happened")


@pytest.mark.usefixtures("bot")
def test_a_form_that_is_open_twice_files_once(world: World) -> None:
    """The same text closes both windows and files one report; another text is refused, and stays."""
    first = filled(open_form(world), "The card is charged twice")
    second, third = (filled(open_form(world), "The card is charged twice") for _ in range(2))
    assert all("Continued from" in form.text for form in (second, third))
    assert first.submit().closed
    assert second.submit().closed
    third.fill("What happened", HAPPENED.format(actual="The basket is empty"))
    assert "has filed a report already" in third.submit().errors["What happened"]
    assert "The basket is empty" in third.value("What happened")
    expect_issue(world, "charged twice")
    assert len(issues(world)) == 1


@pytest.mark.usefixtures("bot")
def test_somebody_who_left_is_not_reminded(world: World) -> None:
    """A rep whose account was closed gets no reminder, and no admin is bothered about it."""
    half_filled(world).close()
    world.set_person("U0BEN", deactivated=True)
    world.expect_heard("user_change")
    world.advance(31 * 60)
    assert stays(lambda: not world.dm("U0BEN").messages("is not filed yet"), during=3)
    assert world.channel("C0ADMINS").messages() == []
