"""The Home tab: what concerns a person, kept up to date while they work."""

import re

import pytest

from tests.e2e.reporting import engineer, expect_card, expect_issue, filled, open_form, report
from tests.harness.forms import Home
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")


def published(world: World) -> int:
    """Return how often the bot has shown somebody their Home."""
    return len(world.calls("slack", "views.publish"))


def english(world: World, user: str) -> Home:
    """Open somebody's Home in English."""
    world.set_person(user, locale="en-US")
    return world.person(user).home()


def test_a_new_rep_sees_how_to_begin(world: World) -> None:
    """Home opens the form and says who is on duty; what there is nothing of is not there."""
    home = english(world, "U0BEN")
    home.expect_text("You have not reported a bug yet").expect_text("*Shop*  @")
    assert "Waiting for you" not in home.text
    assert "Drafts" not in home.text
    form = home.click("Report a bug").opens()
    form.choose("Product", "Shop")
    form.expect_field("Area")
    assert filled(form, "The card is charged twice").submit().closed
    home.expect_text("The card is charged twice")
    key = expect_issue(world, "charged twice")["key"]
    home.expect_text(key).expect_text("High")


def test_home_says_how_reports_stand(world: World) -> None:
    """Rep and engineer see the owner as soon as there is one; what is owned waits for nobody else."""
    on_duty = engineer(world)
    rep, duty = english(world, "U0BEN"), english(world, on_duty)
    report(world, "The card is charged twice", by="U0BEN")
    duty.expect_text("Waiting for you").expect_text("The card is charged twice")
    assert "Waiting for you" not in rep.text
    card = expect_card(world, "The card is charged twice")
    card.click("Take", by="U0GRACE")
    rep.expect_text("Taken by @Grace Okafor")
    duty.expect_text("You have not reported a bug yet")
    eventually(lambda: "Waiting for you" not in duty.refresh().text, what="the report to wait for nobody")
    english(world, "U0GRACE").expect_text("Waiting for you").expect_text("Taken by @Grace Okafor")


def test_drafts_are_on_home(world: World) -> None:
    """A form that was closed is there at once, opens as it was, and can be discarded."""
    home = english(world, "U0BEN")
    form = open_form(world, by="U0BEN")
    form.fill("What happened", "Steps:\n1. Pay twice")
    form.close()
    home.expect_text("Drafts").expect_text("Pay twice")
    again = home.click("Continue").opens()
    assert again.value("What happened") == "Steps:\n1. Pay twice"
    again.close()
    assert home.click("Discard", confirm="Discard").ok
    home.expect_no_field("Continue")
    assert "Pay twice" not in home.text


def test_a_filed_draft_leaves_home(world: World) -> None:
    """What was filed is a report and no draft any more."""
    home = english(world, "U0BEN")
    form = open_form(world, by="U0BEN")
    form.fill("What happened", "Steps:\n1. Pay twice")
    assert filled(form, "The card is charged twice").submit().closed
    home.expect_text("Your reports").expect_text("The card is charged twice")
    assert "Drafts" not in home.text


def test_long_lists_have_pages(world: World) -> None:
    """Older reports are a press away, and the way back too."""
    said = [f"Fault {number} at checkout." for number in range(10)]
    for actual in said:
        report(world, actual, by="U0BEN")
    home = english(world, "U0BEN").expect_text("Fault 9 at").expect_text("Fault 2 at")
    assert "Fault 1 at" not in home.text
    assert home.click("Older").ok
    home.expect_text("Fault 1 at").expect_text("Fault 0 at")
    assert home.click("Newer").ok
    home.expect_text("Fault 9 at")


def test_a_page_stays_while_home_is_kept_up_to_date(world: World) -> None:
    """Who looks at older reports still does when one of them changes; opened anew, Home is at page one."""
    for number in range(10):
        report(world, f"Fault {number} at checkout.", by="U0BEN")
    home = english(world, "U0BEN").expect_text("Fault 9 at")
    assert home.click("Older").ok
    home.expect_text("Fault 0 at")
    assert expect_card(world, "Fault 0 at").click("Take", by="U0GRACE").ok
    home.expect_text("Taken by @Grace Okafor")
    assert "Fault 1 at" in home.text
    assert "Fault 9 at" not in home.text
    english(world, "U0BEN").expect_text("Fault 9 at")


def test_every_draft_can_be_reached(world: World) -> None:
    """Drafts have pages too; when the last on a page is discarded the page before it is shown."""
    home = english(world, "U0BEN")
    for number in range(6):
        form = open_form(world, by="U0BEN")
        if "Start anew" in form.labels:
            assert form.click("Start anew").ok
            form.expect_no_field("Start anew").expect_field("What happened")
        form.fill("What happened", f"Draft number {number}")
        form.close()
        home.expect_text(f"Draft number {number}")  # kept, so that the next one is newer
    home.expect_text("Draft number 1")
    assert "Draft number 0" not in home.text
    assert home.click("Older").ok
    home.expect_text("Draft number 0")
    assert home.click("Discard", confirm="Discard").ok
    home.expect_text("Draft number 5").expect_no_field("Older")


def test_admins_see_what_waits_for_a_decision(world: World) -> None:
    """Calls that were refused for good are shown to those in the admins' channel, and to nobody else."""
    world.trouble("jira", "error", "POST issue", status=400)
    report(world, "The card is charged twice", by="U0BEN")
    world.channel("C0ADMINS").expect_message("Create the Jira issue")
    english(world, "U0IRIS").expect_text("wait for a decision in #bugle-admins: 1")
    assert "wait for a decision" not in english(world, "U0BEN").text


def test_home_is_shown_to_who_looks_at_it(world: World) -> None:
    """Nobody's Home is made who never opened it, nor for looking at the messages there."""
    world.person("U0BEN").does("home", tab="messages")
    report(world, "The card is charged twice", by="U0BEN")
    expect_issue(world, "charged twice")
    assert stays(lambda: published(world) == 0, during=0.5)


def test_who_is_on_duty_is_who_is_pinged(world: World) -> None:
    """Home names the engineer of the shop's rotation, with the end of their shift."""
    home = english(world, "U0BEN")
    name = re.escape(world.name(engineer(world)))
    assert re.search(rf"\*Shop\*  @{name} until \d{{4}}-\d\d-\d\d \d\d:\d\d UTC", home.text)


def test_a_question_waits_for_its_reporter(world: World) -> None:
    """What triage asks of a rep is on their Home until they have answered."""
    home = english(world, "U0BEN")
    report(world, "The card is charged twice", by="U0BEN")
    form = expect_card(world, "charged twice").choose("Ask reporter", by="U0IRIS").opens("Ask reporter")
    form.fill("Question", "Which card was it?")
    assert form.submit().closed
    home.expect_text("Waiting for you").expect_text("Which card was it?")
    answer = home.click("Answer").opens("Answer")
    answer.fill("Your answer", "A Visa card")
    assert answer.submit().closed
    eventually(lambda: "Which card was it?" not in home.refresh().text, what="the question to leave")


def test_a_jira_account_is_linked_from_home(world: World) -> None:
    """Somebody whose address Jira hides says from Home which account is theirs, and reads it there."""
    home = english(world, "U0FANG")
    form = home.click("Link my Jira account").opens()
    eventually(lambda: "Fang Wei-Lun" in str(form.refresh().raw["blocks"]), what="the account of that name")
    assert form.submit().closed
    home.expect_text("Your Jira account: Fang Wei-Lun")
