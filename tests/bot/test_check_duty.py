"""`bugle check` finds what would keep Slack from showing who is on duty, each with its fix."""

from dataclasses import replace
from typing import Any

import pytest

from bot.config import read_config
from bot.manifest import manifest
from storage import rotations
from storage.database import Database
from tests.bot.stage import SetUp
from workflows.rotating import keep_new_rotations

SHOWN = 'name = "Shop bugs"\nuser_group = "S0ONDUTY"\ntopic = true\npinned = true\n'
NOWHERE: dict[str, Any] = {"user_group": None, "topic": False, "pinned": False}
GROUP = "rotation shop-bugs cannot be shown in the user group S0ONDUTY"


@pytest.fixture
def shown(setup: SetUp) -> SetUp:
    """Return a sound set-up whose first rotation is shown everywhere."""
    setup.rewrite('name = "Shop bugs"\n', SHOWN)
    setup.world.set_app(manifest=manifest(config=read_config(setup.config)))
    return setup


def test_a_sound_set_up_is_told_to_be_fine(shown: SetUp) -> None:
    """Each place is named, and nobody's group is another afterwards."""
    said = shown.check()
    assert (said.code, said.problems) == (0, [])
    for place in ("the user group S0ONDUTY", "the topic of C0SHOPBUGS", "a message pinned in C0SHOPBUGS"):
        assert f"ok rotation shop-bugs: can be shown in {place}" in said.lines
    assert shown.world.get("/slack/groups")["groups"][0]["users"] == ["U0ELSA"]


@pytest.mark.parametrize(
    ("refusing", "said"),
    [
        (
            {"groups_managed_by": "admins"},
            f"{GROUP} (permission_denied): Slack lets an app change user",
        ),
        ({"paid": False}, f"{GROUP} (plan_upgrade_required): User groups need a paid plan of Slack."),
    ],
)
def test_a_group_that_may_not_be_written_is_named(shown: SetUp, refusing: dict[str, Any], said: str) -> None:
    """One line with the setting to change."""
    shown.world.set_app(**refusing)
    (problem,) = shown.check().problems
    assert problem.startswith(said)


def test_a_group_that_is_not_in_use_is_named(shown: SetUp) -> None:
    """One that is disabled is to be enabled."""
    shown.world.post("/slack/group/S0ONDUTY", {"disabled": True})
    (problem,) = shown.check().problems
    assert problem.startswith(f"{GROUP} (no_such_subteam)")


def test_a_scope_that_a_place_needs_is_named_once(shown: SetUp) -> None:
    """It is a fault where a rotation is shown there, and what it hides is none of its own."""
    had = shown.world.get("/slack/app")["scopes"]
    shown.world.set_app(scopes=[each for each in had if each not in ("usergroups:write", "pins:write")])
    assert [each.split(": add")[0] for each in shown.check().problems] == [
        "Slack has not granted the scope pins:write",
        "Slack has not granted the scope usergroups:write",
    ]


def test_a_guest_is_named(shown: SetUp) -> None:
    """A member who may be in no user group is told of before their shift."""
    shown.world.set_person("U0FANG", guest=True)
    (problem,) = shown.check().problems
    assert problem.startswith("rotation shop-bugs has U0FANG (Fang Wei-Lun 方威倫), a guest")


def test_a_full_topic_is_named(shown: SetUp) -> None:
    """Where there is no room for a name people are to shorten what they wrote."""
    shown.world.set_channel("C0SHOPBUGS", topic="x" * 240)
    (problem,) = shown.check().problems
    assert problem.startswith("rotation shop-bugs cannot be shown in the topic of C0SHOPBUGS (no_room)")


def test_what_is_kept_counts(shown: SetUp) -> None:
    """Where a rotation was changed in Slack, what it says there is checked, not what bugle.toml said."""
    database = Database(shown.settings["DATABASE_URL"])
    keep_new_rotations(database, read_config(shown.config))
    with database.transaction() as tx:
        kept = rotations.lock(tx, "shop-bugs")
        assert kept is not None
        rotations.change(tx, kept, profile=replace(kept.profile, **NOWHERE))
    database.close()
    shown.world.set_app(groups_managed_by="admins")
    said = shown.check()
    # What differs from bugle.toml is named; that Slack would not let it be shown there does not matter.
    assert len(said.problems) == len(NOWHERE)
    assert all("shop-bugs is kept" in problem for problem in said.problems)
    assert not any(line.startswith("ok rotation shop-bugs: can be shown") for line in said.lines)
