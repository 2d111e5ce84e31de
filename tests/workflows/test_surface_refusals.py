"""What Slack refuses is told to admins once with the setting to change, and holds nothing else up."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from domain.duty import TimeOff
from sandbox.server import Sandbox
from storage import time_off
from storage.database import Database
from storage.tables import effects
from storage.time_off import KeptTimeOff, Source
from tests.harness.world import World
from tests.workflows.on_duty import DAY, GROUP, PAY, SCOPES, SHOP, Duty, running

QUARTER = timedelta(minutes=15)
GROUPS = {"groups_managed_by": "admins"}


@pytest.fixture
def duty(database: Database) -> Iterator[Duty]:
    """Yield a workspace in which one process of the program works."""
    sandbox = Sandbox()
    sandbox.start()
    with World(sandbox.url) as world:
        made = Duty(sandbox, database, world)
        with running(made):
            yield made
    sandbox.stop()


def without(scope: str) -> dict[str, Any]:
    """Return the scopes without one."""
    return {"scopes": [each for each in SCOPES if each != scope]}


def dead(duty: Duty) -> list[str]:
    """Return the kinds of effects that have died."""
    with duty.ctx.database.reading() as tx:
        rows = tx.execute(effects.select().where(effects.c.state == "dead"))
        return [row.kind for row in rows]


@pytest.mark.parametrize(
    ("refusing", "mending", "fix"),
    [
        (GROUPS, {"groups_managed_by": "everyone"}, "Permissions, User Groups: let Everyone"),
        ({"paid": False}, {"paid": True}, "User groups need a paid plan of Slack"),
        (without("usergroups:write"), {"scopes": list(SCOPES)}, "usergroups:write"),
    ],
)
def test_a_group_that_may_not_be_written(
    duty: Duty, refusing: dict[str, Any], mending: dict[str, Any], fix: str
) -> None:
    """Admins read it once, however often it is tried, and once more when it works again."""
    duty.world.set_app(**refusing)
    duty.rotate("shop", ["U0DIEGO", "U0ELSA"], user_group=GROUP, pinned=True)
    duty.tick()
    duty.tick(QUARTER)
    (note,) = duty.notes()
    assert "The user group S0ONDUTY (Shop) cannot be kept" in note.replace("`", "")
    assert fix in note
    assert duty.group() == ["U0ELSA"]
    assert "@Diego Mora" in duty.board()
    assert dead(duty) == []
    duty.world.set_app(**mending)
    duty.tick(QUARTER)
    assert duty.group() == ["U0DIEGO"]
    assert "shows again who is on duty" in duty.notes()[-1]
    duty.tick(QUARTER)
    assert len(duty.notes()) == 2


def test_a_group_that_is_disabled(duty: Duty) -> None:
    """A group that is disabled or was never there is told of with both ways out."""
    duty.world.post(f"/slack/group/{GROUP}", {"disabled": True})
    duty.rotate("shop", ["U0DIEGO", "U0ELSA"], user_group=GROUP)
    duty.tick()
    (note,) = duty.notes()
    assert "Enable it in Slack" in note
    duty.world.post(f"/slack/group/{GROUP}", {"disabled": False})
    duty.tick(QUARTER)
    assert duty.group() == ["U0DIEGO"]


@pytest.mark.parametrize(
    ("changes", "why"), [({"guest": True}, "a guest"), ({"deactivated": True}, "account is deactivated")]
)
def test_a_member_whom_slack_takes_into_no_group(duty: Duty, changes: dict[str, bool], why: str) -> None:
    """Guests and who has left are named to admins; the group keeps its last holder until the next shift."""
    duty.world.set_person("U0DIEGO", **changes)
    duty.rotate("shop", ["U0DIEGO", "U0GRACE"], user_group=GROUP)
    duty.tick()
    duty.tick(QUARTER)
    (note,) = duty.notes()
    assert "@Diego Mora is on duty" in note
    assert why in note
    assert duty.group() == ["U0ELSA"]
    assert duty.calls("usergroups.users.update") == 0
    duty.tick(DAY)
    assert duty.group() == ["U0GRACE"]


def test_a_group_is_never_emptied(duty: Duty) -> None:
    """Where all have time off the last holder stays in the group, and admins read why."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], user_group=GROUP)
    duty.tick()
    now = duty.ctx.now()
    with duty.ctx.database.transaction() as tx:
        for number, person in enumerate(("U0ELSA", "U0DIEGO")):
            away = TimeOff(f"01K000000000000000000000T{number}", person, now, now + DAY)
            time_off.add(tx, KeptTimeOff(away, Source.FORM, None, person, now))
    duty.tick()
    assert duty.group() == ["U0ELSA"]
    (note,) = duty.notes()
    assert "all have time off" in note


