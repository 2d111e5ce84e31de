"""Between form and filing: what gives too much away is masked, what is vague is pointed out."""

import os
import signal

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import (
    HAPPENED,
    expect_card,
    expect_issue,
    expect_whole,
    filled,
    form_with,
    issues,
    open_form,
)
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
STEP = "Before it is filed"
CARD = "4111 1111 1111 1111"
LOG = "customfield_10061"


def checked(world: World, actual: str) -> Form:
    """Fill a form in, press File, and return the step that asks."""
    result = filled(open_form(world), actual).submit()
    assert not result.closed
    return result.by.expect_form(STEP)


def test_a_card_number_is_masked_unless_the_rep_says_otherwise(world: World) -> None:
    """The step shows where it is without showing it; filed as it stands, Jira gets it masked."""
    step = checked(world, f"The card {CARD} is charged twice")
    assert "Card number in “Actual result”" in step.text
    assert "1111 1111" not in step.text
    assert issues(world) == []
    assert step.submit().closed
    assert world.person("U0ANA").views() == []
    fields = expect_issue(world, "is charged twice")["fields"]
    assert CARD not in fields["description"] + fields["summary"]
    assert "••••1111" in fields["description"]


def test_what_must_stay_is_kept_as_typed(world: World) -> None:
    """The rep ticks that it must stay: Jira gets it as it was typed."""
    step = checked(world, f"The test card {CARD} is charged twice")
    step.choose("Card number", "Keep as typed")
    assert step.submit().closed
    assert CARD in expect_issue(world, "is charged twice")["fields"]["description"]


def test_what_any_field_gives_away_is_masked(world: World) -> None:
    """A log with a card, a link with a token, a customer with a card: each is named by its field."""
    world.post("/jira/projects/SHOP", {"require": [LOG]})
    form = filled(form_with(world, "Log excerpt"), "The basket is empty")
    form.fill("Log excerpt", f"pan={CARD}\nstate=declined")
    form.fill("Help desk link", "https://desk.example/t/17?token=a1b2c3d4e5f6&view=all")
    form.choose("Customers", f"New customer: Lumen {CARD}", query=f"Lumen {CARD}")
    assert not form.submit().closed
    step = world.person("U0ANA").expect_form(STEP)
    assert "Card number in “Log excerpt”: pan=••••1111" in step.text
    assert "Token or key in “Help desk link”" in step.text
    assert "Card number in “Customers”: Lumen ••••1111" in step.text
    step.choose("Help desk link", "Keep as typed")
    assert step.submit().closed
    fields = expect_issue(world, "The basket is empty")["fields"]
    assert fields[LOG] == "pan=••••1111\nstate=declined"
    assert "token=a1b2c3d4e5f6&view=all" in fields["description"]
    assert "Lumen ••••1111" in fields["description"]
    assert CARD not in str(fields)


def test_going_back_changes_what_is_filed(world: World) -> None:
    """Back leads to the form as it was; what is corrected there is filed at once, and once."""
    step = checked(world, f"The card {CARD} is charged twice")
    step.close()
    form = world.person("U0ANA").form()
    assert CARD in form.value("What happened")
    form.fill("What happened", HAPPENED.format(actual="The test card is charged twice"))
    assert form.submit().closed
    expect_whole(world, ["The test card is charged twice"])


def test_a_step_pressed_twice_files_once(world: World, bot: BotProcess) -> None:
    """A bot that hangs makes the rep press File again: one report, and the rep reads that it is filed."""
    step = checked(world, f"The card {CARD} is charged twice")
    os.kill(bot.pid, signal.SIGSTOP)
    assert not step.submit().ok
    os.kill(bot.pid, signal.SIGCONT)
    expect_issue(world, "is charged twice")
    step.submit()
    person = world.person("U0ANA")
    if person.views():
        person.expect_form("Nothing left to file").close()
    assert person.views() == []
    expect_whole(world, ["is charged twice"])


