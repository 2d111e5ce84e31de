"""What the pretend Slack refuses of those who show who is on duty: groups, topics and pins."""

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.harness import World
from tests.sandbox.slack.bolt import refused, web_client

ALL = ("usergroups:read", "usergroups:write", "channels:write.topic", "groups:write.topic", "pins:write")


@pytest.fixture
def duty(world: World) -> WebClient:
    """Return a client that may show who is on duty, and post."""
    world.set_app(scopes=["chat:write", "channels:read", "groups:read", *ALL], limits=False)
    return web_client(world)


def channel(world: World, name: str = "C0SHOPBUGS") -> dict[str, Any]:
    """Return a channel as the control API shows it."""
    found: dict[str, Any] = next(
        each for each in world.get("/slack/channels")["channels"] if each["id"] == name
    )
    return found


def test_groups_need_a_paid_plan(world: World, duty: WebClient) -> None:
    """Without one groups are neither read nor written."""
    world.set_app(paid=False)
    assert refused(duty.usergroups_list) == "plan_upgrade_required"
    assert refused(duty.usergroups_users_list, usergroup="S0ONDUTY") == "plan_upgrade_required"
    change = {"usergroup": "S0ONDUTY", "users": "U0FANG"}
    assert refused(duty.usergroups_users_update, **change) == "plan_upgrade_required"


@pytest.mark.parametrize("changes", [{"guest": True}, {"deactivated": True}])
def test_guests_and_who_has_left_are_in_no_group(
    world: World, duty: WebClient, changes: dict[str, bool]
) -> None:
    """Guests and deactivated members are refused, and the group stays as it was."""
    world.set_person("U0FANG", **changes)
    change = {"usergroup": "S0ONDUTY", "users": "U0GRACE,U0FANG"}
    assert refused(duty.usergroups_users_update, **change) == "invalid_users"
    assert duty.usergroups_users_list(usergroup="S0ONDUTY")["users"] == ["U0ELSA"]


def test_groups_are_changed_by_hand(world: World, duty: WebClient) -> None:
    """An admin puts others into a group, and disables and enables it."""
    world.post("/slack/group/S0ONDUTY", {"members": ["U0FANG"], "disabled": True})
    assert refused(duty.usergroups_users_list, usergroup="S0ONDUTY") == "no_such_subteam"
    world.post("/slack/group/S0ONDUTY", {"disabled": False})
    assert duty.usergroups_users_list(usergroup="S0ONDUTY")["users"] == ["U0FANG"]


def test_a_topic_is_kept_escaped_and_told_in_the_channel(world: World, duty: WebClient) -> None:
    """What is escaped stays so, what is not becomes so, and the channel reads of the change."""
    said = duty.conversations_setTopic(channel="C0SHOPBUGS", topic="R&D &amp; <bugs>")["channel"]
    assert said["topic"]["value"] == channel(world)["topic"]["value"] == "R&amp;D &amp; &lt;bugs&gt;"
    world.channel("C0SHOPBUGS").expect_message("set the channel topic: R&D")


def test_topics_are_refused(world: World, duty: WebClient) -> None:
    """One that is too long, in an archived channel, a DM, without membership, or where only admins may."""
    topic = duty.conversations_setTopic
    assert topic(channel="C0SHOPBUGS", topic="x" * 250)["ok"]
    assert refused(topic, channel="C0SHOPBUGS", topic="x" * 251) == "too_long"
    assert refused(topic, channel="C0GENERAL", topic="x") == "not_in_channel"
    world.set_channel("C0PAYBUGS", archived=True)
    assert refused(topic, channel="C0PAYBUGS", topic="x") == "is_archived"
    world.set_app(topics_set_by="admins")
    assert refused(topic, channel="C0SHOPBUGS", topic="x") == "restricted_action"


def test_each_kind_of_channel_has_its_scope_for_topics(world: World) -> None:
    """The scope for public channels opens no private one, nor the other way round."""
    world.set_app(scopes=["channels:write.topic"])
    client = web_client(world)
    assert client.conversations_setTopic(channel="C0SHOPBUGS", topic="x")["ok"]
    assert refused(client.conversations_setTopic, channel="C0ADMINS", topic="x") == "missing_scope"
    world.set_app(scopes=["groups:write.topic"])
    assert client.conversations_setTopic(channel="C0ADMINS", topic="x")["ok"]
    assert refused(client.conversations_setTopic, channel="C0SHOPBUGS", topic="x") == "missing_scope"


def test_a_channel_has_a_hundred_pins(world: World, duty: WebClient) -> None:
    """The next one is refused, until one is unpinned by hand or its message is deleted."""
    posted = [duty.chat_postMessage(channel="C0SHOPBUGS", text=str(n))["ts"] for n in range(102)]
    place = {"channel": "C0SHOPBUGS"}
    for ts in posted[:100]:
        duty.pins_add(**place, timestamp=ts)
    assert refused(duty.pins_add, **place, timestamp=posted[0]) == "already_pinned"
    assert refused(duty.pins_add, **place, timestamp=posted[100]) == "too_many_pins"
    world.set_channel("C0SHOPBUGS", unpin=posted[0])
    assert duty.pins_add(**place, timestamp=posted[100])["ok"]
    duty.chat_delete(**place, ts=posted[1])
    assert duty.pins_add(**place, timestamp=posted[101])["ok"]
    assert channel(world)["pins"] == posted[2:102]


def test_pins_are_refused(world: World, duty: WebClient) -> None:
    """One of no message, in an archived channel, or where only admins may."""
    ts = duty.chat_postMessage(channel="C0SHOPBUGS", text="x")["ts"]
    place = {"channel": "C0SHOPBUGS"}
    assert refused(duty.pins_add, **place, timestamp="1.000001") == "message_not_found"
    world.set_app(pins_made_by="admins")
    assert refused(duty.pins_add, **place, timestamp=ts) == "restricted_action"
    world.set_channel("C0SHOPBUGS", archived=True)
    assert refused(duty.pins_add, **place, timestamp=ts) == "is_archived"
