"""Messages of the pretend Slack: posting, threads, edits, history, metadata, ephemerals, people's writing."""

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.harness import World
from tests.sandbox.slack.bolt import refused


def test_a_posted_message_is_seen_and_found(world: World, client: WebClient) -> None:
    """What the app posts is read by members and found in history under the ts that posting returned."""
    posted = client.chat_postMessage(channel="C0SUPPORT", text="hello &amp; welcome")
    assert world.channel("C0SUPPORT").expect_message("hello & welcome").ts == posted["ts"]
    (found,) = client.conversations_history(channel="C0SUPPORT")["messages"]
    assert (found["ts"], found["bot_id"], found["user"]) == (posted["ts"], "B0BUGLE", "U0BUGLE")


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0GENERAL", "not_in_channel"), ("C0NOWHERE", "channel_not_found"), ("U0NOBODY", "channel_not_found")],
)
def test_the_app_posts_only_where_it_is(client: WebClient, channel: str, error: str) -> None:
    """Posting into a channel the app is not in, or that is not there, is refused by name."""
    assert refused(client.chat_postMessage, channel=channel, text="x") == error


def test_a_private_channel_without_the_app_does_not_exist_for_it(world: World, client: WebClient) -> None:
    """When the app leaves a private channel, it cannot even know of it."""
    world.set_channel("C0ADMINS", leave="app")
    assert refused(client.conversations_info, channel="C0ADMINS") == "channel_not_found"
    assert refused(client.chat_postMessage, channel="C0ADMINS", text="x") == "channel_not_found"


