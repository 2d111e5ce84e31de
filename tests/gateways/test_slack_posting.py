"""Posting and editing messages: each once, whatever happens to the answer."""

from datetime import timedelta

import pytest

from domain.effects import Gateway, Never, Unsure
from domain.message import Message
from gateways.slack import Slack
from sandbox.server import Sandbox
from sandbox.slack.model import Message as Kept
from tests.gateways.stage import Listener, calls, doubt

BLOCKS: tuple[dict[str, object], ...] = (
    {"type": "section", "text": {"type": "mrkdwn", "text": "*The card is charged twice*"}},
)
CARD = Message("The card is charged twice", BLOCKS)


def kept(sandbox: Sandbox, channel: str = "C0SHOPBUGS") -> list[Kept]:
    """Return the messages of a channel, oldest first."""
    return list(sandbox.slack.channels[channel].messages)


def test_a_post_carries_its_key_and_unfurls_nothing(slack: Slack, sandbox: Sandbox) -> None:
    """A post holds text, blocks and its key as metadata, and asks Slack to unfurl neither links nor media."""
    ts = slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=None)
    (message,) = kept(sandbox)
    assert (message.ts, message.text, message.user) == (ts, CARD.text, "U0BUGLE")
    assert message.blocks[0]["text"] == BLOCKS[0]["text"]
    assert message.metadata == {"event_type": "bugle_effect", "event_payload": {"key": "card:1"}}
    (call,) = calls(sandbox, "chat.postMessage")
    assert (call.request["unfurl_links"], call.request["unfurl_media"]) == (False, False)


def test_a_message_without_blocks_is_its_text(slack: Slack, sandbox: Sandbox) -> None:
    """A message that is only text is posted and edited as such."""
    ts = slack.post("C0SHOPBUGS", Message("Plain"), key="k", doubt=None)
    slack.update("C0SHOPBUGS", ts, Message("Plainer"))
    assert [(one.text, one.blocks) for one in kept(sandbox)] == [("Plainer", [])]


def test_a_reply_goes_into_its_thread(slack: Slack, sandbox: Sandbox) -> None:
    """A post with a thread becomes a reply under that message."""
    card = slack.post("C0SHOPBUGS", CARD, key="card", doubt=None)
    slack.post("C0SHOPBUGS", Message("Taken"), key="reply", doubt=None, thread=card)
    assert [one.thread_ts for one in kept(sandbox)] == [None, card]


def test_a_lost_answer_does_not_make_a_second_post(slack: Slack, sandbox: Sandbox) -> None:
    """A post whose answer is lost is Unsure, and the next try finds it by its key."""
    sandbox.core.troubles.add(service="slack", method="chat.postMessage", kind="cut_after", times=1)
    before = doubt()
    with pytest.raises(Unsure):
        slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=None)
    assert len(calls(sandbox, "chat.postMessage")) == 1
    ts = slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=before)
    assert [one.ts for one in kept(sandbox)] == [ts]


def test_a_lost_reply_is_found_in_its_thread(slack: Slack, sandbox: Sandbox) -> None:
    """A reply whose answer was lost is found among the thread's replies, which a channel's history omits."""
    card = slack.post("C0SHOPBUGS", CARD, key="card", doubt=None)
    sandbox.core.troubles.add(service="slack", method="chat.postMessage", kind="cut_after", times=1)
    before = doubt()
    with pytest.raises(Unsure):
        slack.post("C0SHOPBUGS", Message("Taken"), key="reply", doubt=None, thread=card)
    ts = slack.post("C0SHOPBUGS", Message("Taken"), key="reply", doubt=before, thread=card)
    assert [one.ts for one in kept(sandbox)] == [card, ts]


def test_a_lost_direct_message_is_found(slack: Slack, sandbox: Sandbox) -> None:
    """A direct message whose answer was lost is found in the history of that conversation."""
    direct = slack.direct_channel("U0ELSA")
    sandbox.core.troubles.add(service="slack", method="chat.postMessage", kind="cut_after", times=1)
    before = doubt()
    with pytest.raises(Unsure):
        slack.post(direct, CARD, key="ping:1", doubt=None)
    assert slack.post(direct, CARD, key="ping:1", doubt=before) == kept(sandbox, direct)[0].ts
    assert len(kept(sandbox, direct)) == 1


def test_a_post_that_never_arrived_is_made_in_doubt(slack: Slack, sandbox: Sandbox) -> None:
    """In doubt, a post that is not there is made; one with another key is not taken for it."""
    slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=None)
    sandbox.core.troubles.add(service="slack", method="chat.postMessage", kind="cut_before", times=1)
    before = doubt()
    with pytest.raises(Unsure):
        slack.post("C0SHOPBUGS", CARD, key="card:2", doubt=None)
    slack.post("C0SHOPBUGS", CARD, key="card:2", doubt=before)
    keys = [one.metadata["event_payload"]["key"] for one in kept(sandbox) if one.metadata]
    assert keys == ["card:1", "card:2"]


