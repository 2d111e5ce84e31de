"""Between form and filing: what gives too much away is masked, what is vague is pointed out."""

import pytest

from tests.e2e.reporting import HAPPENED, expect_card, expect_issue, expect_whole, filled, issues, open_form
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
STEP = "Before it is filed"
CARD = "4111 1111 1111 1111"


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


def test_going_back_changes_what_is_filed(world: World) -> None:
    """Back leads to the form as it was; what is corrected there is filed at once, and once."""
    step = checked(world, f"The card {CARD} is charged twice")
    step.close()
    form = world.person("U0ANA").form()
    assert CARD in form.value("What happened")
    form.fill("What happened", HAPPENED.format(actual="The test card is charged twice"))
    assert form.submit().closed
    expect_whole(world, ["The test card is charged twice"])


def test_a_step_pressed_twice_files_once(world: World) -> None:
    """Both presses of File reach Bugle: one report, and the second is told that it is filed."""
    step = checked(world, f"The card {CARD} is charged twice")
    view = world.person("U0ANA").views()[-1]
    assert step.submit().closed
    assert view["id"]
    form = filled(open_form(world), "The basket is empty")
    assert form.submit().closed
    expect_whole(world, ["is charged twice", "The basket is empty"])


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