def test_vague_steps_are_pointed_out_and_can_be_filed(world: World) -> None:
    """A text nobody could follow is pointed out with an example; the rep may file it all the same."""
    form = filled(open_form(world), "x")
    form.fill("What happened", "Steps:\nUse it\n\nExpected:\nIt works\n\nActual:\nIt does not work")
    assert not form.submit().closed
    step = world.person("U0ANA").expect_form(STEP)
    assert "An engineer may have to ask" in step.text
    assert "Put two items into the basket" in step.text
    assert step.submit().closed
    key = expect_issue(world, "It does not work")["key"]
    more = world.dm("U0ANA").expect_message("could act on your report sooner").click("Add it").opens()
    assert more.labels == ["Steps to reproduce", "Actual result"]
    more.fill("Steps to reproduce", "1. Open the basket\n2. Press Pay")
    more.fill("Actual result", f"The page stays empty, with the card {CARD}")
    assert more.submit().closed
    card = expect_card(world, "The page stays empty, with the card ••••1111")
    card.thread.expect_message("tells more").expect_text("2. Press Pay")

    def said() -> list[str]:
        return [each["body"] for each in world.get(f"/jira/issues/{key}")["fields"]["comment"]["comments"]]

    (comment,) = eventually(said, what="a comment on the issue")
    assert comment.startswith("*Ana Ruiz* tells more in Slack.")
    assert "h4. Steps to reproduce\n1. Open the basket" in comment


def telling(world: World, actual: str, *, by: str) -> Form:
    """Return a form that is filled in with what others typed too, but for the actual result."""
    form = filled(open_form(world, by=by), actual, area="Payment")
    form.fill("What happened", HAPPENED.format(actual=actual))
    return form


def step_with(world: World, key: str, actual: str, *, by: str) -> Form:
    """Fill a form in and press File until the step shows an issue: the index comes by ticks."""
    form = telling(world, actual, by=by)
    form.choose("Customers", "New customer: Lumen", query="Lumen")

    def look() -> Form | None:
        world.advance(60)
        person = world.person(by)
        if form.submit().closed:
            raise AssertionError("filed without having been asked")
        step = person.expect_form(STEP)
        if key in step.text:
            return step
        step.close()
        return None

    return eventually(look, within=30, every=0.5, what=f"{key} in the step")


SAME = "The card is charged twice when the basket holds a voucher 4111 1111 1111 1111"


def test_it_is_this_one_adds_the_customers(world: World) -> None:
    """A second rep says that it is the same: counted on card, thread and issue, nothing filed."""
    assert telling(world, SAME.rpartition(" 4111")[0], by="U0BEN").submit().closed
    key = expect_issue(world, "charged twice when the basket")["key"]
    step = step_with(world, key, SAME, by="U0ANA")
    assert "no workaround" in step.text
    assert step.click("It is this one: add my customers").ok
    told = world.person("U0ANA").expect_form("Reported before")
    told.expect_text(f"Added to *{key}*. 1 customer has it.")
    told.close()
    assert world.person("U0ANA").views() == []
    card = expect_card(world, "charged twice when the basket").expect_text("1 customer")
    card.thread.expect_message("has met it too, at Lumen.")

    def comments() -> list[str]:
        return [each["body"] for each in world.get(f"/jira/issues/{key}")["fields"]["comment"]["comments"]]

    (comment,) = eventually(comments, what="a comment on the issue")
    assert "||Customers|Lumen|" in comment
    assert "4111" not in comment
    receipt = world.dm("U0ANA").expect_message("What you met is added to this report.")
    receipt.expect_text(key)
    assert len(issues(world)) == 1


def test_an_issue_made_in_jira_gets_a_report(world: World) -> None:
    """What was reported in Jira alone is joined as well: it gets a card and a label, and no second issue."""
    made = world.post("/jira/as/iris/issues", {"project": "SHOP", "summary": SAME.rpartition(" 4111")[0]})
    key = made["key"]
    step = step_with(world, key, SAME, by="U0ANA")
    assert step.click("It is this one: add my customers").ok
    world.person("U0ANA").expect_form("Reported before").expect_text(f"Added to *{key}*.")
    expect_card(world, "charged twice when the basket").expect_text(key).expect_text("1 customer")
    eventually(lambda: issues(world), what="the label on the issue")
    assert [each["key"] for each in issues(world)] == [key]


def test_none_of_these_files_it(world: World) -> None:
    """The rep says that it is another problem: it is filed."""
    assert telling(world, SAME.rpartition(" 4111")[0], by="U0BEN").submit().closed
    key = expect_issue(world, "charged twice when the basket")["key"]
    step = step_with(world, key, SAME.replace("voucher", "gift card"), by="U0ANA")
    assert step.submit().closed
    expect_issue(world, "gift card")
    assert len(issues(world)) == 2
