"""The payloads and answers of the pretend Slack have only keys that Slack's have been seen to have."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.harness import World, eventually
from tests.sandbox.slack.bolt import bolt_app, over_http
from tests.sandbox.slack.forms import field, modal, option, plain

SEEN = Path(__file__).parents[4] / "shared" / "specs" / "slack" / "payloads"
JSON = dict[str, Any]
# Slack documents these, and the collection we compare with happens to lack them.
DOCUMENTED = {
    "response_urls", "app_id", "user_id", "callback_id", "is_cleared", "thread_ts", "blocks", "files",
    "upload", "value", "message", "channel", "edited", "reply_users",
}  # fmt: skip
# Free-form parts: ids are keys there, or blocks of the app's own making.
FREE = ("values", "blocks", "metadata", "selected_option", "edited")


def strange(ours: Any, theirs: Any, at: str = "") -> list[str]:
    """Return the paths in *ours* that *theirs* does not know."""
    if isinstance(ours, list) and isinstance(theirs, list):
        return [path for one in ours for path in strange(one, theirs[0] if theirs else None, f"{at}[]")]
    if not isinstance(ours, dict) or not isinstance(theirs, dict) or not theirs:
        return []
    found = []
    for key, value in ours.items():
        if key in theirs:
            found += [] if key in FREE else strange(value, theirs[key], f"{at}.{key}")
        elif key not in DOCUMENTED:
            found.append(f"{at}.{key}")
    return found


def seen(path: str) -> JSON:
    """Return the keys Slack has been seen to send."""
    file = SEEN / path
    if not file.exists():
        pytest.skip("Slack's published payloads are not beside the repository")
    known: JSON = json.loads(file.read_text())
    return known


def test_payloads_have_slacks_keys(world: World) -> None:
    """Commands, shortcuts, clicks, submissions and events carry no key of our own invention."""
    app = bolt_app(world)
    button = {"type": "button", "action_id": "pressed", "text": plain("Press"), "value": "1"}
    view = modal(
        field("Name", "plain_text_input"),
        field("Kind", "static_select", options=[option("A")]),
        {"type": "actions", "elements": [button]},
        notify_on_close=True,
    )

    def open_form(client: WebClient, body: JSON) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)

    app.command("/open")(ack=lambda ack: ack(), lazy=[open_form])
    app.shortcut("bug_msg")(lambda ack: ack())
    app.action("pressed")(lambda ack: ack())
    app.view("form")(lambda ack: ack())
    app.view_closed("form")(lambda ack: ack())
    app.event(re.compile(".*"))(lambda ack: ack())
    with over_http(world, app):
        _tour(world, app.client, button)
        eventually(lambda: world.calls("bot", "subteam_members_changed"), what="the last event")
        calls = world.calls("bot")
    compared = 0
    for call in calls:
        if file := _file_for(call["request"]):
            assert strange(call["request"], seen(file)) == [], (call["method"], file)
            compared += 1
    assert compared > 15


def _tour(world: World, client: WebClient, button: JSON) -> None:
    """Do a bit of everything."""
    ana, ben = world.person("U0ANA"), world.person("U0BEN")
    form = ana.types("/open")
    form.click("Press")
    form.close()
    form = ana.types("/open")
    form.fill("Name", "x")
    form.choose("Kind", "A")
    form.submit()
    said = ana.says("@bugle help")
    ana.uses("bug_msg", said)
    said.reply("a reply", by="U0BEN")
    said.react("eyes", by="U0BEN")
    said.react("eyes", by="U0BEN", remove=True)
    said.edit("other words")
    said.delete()
    ben.says("a picture", files=[{"name": "a.png", "content": "x"}])
    posted = client.chat_postMessage(
        channel="C0SUPPORT", text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    world.channel("C0SUPPORT").expect_message("x").click("Press")
    client.chat_update(channel="C0SUPPORT", ts=posted["ts"], text="y")
    ana.does("home")
    world.set_channel("C0SUPPORT", join="U0ELSA")
    world.set_channel("C0SUPPORT", leave="U0ELSA")
    world.set_channel("C0SUPPORT", share="T0LUMEN")
    world.set_channel("C0SUPPORT", unshare="T0LUMEN")
    world.set_channel("C0PAYBUGS", name="pay-faults")
    world.set_channel("C0PAYBUGS", new_id="C1PAYBUGS")
    world.set_person("U0ANA", title="Lead")
    client.usergroups_users_update(usergroup="S0ONDUTY", users="U0FANG")


EVENTS = {
    "app_home_opened": "AppHomeOpened", "app_mention": "AppMention", "channel_id_changed": "ChannelIdChanged",
    "channel_rename": "ChannelRename",
    "channel_shared": "ChannelShared", "channel_unshared": "ChannelUnshared", "user_change": "UserChange",
    "member_joined_channel": "MemberJoinedChannel", "member_left_channel": "MemberLeftChannel",
    "reaction_added": "ReactionAdded", "reaction_removed": "ReactionRemoved", "message": "Message",
    "subteam_members_changed": "SubteamMembersChanged", "subteam_updated": "SubteamUpdated",
    "message_changed": "MessageChanged", "message_deleted": "MessageDeleted",
    "file_share": "MessageFileShare",
}  # fmt: skip
INTERACTIONS = {
    "block_actions": "BlockActionPayload", "message_action": "MessageShortcutPayload",
    "view_submission": "ViewSubmissionPayload", "view_closed": "ViewClosedPayload",
}  # fmt: skip


def _file_for(payload: JSON) -> str | None:
    """Return which file shows the keys of a payload."""
    if "command" in payload:
        return "interactions/SlashCommandPayload.json"
    if event := payload.get("event"):
        name = EVENTS.get(event.get("subtype") or event["type"])
        return f"events/{name}.json" if name else None
    name = INTERACTIONS.get(payload["type"])
    return f"interactions/{name}.json" if name else None


def test_answers_have_slacks_keys(world: World, client: WebClient) -> None:
    """The Web API answers with no key of our own invention."""
    scopes = world.get("/slack/app")["scopes"]
    world.set_app(scopes=[*scopes, "team:read", "pins:write", "pins:read"])
    ts = client.chat_postMessage(channel="C0SUPPORT", text="x")["ts"]
    client.chat_postMessage(channel="C0SUPPORT", text="reply", thread_ts=ts)
    answers = {
        "auth.test": client.auth_test(),
        "bots.info": client.bots_info(bot="B0BUGLE"),
        "chat.postMessage": client.chat_postMessage(channel="C0SUPPORT", text="x", thread_ts=ts),
        "chat.postEphemeral": client.chat_postEphemeral(channel="C0SUPPORT", text="x", user="U0ANA"),
        "chat.update": client.chat_update(channel="C0SUPPORT", ts=ts, text="y"),
        "chat.getPermalink": client.chat_getPermalink(channel="C0SUPPORT", message_ts=ts),
        "conversations.info": client.conversations_info(channel="C0LUMEN", include_num_members=True),
        "conversations.list": client.conversations_list(types="public_channel,private_channel"),
        "conversations.members": client.conversations_members(channel="C0SUPPORT"),
        "conversations.history": client.conversations_history(channel="C0SUPPORT"),
        "conversations.replies": client.conversations_replies(channel="C0SUPPORT", ts=ts),
        "conversations.open": client.conversations_open(users="U0ANA", return_im=True),
        "users.conversations": client.users_conversations(types="public_channel,private_channel"),
        "users.info": client.users_info(user="U0ANA", include_locale=True),
        "users.list": client.users_list(),
        "users.lookupByEmail": client.users_lookupByEmail(email="ana@harbor.example"),
        "usergroups.list": client.usergroups_list(include_users=True, include_count=True),
        "usergroups.users.list": client.usergroups_users_list(usergroup="S0ONDUTY"),
        "usergroups.users.update": client.usergroups_users_update(usergroup="S0ONDUTY", users="U0FANG"),
        "reactions.get": client.reactions_get(channel="C0SUPPORT", timestamp=ts),
        "pins.add": client.pins_add(channel="C0SUPPORT", timestamp=ts),
        "pins.list": client.pins_list(channel="C0SUPPORT"),
        "team.info": client.team_info(),
        "views.publish": client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": []}),
        "files.getUploadURLExternal": client.files_getUploadURLExternal(filename="a.txt", length=1),
        "apps.connections.open": client.apps_connections_open(app_token="xapp-sandbox-bugle"),
    }
    found = {
        method: extra
        for method, answer in answers.items()
        if (extra := strange(dict(answer.data), seen(f"api/{method}.json")))
    }
    assert found == {}
