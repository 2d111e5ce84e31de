"""How Slack calls can end, and what each end is for an effect."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from domain.effects import Gateway, LockedOut, Never, Outcome, TryAgain, Unsure, Wait
from domain.message import Audience, Message
from gateways.slack import Slack
from sandbox.server import Sandbox
from tests.gateways.stage import calls, canned_port, dead_port, deaf_port, http

HELLO = Message("A word that must not leak")
MODAL: dict[str, Any] = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Report a bug"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Loading"}}],
}
HOME: dict[str, Any] = {"type": "home", "blocks": MODAL["blocks"]}

Deed = Callable[[Slack], object]
POST: Deed = lambda slack: slack.post("C0SUPPORT", HELLO, key="k", doubt=None)  # noqa: E731 - one row of a table
EPHEMERAL: Deed = lambda slack: slack.ephemeral("C0SUPPORT", "U0ANA", HELLO)  # noqa: E731 - as above
OPEN: Deed = lambda slack: slack.open_view("a.trigger", MODAL)  # noqa: E731 - as above
PUSH: Deed = lambda slack: slack.push_view("a.trigger", MODAL)  # noqa: E731 - as above

# For whoever reads: nobody is asked first who that is.
FOR_ALL = Message(HELLO.text, audience=Audience.OUTSIDE)
POST_FOR_ALL: Deed = lambda slack: slack.post("C0SUPPORT", FOR_ALL, key="k", doubt=None)  # noqa: E731 - as above
EDIT_FOR_ALL: Deed = lambda slack: slack.update("C0SUPPORT", "1700000000.000001", FOR_ALL)  # noqa: E731 - as above

ONCE_ONLY = {
    "chat.postMessage": POST,
    "chat.postEphemeral": EPHEMERAL,
    "views.open": OPEN,
    "views.push": PUSH,
}
REPEATABLE: dict[str, Deed] = {
    "auth.test": lambda slack: slack.whoami(fresh=True),
    "chat.update": lambda slack: slack.update("C0SUPPORT", "1700000000.000001", HELLO),
    "chat.getPermalink": lambda slack: slack.permalink("C0SUPPORT", "1700000000.000001"),
    "conversations.info": lambda slack: (slack.forget_channel("C0SUPPORT"), slack.channel("C0SUPPORT")),
    "conversations.open": lambda slack: slack.direct_channel("U0ANA"),
    "users.info": lambda slack: (slack.forget_person("U0ANA"), slack.person("U0ANA")),
    "views.publish": lambda slack: slack.publish_home("U0ANA", HOME),
    "views.update": lambda slack: slack.update_view("V0", MODAL),
}
EVERY = {**ONCE_ONLY, **REPEATABLE}


def acquainted(slack: Slack) -> Slack:
    """Return the gateway when it knows who reads where: it asks before it says anything."""
    slack.channel("C0SUPPORT")
    slack.person("U0ANA")
    return slack


def trouble(sandbox: Sandbox, method: str, kind: str, **details: Any) -> None:
    """Let one call of *method* go wrong."""
    sandbox.core.troubles.add(service="slack", method=method, kind=kind, times=1, **details)


def end_of(deed: Deed, slack: Slack) -> Outcome:
    """Return the outcome *deed* ends with."""
    with pytest.raises(Outcome) as raised:
        deed(slack)
    assert "must not leak" not in raised.value.reason
    assert "xoxb" not in raised.value.reason
    assert "\n" not in raised.value.reason
    return raised.value


def ends_in_doubt(method: str, slack: Slack, sandbox: Sandbox) -> None:
    """Check that a call whose end nobody knows is Unsure where it must happen once, and is made once."""
    before = len(calls(sandbox, method))
    outcome = end_of(EVERY[method], slack)
    assert type(outcome) is (Unsure if method in ONCE_ONLY else TryAgain), method
    assert len(calls(sandbox, method)) == before + 1


def test_a_limit_says_how_long_to_wait_for_what(slack: Slack, sandbox: Sandbox) -> None:
    """A 429 is Wait, with the seconds of Retry-After and the pace of that method; the call is made once."""
    for method, deed in EVERY.items():
        acquainted(slack)
        trouble(sandbox, method, "rate_limit", retry_after=37)
        before = len(calls(sandbox, method))
        outcome = end_of(deed, slack)
        assert isinstance(outcome, Wait), method
        assert (outcome.seconds, outcome.pace) == (37.0, f"slack.{method}")
        assert len(calls(sandbox, method)) == before + 1


@pytest.mark.parametrize("details", [{"status": 500}, {"status": 503}, {"error": "internal_error"}])
def test_a_failure_of_slack_leaves_a_post_in_doubt(
    slack: Slack, sandbox: Sandbox, details: dict[str, Any]
) -> None:
    """A 5xx, or Slack's own internal error, is Unsure for what must happen once and TryAgain for the rest."""
    for method in EVERY:
        acquainted(slack)
        trouble(sandbox, method, "error", **details)
        ends_in_doubt(method, slack, sandbox)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "down"])
