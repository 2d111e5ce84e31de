"""The door of the pretend Slack's Web API: tokens, scopes, bodies, limits, troubles."""

import json
from typing import Any

import httpx
import pytest

from tests.harness import World

BOT = "xoxb-sandbox-bugle"
APP = "xapp-sandbox-bugle"


def call(world: World, method: str, token: str | None = BOT, **body: Any) -> httpx.Response:
    """Call a method with a JSON body."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.post(f"{world.url}/slack/api/{method}", json=body, headers=headers, trust_env=False)


def test_a_token_may_come_in_the_header_or_in_a_form(world: World) -> None:
    """auth.test answers the same whether the token is in the header, in a form or in the query."""
    url = f"{world.url}/slack/api/auth.test"
    answers = [
        call(world, "auth.test").json(),
        httpx.post(url, data={"token": BOT}, trust_env=False).json(),
        httpx.get(url, params={"token": BOT}, trust_env=False).json(),
    ]
    assert [one["bot_id"] for one in answers] == ["B0BUGLE"] * 3
    assert answers[0]["user_id"] == "U0BUGLE"


@pytest.mark.parametrize(
    ("token", "error"), [(None, "not_authed"), ("xoxb-old", "invalid_auth"), (APP, "not_allowed_token_type")]
)
def test_wrong_tokens_are_refused_by_name(world: World, token: str | None, error: str) -> None:
    """No token, an unknown one and one of the wrong kind are told apart."""
    answer = call(world, "chat.postMessage", token, channel="C0SUPPORT", text="x")
    assert (answer.status_code, answer.json()) == (200, {"ok": False, "error": error})


def test_a_replaced_token_stops_working(world: World) -> None:
    """Once the bot token is replaced, the old one is refused and the new one taken."""
    world.set_app(bot_token="xoxb-new")
    assert call(world, "auth.test").json()["error"] == "invalid_auth"
    assert call(world, "auth.test", "xoxb-new").json()["ok"]


def test_a_revoked_token_can_be_restored(world: World) -> None:
    """A revoked token is refused until it is restored."""
    world.set_app(revoke=[BOT])
    assert call(world, "auth.test").json()["error"] == "invalid_auth"
    world.set_app(restore=[BOT])
    assert call(world, "auth.test").json()["ok"]


def test_a_missing_scope_names_what_is_needed_and_what_there_is(world: World) -> None:
    """Without its scope a method says which one it needs and which ones the token has."""
    world.set_app(scopes=["channels:read", "users:read"])
    answer = call(world, "chat.postMessage", channel="C0SUPPORT", text="x")
    assert answer.json() == {
        "ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "channels:read,users:read",
    }  # fmt: skip
    assert answer.headers["X-OAuth-Scopes"] == "channels:read,users:read"
    assert answer.headers["X-Accepted-OAuth-Scopes"] == "chat:write"


def test_the_kind_of_channel_decides_which_history_scope_counts(world: World) -> None:
    """channels:history opens public channels only; a private one needs groups:history."""
    world.set_app(scopes=["channels:history"])
    assert call(world, "conversations.history", channel="C0SUPPORT").json()["ok"]
    answer = call(world, "conversations.history", channel="C0ADMINS").json()
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")


def test_the_call_log_names_the_scope_that_allowed_a_call(world: World) -> None:
    """Each call is logged with its outcome and the scope that let it through, and without its token."""
    call(world, "chat.postMessage", channel="C0SUPPORT", text="x")
    call(world, "users.info", user="U0ANA")
    call(world, "views.nonsense", token="secret")
    logged = [(one["method"], one["outcome"], one["scope"]) for one in world.calls("slack")]
    assert logged == [
        ("chat.postMessage", "ok", "chat:write"),
        ("users.info", "ok", "users:read,users:read.email"),
        ("views.nonsense", "unknown_method", None),
    ]
    assert "xoxb" not in json.dumps(world.calls("slack"))


def test_an_unknown_method_says_so(world: World) -> None:
    """A method that Slack does not have is refused as such, before any token is looked at."""
    answer = call(world, "chat.teleport", None).json()
    assert (answer["ok"], answer["error"]) == (False, "unknown_method")


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", b"{", "invalid_json"),
        ("application/json", b"[]", "json_not_object"),
        ("text/xml", b"<a/>", "invalid_post_type"),
    ],
)
def test_bodies_that_cannot_be_read_are_refused(
    world: World, content_type: str, body: bytes, error: str
) -> None:
    """A body that is neither a form nor a JSON object is refused by name."""
    headers = {"Authorization": f"Bearer {BOT}", "Content-Type": content_type}
    url = f"{world.url}/slack/api/users.info"
    assert httpx.post(url, content=body, headers=headers, trust_env=False).json()["error"] == error


def test_a_missing_argument_is_named(world: World) -> None:
    """A required argument that is missing is named in response_metadata."""
    answer = call(world, "users.info").json()
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(world: World) -> None:
    """Three messages at once pass, the fourth gets 429 with Retry-After; another channel is not affected."""
    post = [call(world, "chat.postMessage", channel="C0SUPPORT", text="x") for _ in range(4)]
    assert [one.status_code for one in post] == [200, 200, 200, 429]
    assert (post[3].headers["Retry-After"], post[3].json()["error"]) == ("1", "ratelimited")
    assert call(world, "chat.postMessage", channel="C0PAYBUGS", text="x").json()["ok"]


def test_each_method_has_its_tier(world: World) -> None:
    """The 21st call of a tier 2 method within a minute is refused with the time to wait."""
    answers = [call(world, "users.list") for _ in range(21)]
    assert [one.status_code for one in answers] == [200] * 20 + [429]
    assert int(answers[20].headers["Retry-After"]) >= 1


def test_limits_can_be_switched_off(world: World) -> None:
    """With limits off nothing is refused for coming too often."""
    world.set_app(limits=False)
    answers = [call(world, "chat.postMessage", channel="C0SUPPORT", text="x") for _ in range(10)]
    assert all(one.json()["ok"] for one in answers)


@pytest.mark.parametrize(
    ("kind", "details", "status", "error"),
    [
        ("rate_limit", {"retry_after": 7}, 429, "ratelimited"),
        ("auth", {}, 200, "invalid_auth"),
        ("error", {"error": "internal_error"}, 200, "internal_error"),
        ("error", {"status": 503}, 503, None),
    ],
)
def test_troubles_have_slacks_shape(
    world: World, kind: str, details: dict[str, Any], status: int, error: str | None
) -> None:
    """A trouble that was asked for is answered as Slack answers it, as often as asked."""
    world.trouble("slack", kind, "users.info", times=1, **details)
    answer = call(world, "users.info", user="U0ANA")
    assert answer.status_code == status
    if error:
        assert answer.json()["error"] == error
    if kind == "rate_limit":
        assert answer.headers["Retry-After"] == "7"
    assert call(world, "users.info", user="U0ANA").json()["ok"]


def test_a_lost_answer_leaves_the_effect(world: World) -> None:
    """With cut_after the message is posted, and the caller sees the connection end without an answer."""
    world.trouble("slack", "cut_after", "chat.postMessage", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        call(world, "chat.postMessage", channel="C0SUPPORT", text="sent all the same")
    assert world.channel("C0SUPPORT").expect_message("sent all the same")


def test_long_lists_come_in_pages(world: World) -> None:
    """A limit gives a page and a cursor to the next, until the cursor is empty."""
    first = call(world, "conversations.list", limit=3, types="public_channel").json()
    cursor = first["response_metadata"]["next_cursor"]
    second = call(world, "conversations.list", limit=3, types="public_channel", cursor=cursor).json()
    names = [one["name"] for one in first["channels"] + second["channels"]]
    assert names == ["general", "support", "shop-bugs", "pay-bugs", "product-voices", "ext-lumen-retail"]
    assert second["response_metadata"]["next_cursor"] == ""
    assert call(world, "conversations.list", cursor="nonsense").json()["error"] == "invalid_cursor"


def test_a_user_token_speaks_for_its_user(world: World) -> None:
    """A user token is known as its user and cannot open views."""
    world.set_app(user_token="xoxp-sandbox-iris")
    assert call(world, "auth.test", "xoxp-sandbox-iris").json()["user_id"] == "U0IRIS"
    assert call(world, "views.open", "xoxp-sandbox-iris").json()["error"] == "not_allowed_token_type"


def test_only_the_app_token_opens_sockets(world: World) -> None:
    """apps.connections.open wants the app-level token, and Socket Mode to be on."""
    assert call(world, "apps.connections.open").json()["error"] == "not_allowed_token_type"
    assert call(world, "apps.connections.open", APP).json()["url"].startswith("ws://127.0.0.1:")
    world.set_app(delivery="http")
    assert call(world, "apps.connections.open", APP).json()["error"] == "socket_mode_not_enabled"
