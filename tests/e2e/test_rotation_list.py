"""`/rotation`: who is on duty, who is next, from the command and from Home."""

import pytest

from tests.e2e.reporting import engineer
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")


def test_the_command_shows_who_is_on_duty_and_who_is_next(world: World) -> None:
    """Each rotation is there with its holder, until when, and the one after."""
    shown = world.person("U0BEN").types("/rotation", channel="C0GENERAL")
    assert shown.title == "Rotations"
    assert f"On duty now: @{world.name(engineer(world))} until" in shown.text
    assert "*Shop bugs*" in shown.text
    assert "*Pay bugs*" in shown.text
    assert shown.text.count("Next: @") == 2


def test_whoever_asks_for_help_gets_it(world: World) -> None:
    """Words after the command open nothing: they are answered with what the command does."""
    world.person("U0BEN").runs("/rotation", "who is it?", channel="C0SUPPORT")
    world.channel("C0SUPPORT", seen_by="U0BEN").expect_message("shows who handles bugs now and who is next")
    assert world.person("U0BEN").views() == []


def test_the_list_is_a_press_away_from_home(world: World) -> None:
    """The button beneath who is on duty opens the same list."""
    home = world.person("U0BEN").home()
    shown = home.click("Rotations").opens("Rotations")
    assert "*Pay bugs*" in shown.text