def test_a_cut_connection_leaves_a_post_in_doubt(slack: Slack, sandbox: Sandbox, kind: str) -> None:
    """A connection cut after sending is Unsure for a post, TryAgain for the rest; nothing is sent twice."""
    for method in EVERY:
        acquainted(slack)
        trouble(sandbox, method, kind)
        ends_in_doubt(method, slack, sandbox)


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable", "request_timeout"])
def test_slacks_own_failures_may_have_posted(slack: Slack, sandbox: Sandbox, code: str) -> None:
    """Each error by which Slack says that it failed itself is Unsure for a post and TryAgain for an edit."""
    trouble(sandbox, "chat.postMessage", "error", error=code)
    trouble(sandbox, "chat.update", "error", error=code)
    assert isinstance(end_of(POST, slack), Unsure)
    assert isinstance(end_of(REPEATABLE["chat.update"], slack), TryAgain)


def test_a_post_that_timed_out_is_looked_for_later(slack: Slack, sandbox: Sandbox) -> None:
    """A post without an answer in time is Unsure, and says to look only when it has had time to land."""
    hasty = Slack(bot_token="xoxb-sandbox-bugle", api_url=slack.web.base_url, timeout=0.3)
    trouble(sandbox, "chat.postMessage", "slow", delay=1.0)
    outcome = end_of(POST, hasty)
    assert isinstance(outcome, Unsure)
    assert outcome.ask_again == timedelta(seconds=10)
    trouble(sandbox, "chat.update", "slow", delay=1.0)
    assert isinstance(end_of(REPEATABLE["chat.update"], hasty), TryAgain)


@pytest.mark.parametrize(
    "code", ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"]
)
def test_a_token_that_is_refused_pauses_slack(slack: Slack, sandbox: Sandbox, code: str) -> None:
    """Each way of refusing the token is LockedOut of Slack, until probing finds it accepted again."""
    sandbox.core.troubles.add(service="slack", method="*", kind="auth", error=code)
    outcome = end_of(POST, slack)
    assert isinstance(outcome, LockedOut)
    assert (outcome.gateway, slack.probe()) == (Gateway.SLACK, False)
    sandbox.core.troubles.clear()
    assert slack.probe()
    slack.post("C0SUPPORT", HELLO, key="k", doubt=None)


def test_a_revoked_token_pauses_slack(slack: Slack, sandbox: Sandbox) -> None:
    """A token that Slack does not know any more is LockedOut, without any trouble made."""
    sandbox.slack.app.revoked.add("xoxb-sandbox-bugle")
    assert isinstance(end_of(POST, slack), LockedOut)
    assert not slack.probe()


def test_a_missing_scope_is_named(slack: Slack, sandbox: Sandbox) -> None:
    """A call the app's scopes do not allow is Never, and names the scope to add."""
    sandbox.slack.app.scopes -= {"chat:write"}
    outcome = end_of(POST, slack)
    assert isinstance(outcome, Never)
    assert "missing_scope" in outcome.reason
    assert "chat:write" in outcome.reason