@pytest.mark.parametrize(
    ("refusing", "fix"),
    [
        ({"topics_set_by": "admins"}, "does not let Bugle change topics"),
        (without("channels:write.topic"), "channels:write.topic"),
    ],
)
def test_a_topic_that_may_not_be_changed(duty: Duty, refusing: dict[str, Any], fix: str) -> None:
    """It stays as it is, told of once; the group beside it is written."""
    duty.world.set_app(**refusing)
    duty.rotate("shop", ["U0DIEGO", "U0ELSA"], user_group=GROUP, topic=True)
    duty.tick()
    duty.tick(QUARTER)
    (note,) = duty.notes()
    assert fix in note
    assert (duty.topic(), duty.group()) == ("Bugs in the Shop", ["U0DIEGO"])


@pytest.mark.parametrize(
    ("refusing", "fix"),
    [({"pins_made_by": "admins"}, "does not let Bugle pin there"), (without("pins:write"), "pins:write")],
)
def test_a_message_that_may_not_be_pinned(duty: Duty, refusing: dict[str, Any], fix: str) -> None:
    """It is there and kept up to date all the same, and is pinned when that is mended."""
    duty.world.set_app(**refusing)
    duty.rotate("shop", ["U0DIEGO", "U0ELSA"], pinned=True)
    duty.tick()
    duty.tick(QUARTER)
    (note,) = duty.notes()
    assert fix in note
    assert duty.calls("chat.postMessage") == 2  # the message, and what admins read
    duty.world.set_app(pins_made_by="everyone", scopes=list(SCOPES))
    duty.tick(DAY)
    assert "*Shop*  @Elsa Lind until" in duty.board()
    assert "shows again who is on duty" in duty.notes()[-1]


def test_a_channel_with_too_many_pins(duty: Duty) -> None:
    """Slack takes a hundred: admins are told to unpin one."""
    posted = [duty.ctx.slack.web.chat_postMessage(channel=SHOP.channel, text=str(n)) for n in range(100)]
    for each in posted:
        duty.ctx.slack.pin(SHOP.channel, each["ts"])
    duty.rotate("shop", ["U0DIEGO", "U0ELSA"], pinned=True)
    duty.tick()
    (note,) = duty.notes()
    assert "Unpin one" in note
    duty.world.set_channel(SHOP.channel, unpin=posted[0]["ts"])
    duty.tick(QUARTER)
    assert len(duty.channel()["pins"]) == 100
    assert "shows again who is on duty" in duty.notes()[-1]


def test_channels_that_others_read_say_no_names(duty: Duty) -> None:
    """Neither topic nor message goes into a channel that is shared with another company."""
    duty.world.set_channel(PAY.channel, share="T0LUMEN")
    duty.rotate("pay", ["U0GRACE", "U0FANG"], topic=True, pinned=True)
    duty.tick()
    assert duty.topic(PAY.channel) == "Bugs in Pay"
    assert duty.channel(PAY.channel)["pins"] == []
    notes = duty.notes()
    assert len(notes) == 2
    assert all("People of another company" in note for note in notes)


def test_a_channel_without_bugle(duty: Duty) -> None:
    """Admins are told to invite it; when they have, topic and message are there."""
    duty.world.set_channel(PAY.channel, leave="app")
    duty.rotate("pay", ["U0GRACE", "U0FANG"], topic=True, pinned=True)
    duty.tick()
    assert sorted("/invite @bugle" in note for note in duty.notes()) == [True, True]
    duty.world.set_channel(PAY.channel, join="app")
    duty.tick(QUARTER)
    assert duty.topic(PAY.channel) == "Bugs in Pay · On duty: Grace Okafor"
    assert "@Grace Okafor" in duty.board(PAY.channel)
    assert dead(duty) == []


def test_what_could_not_be_edited_is_edited_later(duty: Duty) -> None:
    """A hand-over whose edit Slack refused is shown as soon as it does not any more."""
    duty.rotate("shop", ["U0DIEGO", "U0ELSA"], pinned=True)
    duty.tick()
    duty.world.trouble("slack", "error", "chat.update", error="restricted_action", times=1)
    duty.tick(DAY)
    assert "@Diego Mora until" in duty.board()
    duty.tick(QUARTER)
    assert "@Elsa Lind until" in duty.board()
    assert ["cannot be kept" in note for note in duty.notes()] == [True, False]
