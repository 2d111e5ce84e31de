"""Channels of the pretend Slack as the app manages them, and people as it finds them."""

import pytest
from slack_sdk import WebClient

from tests.harness import World
from tests.sandbox.slack.bolt import refused, web_client


@pytest.fixture
def manager(world: World) -> WebClient:
    """Return the client of an app that may manage channels."""
    scopes = world.get("/slack/app")["scopes"]
    world.set_app(scopes=[*scopes, "channels:manage", "channels:join", "reactions:write", "pins:write"])
    return web_client(world)


def test_the_app_joins_public_channels_alone(world: World, manager: WebClient) -> None:
    """The app joins a public channel by itself, a private one not, and an archived one neither."""
    assert manager.conversations_join(channel="C0GENERAL")["channel"]["is_member"]
    assert manager.chat_postMessage(channel="C0GENERAL", text="x")["ok"]
    assert refused(manager.conversations_join, channel="C0ADMINS") == "method_not_supported_for_channel_type"
    world.set_channel("C0GENERAL", archived=True)
    assert refused(manager.conversations_join, channel="C0GENERAL") == "is_archived"
    assert refused(manager.chat_postMessage, channel="C0GENERAL", text="x") == "is_archived"


def test_a_renamed_channel_keeps_its_id(world: World, client: WebClient) -> None:
    """Renamed, a channel is shown by its new name, under the id it had."""
    world.set_channel("C0SUPPORT", name="help-desk")
    assert client.conversations_info(channel="C0SUPPORT")["channel"]["name"] == "help-desk"
    assert client.chat_postMessage(channel="C0SUPPORT", text="x")["channel"] == "C0SUPPORT"


def test_the_app_makes_a_channel_and_invites(manager: WebClient) -> None:
    """A new channel has the app in it; people are invited once; names are taken once."""
    made = manager.conversations_create(name="war-room")["channel"]["id"]
    manager.conversations_invite(channel=made, users="U0ELSA,U0FANG")
    assert manager.conversations_members(channel=made)["members"] == ["U0BUGLE", "U0ELSA", "U0FANG"]
    assert refused(manager.conversations_invite, channel=made, users="U0ELSA") == "already_in_channel"
    assert refused(manager.conversations_invite, channel=made, users="U0NOBODY") == "user_not_found"
    assert refused(manager.conversations_create, name="war-room") == "name_taken"
    assert refused(manager.conversations_create, name="War Room") == "invalid_name_specials"


def test_a_topic_has_250_characters(manager: WebClient) -> None:
    """The topic can be set, up to its length."""
    channel = manager.conversations_setTopic(channel="C0SUPPORT", topic="On duty: Elsa")["channel"]
    assert channel["topic"]["value"] == "On duty: Elsa"
    assert refused(manager.conversations_setTopic, channel="C0SUPPORT", topic="x" * 251) == "too_long"


def test_a_dm_is_opened_with_one_person(client: WebClient, world: World) -> None:
    """conversations.open takes one person of the workspace who is still there."""
    assert client.conversations_open(users="U0ANA")["channel"]["id"] == "D0ANA"
    assert client.conversations_open(channel="D0ANA")["channel"]["id"] == "D0ANA"
    assert refused(client.conversations_open, users="U0NOBODY") == "user_not_found"
    assert refused(client.api_call, api_method="conversations.open") == "not_enough_users"
    world.set_person("U0ANA", deactivated=True)
    assert refused(client.conversations_open, users="U0ANA") == "user_disabled"


def test_who_has_left_is_not_found_by_email(client: WebClient, world: World) -> None:
    """users.lookupByEmail finds people who are there; users.info still knows who has left."""
    assert client.users_lookupByEmail(email="Ana@harbor.example")["user"]["id"] == "U0ANA"
    world.set_person("U0ANA", deactivated=True)
    assert refused(client.users_lookupByEmail, email="ana@harbor.example") == "users_not_found"
    assert client.users_info(user="U0ANA")["user"]["deleted"] is True
    assert client.users_info(user="U0BUGLE")["user"]["is_bot"] is True


def test_types_of_conversations_need_their_scopes(client: WebClient) -> None:
    """Lists show what is asked for: public channels unless told, private ones the app is in."""
    private = client.conversations_list(types="private_channel")["channels"]
    assert [one["id"] for one in private] == ["C0ADMINS"]
    assert refused(client.conversations_list, types="im") == "missing_scope"
    assert refused(client.conversations_list, types="secret") == "invalid_types"
    mine = client.users_conversations(types="public_channel,private_channel")["channels"]
    assert {one["name"] for one in mine} == {
        "support", "shop-bugs", "pay-bugs", "product-voices", "bugle-admins", "ext-lumen-retail",
    }  # fmt: skip


def test_reactions_and_pins_are_taken_back(manager: WebClient) -> None:
    """A reaction and a pin can be removed once."""
    place = {"channel": "C0SUPPORT"}
    ts = manager.chat_postMessage(**place, text="x")["ts"]
    manager.reactions_add(**place, timestamp=ts, name="eyes")
    manager.reactions_remove(**place, timestamp=ts, name="eyes")
    assert refused(manager.reactions_remove, **place, timestamp=ts, name="eyes") == "no_reaction"
    assert refused(manager.reactions_add, **place, timestamp="1.000001", name="eyes") == "message_not_found"
    manager.pins_add(**place, timestamp=ts)
    manager.pins_remove(**place, timestamp=ts)
    assert refused(manager.pins_remove, **place, timestamp=ts) == "no_pin"


def test_a_group_changes_its_name(client: WebClient) -> None:
    """usergroups.update keeps what is not given and refuses a handle that is taken."""
    made = client.usergroups_create(name="Night duty")["usergroup"]["id"]
    client.usergroups_update(usergroup=made, name="Late duty")
    (late,) = [one for one in client.usergroups_list()["usergroups"] if one["id"] == made]
    assert (late["name"], late["handle"]) == ("Late duty", "night-duty")
    assert refused(client.usergroups_update, usergroup=made, handle="bug-duty") == "handle_already_exists"


def test_the_apps_file_can_be_deleted(world: World, client: WebClient) -> None:
    """The app deletes its own files, and they leave the messages they were in."""
    uploaded = client.files_upload_v2(
        channel="C0SUPPORT", filename="a.txt", content="x", initial_comment="mine"
    )
    client.files_delete(file=uploaded["file"]["id"])
    assert "files" not in world.channel("C0SUPPORT").expect_message("mine").raw
    (theirs,) = world.person("U0ANA").says("x", files=[{"name": "b.txt", "content": "x"}]).raw["files"]
    assert refused(client.files_delete, file=theirs["id"]) == "cant_delete_file"
