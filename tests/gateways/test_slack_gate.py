"""The gate before everything that people read: what is for our own goes nowhere where others read."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.effects import SHARED, Never
from domain.message import Audience, Message
from gateways.slack import Slack, client
from sandbox.server import Sandbox
from tests.gateways.stage import Seconds, calls

OURS = Message("SHOP-42 is Elsa's")
THEIRS = replace(OURS, audience=Audience.OUTSIDE)
SHARED_ROOM, ROOM, OLGA = "C0LUMEN", "C0SUPPORT", "U0XOLGA"

Deed = Callable[[Slack, Message], object]
DEEDS: dict[str, Deed] = {
    "chat.postMessage": lambda slack, said: slack.post(SHARED_ROOM, said, key="k", doubt=None),
    "chat.update": lambda slack, said: slack.update(SHARED_ROOM, "1700000000.000001", said),
    "chat.postEphemeral": lambda slack, said: slack.ephemeral(SHARED_ROOM, OLGA, said),
    "conversations.setTopic": lambda slack, said: slack.set_topic(SHARED_ROOM, said.text, said.audience),
    "files.getUploadURLExternal": lambda slack, said: slack.upload(
        "a.ics", b"x", channel=SHARED_ROOM, comment=said.text
    ),
}


@pytest.mark.parametrize("method", DEEDS)
def test_what_is_ours_is_never_said_where_others_read(slack: Slack, sandbox: Sandbox, method: str) -> None:
    """Each way of saying something is refused before Slack hears of it."""
    with pytest.raises(Never, match=SHARED):
        DEEDS[method](slack, OURS)
    assert not calls(sandbox, method)


def test_what_is_theirs_is_said(slack: Slack, sandbox: Sandbox) -> None:
    """A message for people of other companies is posted, edited and shown to them, and unfurls nothing."""
    ts = slack.post(SHARED_ROOM, THEIRS, key="k", doubt=None)
    slack.update(SHARED_ROOM, ts, THEIRS)
    slack.ephemeral(SHARED_ROOM, OLGA, THEIRS)
    (posted,) = calls(sandbox, "chat.postMessage")
    assert (posted.request["unfurl_links"], posted.request["unfurl_media"]) == (False, False)


def test_our_own_people_are_told_alone_in_a_shared_channel(slack: Slack, sandbox: Sandbox) -> None:
    """What one person sees is for that person: ours read what is ours anywhere."""
    slack.ephemeral(SHARED_ROOM, "U0ANA", OURS)
    assert calls(sandbox, "chat.postEphemeral")


def test_direct_messages_to_others_are_not_ours(slack: Slack, sandbox: Sandbox) -> None:
    """In a direct message with somebody of another company nothing of ours is said; with ours it is."""
    with pytest.raises(Never, match=SHARED):
        slack.post(slack.direct_channel(OLGA), OURS, key="k", doubt=None)
    assert slack.post(slack.direct_channel(OLGA), THEIRS, key="k", doubt=None)
    assert slack.post(slack.direct_channel("U0ANA"), OURS, key="k2", doubt=None)
    assert len(calls(sandbox, "chat.postMessage")) == 2


def test_a_share_stops_posts_at_once_when_told_and_in_30_s_when_not(
    slack: Slack, sandbox: Sandbox, seconds: Seconds
) -> None:
    """Between the last look and the post a channel becomes shared: told of it, the next post is refused."""
    slack.post(ROOM, OURS, key="k1", doubt=None)
    sandbox.slack.channels[ROOM].shared_with.add("T0LUMEN")
    slack.forget_channel(ROOM)
    with pytest.raises(Never, match=SHARED):
        slack.post(ROOM, OURS, key="k2", doubt=None)
    sandbox.slack.channels[ROOM].shared_with.clear()
    slack.forget_channel(ROOM)
    slack.post(ROOM, OURS, key="k3", doubt=None)
    sandbox.slack.channels[ROOM].shared_with.add("T0LUMEN")
    seconds.go(30)
    with pytest.raises(Never, match=SHARED):
        slack.post(ROOM, OURS, key="k4", doubt=None)
    assert len(calls(sandbox, "chat.postMessage")) == 2


SAYS = {"chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.setTopic"}
UPLOADS = {"files.getUploadURLExternal", "files.completeUploadExternal"}
FOR_ONE = {"views.open", "views.push", "views.update", "views.publish"}
SAYS_NOTHING = {
    *("auth.test", "users.lookupByEmail", "users.info", "usergroups.users.list", "usergroups.users.update"),
    *("conversations.info", "conversations.members", "conversations.open", "pins.add", "chat.delete"),
    *("usergroups.list", "reactions.get", "chat.getPermalink", "files.info"),
}


def test_no_way_of_saying_something_is_without_the_gate() -> None:
    """Each method of Slack's that the gateway calls is known: one that says something is tried above."""
    source = Path(client.__file__).read_text(encoding="utf-8")
    used = set(re.findall(r'"([a-z]+(?:\.[A-Za-z]+)+)"', source))
    assert used == SAYS | UPLOADS | FOR_ONE | SAYS_NOTHING
    assert {*SAYS, "files.getUploadURLExternal"} == set(DEEDS)
