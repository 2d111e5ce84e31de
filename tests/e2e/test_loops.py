"""When a bug has ended, whoever cares for its customers tells each of them, and says so."""

from pathlib import Path

import pytest

from domain.loop import State
from tests.e2e.bot_process import BotProcess
from tests.e2e.closing import Bug, customer, database_url
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