def test_a_persons_id_means_the_dm_with_them(world: World, client: WebClient) -> None:
    """Posting to a person's id lands in their DM with the app, which conversations.open names as well."""
    posted = client.chat_postMessage(channel="U0ELSA", text="for you")
    assert posted["channel"] == client.conversations_open(users="U0ELSA")["channel"]["id"]
    assert world.dm("U0ELSA").expect_message("for you")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "sections"}]}, "invalid_blocks"),
        ({"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ],
)
def test_messages_slack_would_not_take_are_refused(
    client: WebClient, content: dict[str, Any], error: str
) -> None:
    """Empty, too long and malformed messages are refused with Slack's names for it."""
    body = {"channel": "C0SUPPORT", **content}
    assert refused(client.api_call, api_method="chat.postMessage", json=body) == error


def test_all_blocks_together_have_a_limit(client: WebClient) -> None:
    """Blocks that are fine one by one are refused when their text is too long altogether."""
    section = {"type": "section", "text": {"type": "plain_text", "text": "x" * 3000}}
    assert client.chat_postMessage(channel="C0SUPPORT", text="x", blocks=[section] * 4)["ok"]
    error = refused(client.chat_postMessage, channel="C0SUPPORT", text="x", blocks=[section] * 5)
    assert error == "msg_blocks_too_long"


def test_replies_are_in_the_thread_and_not_in_history(world: World, client: WebClient) -> None:
    """A reply shows under its parent only, a broadcast one in the channel as well; the parent counts."""
    parent = client.chat_postMessage(channel="C0SUPPORT", text="parent")["ts"]
    client.chat_postMessage(channel="C0SUPPORT", text="reply", thread_ts=parent)
    client.chat_postMessage(channel="C0SUPPORT", text="loud reply", thread_ts=parent, reply_broadcast=True)
    replies = client.conversations_replies(channel="C0SUPPORT", ts=parent)["messages"]
    assert [one["text"] for one in replies] == ["parent", "reply", "loud reply"]
    assert (replies[0]["reply_count"], replies[1]["parent_user_id"]) == (2, "U0BUGLE")
    history = client.conversations_history(channel="C0SUPPORT")["messages"]
    assert [one["text"] for one in history] == ["loud reply", "parent"]
    card = world.channel("C0SUPPORT").expect_message("parent")
    assert card.thread.expect_message("loud reply")


def test_metadata_is_found_only_when_asked_for(client: WebClient) -> None:
    """History shows metadata with include_all_metadata; an edit that says nothing of it keeps it."""
    metadata = {"event_type": "bugle_effect", "event_payload": {"key": "k1"}}
    ts = client.chat_postMessage(channel="C0SUPPORT", text="x", metadata=metadata)["ts"]
    client.chat_update(channel="C0SUPPORT", ts=ts, text="y")
    (plain,) = client.conversations_history(channel="C0SUPPORT")["messages"]
    (whole,) = client.conversations_history(channel="C0SUPPORT", include_all_metadata=True)["messages"]
    assert "metadata" not in plain
    assert whole["metadata"] == metadata


def test_history_keeps_to_its_bounds(client: WebClient) -> None:
    """The times oldest and latest bound history, themselves left out unless inclusive."""
    first, second = (client.chat_postMessage(channel="C0SUPPORT", text=one)["ts"] for one in "ab")
    after = client.conversations_history(channel="C0SUPPORT", oldest=first)["messages"]
    among = client.conversations_history(channel="C0SUPPORT", oldest=first, latest=second, inclusive=True)
    assert [one["text"] for one in after] == ["b"]
    assert [one["text"] for one in among["messages"]] == ["b", "a"]


def test_the_app_edits_and_deletes_its_own_messages_only(world: World, client: WebClient) -> None:
    """The app's messages can be edited and deleted, those of people cannot, and gone ones are gone."""
    ts = client.chat_postMessage(channel="C0SUPPORT", text="old")["ts"]
    client.chat_update(channel="C0SUPPORT", ts=ts, text="new")
    card = world.channel("C0SUPPORT").expect_message("new")
    assert card.ts == ts
    client.chat_delete(channel="C0SUPPORT", ts=ts)
    assert refused(client.chat_update, channel="C0SUPPORT", ts=ts, text="x") == "message_not_found"
    theirs = world.person("U0ANA").says("mine", "C0SUPPORT").ts
    assert refused(client.chat_update, channel="C0SUPPORT", ts=theirs, text="x") == "cant_update_message"
    assert refused(client.chat_delete, channel="C0SUPPORT", ts=theirs) == "cant_delete_message"


def test_an_edit_without_blocks_takes_the_blocks_away(world: World, client: WebClient) -> None:
    """chat.update with text alone replaces the blocks that were there."""
    block = {"type": "section", "text": {"type": "plain_text", "text": "block"}}
    ts = client.chat_postMessage(channel="C0SUPPORT", text="x", blocks=[block])["ts"]
    client.chat_update(channel="C0SUPPORT", ts=ts, text="plain")
    assert world.channel("C0SUPPORT").expect_message("plain").raw.get("blocks") is None


def test_an_ephemeral_is_seen_by_one_person(world: World, client: WebClient) -> None:
    """An ephemeral shows to the member it is for, not to others, not in history, and cannot be edited."""
    ts = client.chat_postEphemeral(channel="C0SUPPORT", user="U0ANA", text="psst")["message_ts"]
    assert world.channel("C0SUPPORT", seen_by="U0ANA").expect_message("psst").ephemeral
    assert not world.channel("C0SUPPORT", seen_by="U0BEN").messages("psst")
    assert not client.conversations_history(channel="C0SUPPORT")["messages"]
    assert refused(client.chat_update, channel="C0SUPPORT", ts=ts, text="x") == "message_not_found"
    assert (
        refused(client.chat_postEphemeral, channel="C0SUPPORT", user="U0ELSA", text="x")
        == "user_not_in_channel"
    )


def test_permalinks_name_channel_and_message(world: World, client: WebClient) -> None:
    """A permalink holds the channel and the ts without its point, and the thread for a reply."""
    ts = client.chat_postMessage(channel="C0SUPPORT", text="x")["ts"]
    link = client.chat_getPermalink(channel="C0SUPPORT", message_ts=ts)["permalink"]
    assert link == f"{world.url}/slack/archives/C0SUPPORT/p{ts.replace('.', '')}"
    reply = client.chat_postMessage(channel="C0SUPPORT", text="x", thread_ts=ts)["ts"]
    link = client.chat_getPermalink(channel="C0SUPPORT", message_ts=reply)["permalink"]
    assert link.endswith(f"?thread_ts={ts}&cid=C0SUPPORT")


def test_typed_text_is_escaped_and_mentions_are_resolved(world: World) -> None:
    """What a person types reaches the app escaped, with mentions and links in Slack's form."""
    said = world.person("U0ANA").says("@ben a<b & https://x.example/?a=1&b=2 #support #nowhere @nobody")
    assert said.raw["text"] == (
        "<@U0BEN> a&lt;b &amp; <https://x.example/?a=1&amp;b=2> <#C0SUPPORT|support> #nowhere @nobody"
    )
    assert said.text == "@Ben Carter a<b & https://x.example/?a=1&b=2 #support #nowhere @nobody"


def test_people_edit_delete_and_react(world: World) -> None:
    """People change and delete what they wrote, and react to anything."""
    card = world.person("U0ANA").says("first")
    card.edit("second")
    card.react("bug", by="U0BEN")
    assert card.refresh().raw["reactions"] == [{"name": "bug", "users": ["U0BEN"], "count": 1}]
    card.react("bug", by="U0BEN", remove=True)
    assert "reactions" not in card.refresh().raw
    card.delete()
    assert not world.channel("C0SUPPORT").messages()


def test_the_app_reacts_once_and_pins(world: World, client: WebClient) -> None:
    """With the scopes for it the app reacts and pins, each once."""
    world.set_app(scopes=["chat:write", "reactions:write", "reactions:read", "pins:write", "pins:read"])
    ts = client.chat_postMessage(channel="C0SUPPORT", text="x")["ts"]
    client.reactions_add(channel="C0SUPPORT", timestamp=ts, name="eyes")
    again = refused(client.reactions_add, channel="C0SUPPORT", timestamp=ts, name="eyes")
    assert again == "already_reacted"
    shown = client.reactions_get(channel="C0SUPPORT", timestamp=ts)["message"]
    assert shown["reactions"][0]["users"] == ["U0BUGLE"]
    client.pins_add(channel="C0SUPPORT", timestamp=ts)
    assert refused(client.pins_add, channel="C0SUPPORT", timestamp=ts) == "already_pinned"
    assert client.pins_list(channel="C0SUPPORT")["items"][0]["message"]["ts"] == ts


def test_message_times_follow_the_business_clock(world: World, client: WebClient) -> None:
    """After the clock moves a day, new messages are a day later."""
    first = float(client.chat_postMessage(channel="C0SUPPORT", text="x")["ts"])
    world.advance(86_400)
    second = float(client.chat_postMessage(channel="C0SUPPORT", text="x")["ts"])
    assert 86_400 <= second - first < 86_460