def test_a_limit_in_an_ok_answer_counts_as_one(slack: Slack, sandbox: Sandbox) -> None:
    """The error ratelimited in an answer with status 200 is Wait too; unsaid, it is ten seconds."""
    trouble(sandbox, "chat.postMessage", "error", error="ratelimited")
    outcome = end_of(POST, slack)
    assert isinstance(outcome, Wait)
    assert (outcome.seconds, outcome.pace) == (10.0, "slack.chat.postMessage")


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "is_archived", "msg_too_long"])
def test_other_refusals_are_final(slack: Slack, sandbox: Sandbox, code: str) -> None:
    """Any other error of Slack's is Never, with its code in the reason."""
    trouble(sandbox, "chat.postMessage", "error", error=code)
    outcome = end_of(POST, slack)
    assert isinstance(outcome, Never)
    assert outcome.reason == f"chat.postMessage: {code}"


@pytest.mark.parametrize(("status", "expected"), [(400, Never), (404, Never), (413, Never), (403, TryAgain)])
def test_bare_refusals(slack: Slack, sandbox: Sandbox, status: int, expected: type[Outcome]) -> None:
    """A 4xx that is not Slack's own JSON is final where it is about the request, else a proxy's mood."""
    trouble(sandbox, "chat.postMessage", "error", status=status)
    assert type(end_of(POST, slack)) is expected


def test_an_answer_that_cannot_be_read_leaves_doubt() -> None:
    """A 200 that is no JSON is Unsure for a post and TryAgain for an edit, and is not quoted."""
    answer = http("200 OK", b"<html>must not leak</html>", "Content-Type: text/html")
    with canned_port(lambda _: answer) as port:
        slack = Slack(bot_token="xoxb-1", api_url=f"http://127.0.0.1:{port}/", timeout=5.0)
        assert isinstance(end_of(POST_FOR_ALL, slack), Unsure)
        assert isinstance(end_of(EDIT_FOR_ALL, slack), TryAgain)


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_an_answer_cut_in_the_middle_leaves_doubt() -> None:
    """An answer that stops before its end is Unsure for a post."""
    with canned_port(lambda _: b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok": tr') as port:
        slack = Slack(bot_token="xoxb-1", api_url=f"http://127.0.0.1:{port}/", timeout=0.3)
        assert isinstance(end_of(POST_FOR_ALL, slack), Unsure)
    gc.collect()  # urllib leaves a connection that broke while being read to the garbage collector


def test_what_was_not_sent_is_certain() -> None:
    """Where no connection came about (refused, timed out, no such host) even a post is TryAgain."""
    with deaf_port() as deaf:
        for url in (f"http://127.0.0.1:{dead_port()}/", f"http://127.0.0.1:{deaf}/", "http://slack.invalid/"):
            slack = Slack(bot_token="xoxb-1", api_url=url, timeout=0.3)
            outcome = end_of(POST, slack)
            assert type(outcome) is TryAgain, url
            assert "cannot be reached" in outcome.reason


def test_the_sandboxs_own_limit_holds(slack: Slack, sandbox: Sandbox) -> None:
    """A fourth message at once into one channel meets Slack's limit: Wait for about a second."""
    for number in range(3):
        slack.post("C0SUPPORT", HELLO, key=f"k{number}", doubt=None)
    outcome = end_of(POST, slack)
    assert isinstance(outcome, Wait)
    assert outcome.seconds == 1.0
    assert [call.outcome for call in calls(sandbox, "chat.postMessage")] == ["ok"] * 3 + ["ratelimited"]


def test_many_threads_share_one_gateway(slack: Slack, sandbox: Sandbox) -> None:
    """Eight threads may use the gateway at once, and each gets its own answer."""
    sandbox.slack.app.limits = False
    with ThreadPoolExecutor(8) as pool:
        posted = pool.map(
            lambda n: (n, slack.post("C0SUPPORT", Message(f"{n}"), key=f"k{n}", doubt=None)), range(40)
        )
        told = {ts: str(number) for number, ts in posted}
    assert {one.ts: one.text for one in sandbox.slack.channels["C0SUPPORT"].messages} == told


def test_the_proxy_of_the_environment_is_left_to_urllib(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy set for the machine is not used for hosts that NO_PROXY names."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{dead_port()}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    app = sandbox.slack.connection()
    assert Slack(bot_token=app["bot_token"], api_url=app["api_url"]).probe()