def test_a_lost_post_is_found_pages_back(slack: Slack, sandbox: Sandbox) -> None:
    """The search for a lost post reads all pages of a busy channel, back to a minute before the doubt."""
    before = doubt()
    found = slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=None)
    for number in range(450):
        sandbox.slack.add_message(
            Kept("C0SHOPBUGS", sandbox.slack.ts(), "U0ANA", "T0HARBOR", f"Chatter {number}")
        )
    assert slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=before) == found
    assert len(calls(sandbox, "conversations.history")) == 3
    oldest = float(calls(sandbox, "conversations.history")[0].request["oldest"])
    assert oldest == pytest.approx((before.since - timedelta(seconds=60)).timestamp())


def test_only_our_own_post_is_taken_for_ours(slack: Slack, sandbox: Sandbox) -> None:
    """A message of somebody else that carries the same metadata is not taken for the lost post."""
    before = doubt()
    metadata = {"event_type": "bugle_effect", "event_payload": {"key": "card:1"}}
    foreign = Kept("C0SHOPBUGS", sandbox.slack.ts(), "U0ANA", "T0HARBOR", "Forged", metadata=metadata)
    sandbox.slack.add_message(foreign)
    assert slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=before) != foreign.ts
    assert len(kept(sandbox)) == 2


def test_an_edit_keeps_the_key(slack: Slack, sandbox: Sandbox) -> None:
    """An edited message shows the new content, loses blocks it has no longer, and can still be found."""
    before = doubt()
    ts = slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=None)
    slack.update("C0SHOPBUGS", ts, Message("SHOP-1: the card is charged twice"))
    (message,) = kept(sandbox)
    assert (message.text, message.blocks) == ("SHOP-1: the card is charged twice", [])
    assert slack.post("C0SHOPBUGS", CARD, key="card:1", doubt=before) == ts


def test_a_message_that_is_gone_is_never_edited(slack: Slack) -> None:
    """Editing a message that was deleted is Never, and says so."""
    with pytest.raises(Never, match=r"chat\.update: message_not_found"):
        slack.update("C0SHOPBUGS", "1700000000.000001", CARD)


def test_an_ephemeral_is_for_one(slack: Slack, sandbox: Sandbox) -> None:
    """An ephemeral is shown to the one it is for; somebody who is not in the channel is Never."""
    slack.ephemeral("C0SHOPBUGS", "U0ANA", CARD)
    assert [one.only_for for one in kept(sandbox)] == ["U0ANA"]
    with pytest.raises(Never, match="user_not_in_channel"):
        slack.ephemeral("C0PAYBUGS", "U0DIEGO", CARD)


def test_a_permalink_leads_to_the_message(slack: Slack, sandbox: Sandbox) -> None:
    """A permalink names channel and message."""
    ts = slack.post("C0SHOPBUGS", CARD, key="k", doubt=None)
    link = slack.permalink("C0SHOPBUGS", ts)
    assert link.startswith(sandbox.url)
    assert link.endswith(f"/archives/C0SHOPBUGS/p{ts.replace('.', '')}")


WRONG = Message("A report", ({"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}},))


def test_blocks_that_slack_refuses_are_left_out(
    slack: Slack, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Posted, edited or for one alone: the text is said without them, and the log has Slack's reason."""
    ts = slack.post("C0SHOPBUGS", WRONG, key="k", doubt=None)
    (message,) = kept(sandbox)
    assert (message.text, message.blocks, message.metadata is None) == ("A report", [], False)
    assert "invalid_blocks; " in caplog.text
    assert "json-pointer:/blocks/0" in caplog.text
    slack.update("C0SHOPBUGS", ts, CARD)
    slack.update("C0SHOPBUGS", ts, WRONG)
    (message,) = kept(sandbox)
    assert (message.text, message.blocks) == ("A report", [])
    slack.ephemeral("C0SHOPBUGS", "U0ANA", WRONG)
    assert [one.text for one in kept(sandbox) if one.only_for] == ["A report"]


def test_what_is_refused_for_another_reason_is_not_said_again(slack: Slack, sandbox: Sandbox) -> None:
    """Leaving the blocks out would not help: one call, and Never."""
    with pytest.raises(Never, match="not_in_channel"):
        slack.post("C0GENERAL", CARD, key="k", doubt=None)
    assert len(calls(sandbox, "chat.postMessage")) == 1


def test_each_call_is_observed(slack: Slack, sandbox: Sandbox, listener: Listener) -> None:
    """Whoever observes hears of each call with its method, how it ended and how long it took."""
    slack.channel("C0SHOPBUGS")
    listener.heard.clear()
    sandbox.core.troubles.add(service="slack", method="chat.postMessage", kind="slow", delay=0.2, times=1)
    ts = slack.post("C0SHOPBUGS", CARD, key="k", doubt=None)
    with pytest.raises(Never):
        slack.permalink("C0SHOPBUGS", ts[:-1] + ("0" if ts[-1] != "0" else "1"))
    assert listener.heard == [
        (Gateway.SLACK, "chat.postMessage", "ok"),
        (Gateway.SLACK, "chat.getPermalink", "never"),
    ]
    assert 0.2 <= listener.longest < 5
