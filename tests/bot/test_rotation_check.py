"""`bugle rotation check`: the score of each rotation, what lowers it, and what nobody serves."""

from contextlib import closing

from bot.config import read_config
from storage.database import Database
from tests.bot.stage import Said, SetUp, bugle
from workflows.rotating import keep_new_rotations


def check(setup: SetUp, *arguments: str) -> Said:
    """Run it in a set-up that has been started once."""
    with closing(Database(setup.settings["DATABASE_URL"])) as database:
        keep_new_rotations(database, read_config(setup.config))
    return bugle("rotation", "check", *arguments, folder=setup.folder, **setup.settings)


def test_nothing_wrong_is_a_hundred(setup: SetUp) -> None:
    """Each rotation has its line, and the command ends well."""
    setup.rewrite('"U0GRACE", "U0FANG"', '"U0GRACE", "U0HUGO"')
    assert check(setup) == Said(
        0,
        "pay-bugs: Pay bugs: 100 of 100 for the coming 8 weeks\n"
        "shop-bugs: Shop bugs: 100 of 100 for the coming 8 weeks\n",
        "",
    )


def test_what_is_wrong_is_said_with_what_helps(setup: SetUp) -> None:
    """A member who has left Slack lowers the score; so does a product without a rotation the whole."""
    setup.world.set_person("U0ELSA", deactivated=True)
    setup.rewrite('rotation = "pay-bugs"\n', "")
    said = check(setup)
    assert said.code == 1
    assert "shop-bugs: Shop bugs: 100" not in said.out
    assert "has left Slack and has" in said.out
    assert "Take them out of the rotation." in said.out
    assert "Pay: no rotation serves it. Choose it in a rotation's settings, under /rotation.\n" in said.out


def test_two_duties_at_once_name_both_rotations(setup: SetUp) -> None:
    """Whoever is in two rotations is named with the other one, and whom to swap with."""
    said = check(setup, "pay-bugs")
    assert said.code == 1
    line = said.out.splitlines()[1]
    assert " is on duty for Shop bugs too, " in line
    assert line.endswith("Swap a turn of Fang Wei-Lun 方威倫 with one of Grace Okafor.")


def test_one_rotation_is_judged_for_as_long_as_asked(setup: SetUp) -> None:
    """Another rotation's faults, and what nobody serves, are not this one's."""
    setup.rewrite('rotation = "pay-bugs"\n', "")
    setup.rewrite('"U0GRACE", "U0FANG"', '"U0GRACE", "U0HUGO"')
    said = check(setup, "shop-bugs", "--weeks", "1")
    assert said == Said(0, "shop-bugs: Shop bugs: 100 of 100 for the coming week\n", "")
    assert check(setup, "guess").code == 1
