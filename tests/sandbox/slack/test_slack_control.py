"""The control API of the pretend Slack says what to do when it cannot do what was asked."""

from typing import Any

import httpx
import pytest

from tests.harness import World

CASES: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "unknown person": ("as/U0NOBODY/home", {}, 404, "GET /control/slack/people lists them"),
    "foreign channel": (
        "as/U0ANA/message", {"channel": "C0ADMINS", "text": "x"}, 404, "not in C0ADMINS; they are in",
    ),
    "nothing to say": ("as/U0ANA/message", {"channel": "C0SUPPORT"}, 400, 'Give "text" or "files"'),
    "unknown thread": (
        "as/U0ANA/message", {"channel": "C0SUPPORT", "text": "x", "thread_ts": "1.0"}, 404, "no message 1.0",
    ),
    "unknown message": ("as/U0ANA/react", {"channel": "C0SUPPORT", "ts": "1.0"}, 404, "no message 1.0"),
    "missing text": ("as/U0ANA/command", {"channel": "C0SUPPORT"}, 400, 'Give "command" as text'),
    "unknown view": ("as/U0ANA/view/V0/submit", {}, 404, "has no view V0 open"),
    "bad file": (
        "as/U0ANA/message", {"channel": "C0SUPPORT", "files": [{"content": "x"}]}, 400, 'each file a "name"',
    ),
    "unknown setting": ("app", {"colour": "red"}, 400, "Leave out colour; known are app_token"),
    "unknown delivery": ("app", {"delivery": "pigeon"}, 400, "socket or http"),
    "unknown zone": ("people/U0ANA", {"zone": "Nowhere/Land"}, 400, "IANA name"),
    "unknown part of a person": ("people/U0ANA", {"colour": "red"}, 400, "a person has name"),
    "nobody to set": ("people/U0NOBODY", {}, 404, "GET /control/slack/people lists them"),
    "unknown change": ("channel/C0SUPPORT", {"colour": "red"}, 400, "known are join"),
    "unknown channel": ("channel/C0NOWHERE", {}, 404, "There is no channel C0NOWHERE"),
    "unknown reason": ("sockets", {"reason": "boredom"}, 400, "Give a reason Slack has"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_refusals_are_sentences(world: World, case: str) -> None:
    """What cannot be done is a 4xx with a sentence that helps."""
    path, body, status, sentence = CASES[case]
    answer = httpx.post(f"{world.url}/control/slack/{path}", json=body, trust_env=False)
    assert (answer.status_code, sentence in answer.json()["error"]) == (status, True), answer.text


def test_nobody_changes_what_others_wrote(world: World) -> None:
    """People edit and delete their own messages alone."""
    said = world.person("U0ANA").says("mine")
    for deed, more in (("edit", {"text": "yours"}), ("delete", {})):
        with pytest.raises(AssertionError, match="only what they wrote themselves"):
            world.person("U0BEN").does(deed, channel=said.channel, ts=said.ts, **more)


def test_a_read_waits_for_a_change(world: World) -> None:
    """With after= a read returns when something changed, and at its timeout when nothing did."""
    path = "/slack/as/U0ANA/channels"
    before = world.get(path)["revision"]
    assert world.get(path, after=before, timeout=0.2)["revision"] == before
    world.person("U0ANA").says("x")
    assert world.get(path, after=before, timeout=5)["revision"] > before


def test_what_one_needs_to_connect_is_told(world: World) -> None:
    """GET /control/app has the addresses, tokens and ids a bot needs."""
    slack = world.get("/app")["slack"]
    assert slack["api_url"] == f"{world.url}/slack/api/"
    assert (slack["bot_token"], slack["app_token"]) == ("xoxb-sandbox-bugle", "xapp-sandbox-bugle")
    assert slack["signing_secret"] == "sandbox-signing-secret"
    assert [one["handle"] for one in world.get("/slack/groups")["groups"]] == ["bug-duty"]
