"""Groups, topics and pinned messages are what the rotations say, whatever people and Slack do."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.duty import Override
from sandbox.server import Sandbox
from storage import effects, overrides
from storage.database import Database
from storage.overrides import KeptOverride
from tests.harness.world import World
from tests.workflows.on_duty import DAY, GROUP, PAY, Duty, running
from workflows import channel_ids
from workflows.duty_surfaces import keep_true
from workflows.tidying import tidy

QUARTER = timedelta(minutes=15)
TOPIC = "Bugs in the Shop"


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


def test_a_hand_over_changes_all_three(duty: Duty) -> None:
    """At the hand-off group, topic and pinned message name the next one, each by one call."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], user_group=GROUP, topic=True, pinned=True)
    duty.tick()
    assert duty.group() == ["U0ELSA"]
    assert duty.topic() == f"{TOPIC} · On duty: Elsa Lind"
    assert "*Shop*  @Elsa Lind until" in duty.board()
    assert duty.board().count("then @Diego Mora") == 1
    duty.tick(DAY)
    assert duty.group() == ["U0DIEGO"]
    assert duty.topic() == f"{TOPIC} · On duty: Diego Mora"
    assert "*Shop*  @Diego Mora until" in duty.board()
    methods = ("usergroups.users.update", "conversations.setTopic", "chat.postMessage", "chat.update")
    assert [duty.calls(method) for method in methods] == [1, 2, 1, 1]


def test_nothing_is_written_that_is_so_already(duty: Duty) -> None:
    """Looking again, each minute or after a quarter of an hour, reads and changes nothing."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], user_group=GROUP, topic=True, pinned=True)
    duty.tick()
    reads = duty.calls("usergroups.users.list")
    duty.tick(timedelta(minutes=1))
    assert duty.calls("usergroups.users.list") == reads
    duty.tick(QUARTER)
    assert duty.calls("usergroups.users.list") == reads + 1
    methods = ("usergroups.users.update", "conversations.setTopic", "chat.postMessage", "chat.update")
    assert [duty.calls(method) for method in methods] == [0, 1, 1, 0]
    assert duty.notes() == []


def test_an_override_counts_while_it_lasts(duty: Duty) -> None:
    """Who takes a part of the shift is in the group from its start to its end."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], user_group=GROUP)
    now = duty.ctx.now()
    hour = timedelta(hours=1)
    with duty.ctx.database.transaction() as tx:
        taken = Override("01K0000000000000000000000A", now + hour, now + 2 * hour, "U0FANG")
        overrides.add(tx, [KeptOverride("shop", taken, "U0ELSA", "U0FANG", now)])
    duty.tick()
    assert duty.group() == ["U0ELSA"]
    duty.tick(hour)
    assert duty.group() == ["U0FANG"]
    duty.tick(hour)
    assert duty.group() == ["U0ELSA"]


def test_what_people_change_by_hand_is_repaired(duty: Duty) -> None:
    """Within a quarter of an hour; what they wrote around our part of the topic stays."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], user_group=GROUP, topic=True, pinned=True)
    duty.tick()
    (pinned,) = duty.channel()["pins"]
    duty.world.post(f"/slack/group/{GROUP}", {"members": ["U0HUGO"]})
    duty.world.set_channel("C0SHOPBUGS", topic="Read the wiki | On duty: me | be kind", unpin=pinned)
    duty.tick(QUARTER)
    assert duty.group() == ["U0ELSA"]
    assert duty.topic() == "Read the wiki | On duty: Elsa Lind | be kind"
    assert duty.channel()["pins"] == [pinned]


def test_a_deleted_message_is_posted_anew(duty: Duty) -> None:
    """Where somebody has deleted the pinned message there is another one, pinned too."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], pinned=True)
    duty.tick()
    (pinned,) = duty.channel()["pins"]
    duty.ctx.slack.delete("C0SHOPBUGS", pinned)
    duty.tick(QUARTER)
    (anew,) = duty.channel()["pins"]
    assert anew != pinned
    assert "@Elsa Lind until" in duty.board()


def test_rotations_share_a_group_and_a_channel(duty: Duty) -> None:
    """The group holds who is on duty in each of them; topic and message name each rotation."""
    both = {"user_group": GROUP, "channel": "C0SHOPBUGS", "topic": True, "pinned": True}
    duty.rotate("pay", ["U0GRACE", "U0FANG"], **both)
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], **both)
    duty.tick()
    assert set(duty.group()) == {"U0ELSA", "U0GRACE"}
    assert duty.topic().endswith("On duty: Grace Okafor (Pay), Elsa Lind (Shop)")
    assert all(name in duty.board() for name in ("*Pay*  @Grace", "*Shop*  @Elsa"))


def test_what_is_turned_off_is_taken_away(duty: Duty) -> None:
    """The topic is as people wrote it and the message is gone; the group stays as it was last."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], user_group=GROUP, topic=True, pinned=True)
    duty.tick()
    duty.set("shop", user_group=None, topic=False, pinned=False)
    duty.tick()
    assert (duty.topic(), duty.group()) == (TOPIC, ["U0ELSA"])
    duty.tick(DAY)
    assert duty.group() == ["U0ELSA"]
    assert duty.channel()["pins"] == []


def test_two_replicas_write_once(duty: Duty, database: Database) -> None:
    """Both find at the same instant that something is to be written: one post, one pin, one update."""
    del database
    duty.rotate("shop", ["U0DIEGO", "U0ELSA"], user_group=GROUP, topic=True, pinned=True)
    with running(duty):
        for _ in range(3):
            keep_true(duty.ctx)
        duty.tick()
    methods = ("usergroups.users.update", "conversations.setTopic", "chat.postMessage", "pins.add")
    assert [duty.calls(method) for method in methods] == [1, 1, 1, 1]


def test_a_full_topic_is_left_alone(duty: Duty) -> None:
    """Where our part has no room nothing is changed, and admins are told once to shorten it."""
    long = "x" * 245
    duty.world.set_channel("C0PAYBUGS", topic=long)
    duty.rotate("pay", ["U0GRACE"], topic=True)
    duty.tick()
    duty.tick(QUARTER)
    assert duty.topic(PAY.channel) == long
    (note,) = duty.notes()
    assert "shorten it to 200 characters" in note


def test_a_channel_with_a_new_id_stays_the_same(duty: Duty) -> None:
    """When Slack gives the rotation's channel another id, its message there is edited on."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], channel="C0SHOPBUGS", topic=True, pinned=True)
    duty.tick()
    (pinned,) = duty.channel()["pins"]
    duty.world.set_channel("C0SHOPBUGS", new_id="C1SHOPBUGS")
    channel_ids.follow(duty.ctx, "C0SHOPBUGS", "C1SHOPBUGS")
    duty.tick(DAY)
    assert duty.channel("C1SHOPBUGS")["pins"] == [pinned]
    assert "*Shop*  @Diego Mora until" in duty.board("C1SHOPBUGS")
    assert duty.topic("C1SHOPBUGS") == f"{TOPIC} · On duty: Diego Mora"
    assert duty.notes() == []


def test_looks_are_forgotten_soon(duty: Duty) -> None:
    """What was decided just to look is gone after two days; what else was done is kept longer."""
    duty.rotate("shop", ["U0ELSA", "U0DIEGO"], user_group=GROUP, topic=True, pinned=True)
    duty.tick()
    duty.tick(3 * DAY)
    tidy(duty.ctx)
    with duty.ctx.database.reading() as tx:
        kept = effects.listed(tx)
    assert len(kept) == 4
    assert all(each.decided_at > duty.ctx.now() - DAY for each in kept)
