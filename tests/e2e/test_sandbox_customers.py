"""The directory that the sandbox begins with."""

from pathlib import Path

from bot.sandbox import CUSTOMERS
from tests.bot.stage import bugle
from tests.e2e.bot_process import BotProcess
from tests.e2e.telling import choose_customer, passing
from tests.harness.world import World


def test_the_sandbox_begins_with_customers(world: World, bot: BotProcess, tmp_path: Path) -> None:
    """Every line of the file is taken over, and the form finds the customers by their names."""
    said = bugle("customers", "import", str(CUSTOMERS), folder=tmp_path, **bot.env)
    assert (said.code, "12" in said.out) == (0, True), said
    form = passing(world, "Search takes a minute")
    choose_customer(form, "翠玉超市")
    assert form.submit().closed
    card = world.channel("C0SHOPBUGS").expect_message("翠玉超市")
    assert "enterprise" in card.text
    assert "EUR 310,000" in card.text or "€310,000" in card.text
