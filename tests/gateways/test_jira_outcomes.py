"""How Jira calls can end, and what each end is for an effect."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import requests

from domain.effects import Gateway, LockedOut, Never, Outcome, TryAgain, Unsure, Wait
from gateways.jira import Jira, NewIssue
from gateways.jira.errors import Call, outcome_of
from sandbox.server import Sandbox
from tests.gateways.conftest import connect
from tests.gateways.stage import Listener, Seconds, calls, canned_port, dead_port, deaf_port, http

BOTH = pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)
BUG = NewIssue("SHOP", "Bug", "Words that must not leak", "Nor these must not leak")

Deed = Callable[[Jira], object]
ONCE_ONLY: dict[str, Deed] = {
    "POST issue": lambda jira: jira.create_issue(BUG, label="bugle-1", doubt=None),
    "POST issue/{issue}/comment": lambda jira: jira.comment(
        "SHOP-1", "must not leak", marker="m", doubt=None
    ),
    "POST issue/{issue}/attachments": lambda jira: jira.attach(
        "SHOP-1", "a.png", BytesIO(b"png"), 3, doubt=None
    ),
}
REPEATABLE: dict[str, Deed] = {
    "GET myself": lambda jira: jira.myself(),
    "GET issue/{issue}": lambda jira: jira.issue("SHOP-1"),
    "PUT issue/{issue}/assignee": lambda jira: jira.assign("SHOP-1", None),
    "POST issue/{issue}/remotelink": lambda jira: jira.link_back("SHOP-1", url="u", title="t", global_id="g"),
    "GET user/search": lambda jira: jira.account(email="ana@harbor.example"),
    "GET mypermissions": lambda jira: jira.permissions("SHOP"),
    "GET issue/createmeta/{project}/issuetypes": lambda jira: jira.screen("SHOP", "Bug"),
}
PERMISSIONS = {
    "POST issue": "CREATE_ISSUES",
    "POST issue/{issue}/comment": "ADD_COMMENTS",
    "POST issue/{issue}/attachments": "CREATE_ATTACHMENTS",
    "PUT issue/{issue}/assignee": "ASSIGN_ISSUES",
    "POST issue/{issue}/remotelink": "LINK_ISSUES",
}
EVERY = {**ONCE_ONLY, **REPEATABLE}
CREATE = ONCE_ONLY["POST issue"]
READ = REPEATABLE["GET issue/{issue}"]


@pytest.fixture
def jira(jira: Jira) -> Jira:
    """Return the gateway with one issue made, SHOP-1."""
    jira.create_issue(BUG, label="bugle-0", doubt=None)
    return jira


def trouble(sandbox: Sandbox, method: str, kind: str, **details: Any) -> None:
    """Let one call of *method* go wrong."""
    sandbox.core.troubles.add(service="jira", method=method, kind=kind, times=1, **details)


def end_of(deed: Deed, jira: Jira) -> Outcome:
    """Return the outcome *deed* ends with."""
    with pytest.raises(Outcome) as raised:
        deed(jira)
    assert "must not leak" not in raised.value.reason
    assert "sandbox-jira" not in raised.value.reason
    assert "\n" not in raised.value.reason
    return raised.value


def ends_in_doubt(method: str, jira: Jira, sandbox: Sandbox) -> None:
    """Check that a call whose end nobody knows is Unsure where it must happen once, and is made once."""
    before = len(calls(sandbox, method))
    assert type(end_of(EVERY[method], jira)) is (Unsure if method in ONCE_ONLY else TryAgain), method
    assert len(calls(sandbox, method)) == before + 1


@BOTH
def test_a_limit_says_how_long_to_wait(jira: Jira, sandbox: Sandbox) -> None:
    """A 429 is Wait for all of Jira, with the seconds of Retry-After; the call is made once."""
    for method, deed in EVERY.items():
        before = len(calls(sandbox, method))
        trouble(sandbox, method, "rate_limit", retry_after=90)
        outcome = end_of(deed, jira)
        assert isinstance(outcome, Wait), method
        assert (outcome.seconds, outcome.pace) == (90.0, "jira")
        assert len(calls(sandbox, method)) == before + 1


@BOTH
def test_a_failure_of_jira_leaves_what_it_makes_in_doubt(jira: Jira, sandbox: Sandbox) -> None:
    """A 5xx is Unsure for what must happen once, TryAgain for the rest; the call is made once."""
    for method in EVERY:
        trouble(sandbox, method, "error", status=503)
        ends_in_doubt(method, jira, sandbox)


@BOTH
@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "down"])
def test_a_cut_connection_leaves_what_it_makes_in_doubt(jira: Jira, sandbox: Sandbox, kind: str) -> None:
    """A connection cut after sending is Unsure for what must happen once; nothing is sent twice."""
    for method in EVERY:
        trouble(sandbox, method, kind)
        ends_in_doubt(method, jira, sandbox)


@pytest.mark.usefixtures("jira")
def test_what_timed_out_is_looked_for_later(sandbox: Sandbox) -> None:
    """What gets no answer in time is Unsure, and says to look only when it has had time to land."""
    site = sandbox.jira.connection()
    hasty = Jira(url=site["url"], email=site["email"], api_token=site["api_token"], timeout=(5.0, 0.3))
    hasty.myself()
    trouble(sandbox, "POST issue", "slow", delay=1.0)
    outcome = end_of(CREATE, hasty)
    assert isinstance(outcome, Unsure)
    assert outcome.ask_again == timedelta(seconds=10)
    trouble(sandbox, "GET issue/{issue}", "slow", delay=1.0)
    assert isinstance(end_of(READ, hasty), TryAgain)
    hasty.close()


@BOTH
def test_a_login_that_is_refused_pauses_jira(jira: Jira, sandbox: Sandbox) -> None:
    """A 401 is LockedOut of Jira, until probing finds the login accepted again."""
    sandbox.core.troubles.add(service="jira", method="*", kind="auth")
    outcome = end_of(CREATE, jira)
    assert isinstance(outcome, LockedOut)
    assert (outcome.gateway, jira.probe()) == (Gateway.JIRA, False)
    sandbox.core.troubles.clear()
    assert jira.probe()
    CREATE(jira)


@BOTH
def test_a_login_that_was_withdrawn_pauses_jira(jira: Jira, sandbox: Sandbox) -> None:
    """A token that Jira does not know any more is LockedOut; the one given back works again."""
    token, pat = sandbox.jira.token, sandbox.jira.pat
    sandbox.jira.token = sandbox.jira.pat = "another"
    assert isinstance(end_of(CREATE, jira), LockedOut)
    assert not jira.probe()
    sandbox.jira.token, sandbox.jira.pat = token, pat
    assert jira.probe()


@BOTH
def test_a_missing_permission_is_named(jira: Jira, sandbox: Sandbox) -> None:
    """A 403 of one project, while the login is good, is Never and names the permission; Jira goes on."""
    for method, permission in PERMISSIONS.items():
        sandbox.jira.find_project("SHOP").revoked.add(permission)
        outcome = end_of(EVERY[method], jira)
        assert isinstance(outcome, Never), method
        assert permission in outcome.reason
        assert jira.probe()


@BOTH
def test_a_403_of_everything_pauses_jira(jira: Jira, sandbox: Sandbox) -> None:
    """A 403 is LockedOut where /myself, which is open to any login, is refused too."""
    sandbox.core.troubles.add(service="jira", method="*", kind="error", status=403)
    assert isinstance(end_of(CREATE, jira), LockedOut)
    assert isinstance(end_of(lambda one: one.myself(), jira), LockedOut)


def test_a_403_while_jira_fails_is_tried_again(jira: Jira, sandbox: Sandbox) -> None:
    """A 403 that cannot be explained, since /myself does not answer, is TryAgain: nothing has happened."""
    trouble(sandbox, "POST issue", "error", status=403)
    trouble(sandbox, "GET myself", "error", status=502)
    assert isinstance(end_of(CREATE, jira), TryAgain)


@pytest.mark.parametrize(
    "header",
    ["X-Seraph-LoginReason: AUTHENTICATION_DENIED", "X-Authentication-Denied-Reason: CAPTCHA_CHALLENGE"],
)
def test_a_captcha_pauses_jira(header: str) -> None:
    """A refusal whose headers say that the login must pass a captcha first is LockedOut."""
    with canned_port(lambda _: http("403 Forbidden", b"", header)) as port:
        jira = Jira(url=f"http://127.0.0.1:{port}", pat="a", timeout=(1.0, 1.0))
        assert isinstance(end_of(READ, jira), LockedOut)
        jira.close()


@BOTH
def test_refusals(jira: Jira, sandbox: Sandbox) -> None:
    """A request that Jira refuses as it is is Never; a conflict or "too early" is TryAgain."""
    for status in (400, 404, 405, 409, 410, 413, 425):
        for method in ("POST issue", "GET issue/{issue}"):
            trouble(sandbox, method, "error", status=status)
            outcome = end_of(EVERY[method], jira)
            assert type(outcome) is (TryAgain if status in (409, 425) else Never), status
            assert f"answered {status}" in outcome.reason


def test_a_refusal_in_html_is_not_quoted() -> None:
    """A 404 whose body is a page, as from a proxy, is Never by its status alone."""
    with canned_port(lambda _: http("404 Not Found", b"<html>must not leak</html>")) as port:
        jira = Jira(url=f"http://127.0.0.1:{port}", pat="a", timeout=(1.0, 1.0))
        assert end_of(READ, jira) == Never("GET serverInfo: Jira answered 404")
        jira.close()


@BOTH
def test_a_limit_of_time_on_jiras_side_leaves_doubt(jira: Jira, sandbox: Sandbox) -> None:
    """A 408 is like a 5xx: Unsure for what must happen once."""
    trouble(sandbox, "POST issue", "error", status=408)
    assert isinstance(end_of(CREATE, jira), Unsure)


def test_an_answer_that_cannot_be_read_leaves_doubt() -> None:
    """A 200 that is no JSON, such as a login page, is Unsure for what must happen once, and is not quoted."""

    def answer(request: bytes) -> bytes:
        if b"/serverInfo " in request:
            return http("200 OK", b'{"deploymentType": "Cloud"}', "Content-Type: application/json")
        if b"fields=attachment" in request:
            issue = b'{"id": "1", "key": "SHOP-1", "self": "", "fields": {"attachment": []}}'
            return http("200 OK", issue, "Content-Type: application/json")
        return http("200 OK", b"<html>must not leak</html>", "Content-Type: text/html")

    with canned_port(answer) as port:
        jira = Jira(url=f"http://127.0.0.1:{port}", pat="a", timeout=(1.0, 1.0))
        for method, deed in EVERY.items():
            assert type(end_of(deed, jira)) is (Unsure if method in ONCE_ONLY else TryAgain), method
        jira.close()


def test_a_login_page_at_first_is_no_doubt() -> None:
    """Where not even serverInfo can be read, no issue was asked for: TryAgain."""
    with canned_port(lambda _: http("200 OK", b"<html></html>", "Content-Type: text/html")) as port:
        jira = Jira(url=f"http://127.0.0.1:{port}", pat="a", timeout=(1.0, 1.0))
        assert isinstance(end_of(CREATE, jira), TryAgain)
        jira.close()


def test_what_was_not_sent_is_certain() -> None:
    """Where no connection came about (refused, timed out, no such host) even a new issue is TryAgain."""
    with deaf_port() as deaf:
        for url in (f"http://127.0.0.1:{dead_port()}", f"http://127.0.0.1:{deaf}", "http://jira.invalid"):
            jira = Jira(url=url, pat="a", timeout=(0.3, 0.3))
            outcome = end_of(CREATE, jira)
            assert type(outcome) is TryAgain, url
            assert "cannot be reached" in outcome.reason
            jira.close()


def test_a_broken_handshake_leaves_doubt() -> None:
    """A TLS connection that breaks may break at any time: Unsure for what must happen once."""
    with (
        canned_port(lambda _: b"This is no TLS") as port,
        pytest.raises(requests.exceptions.SSLError) as raised,
    ):
        requests.get(f"https://127.0.0.1:{port}", timeout=1)
    assert isinstance(outcome_of(raised.value, Call("POST issue", repeatable=False)), Unsure)
    assert isinstance(outcome_of(raised.value, Call("GET issue")), TryAgain)


def test_a_jira_that_went_away_is_certain(jira: Jira, sandbox: Sandbox) -> None:
    """Once connected, a Jira whose port is closed again has certainly not made the issue."""
    sandbox.stop()
    assert type(end_of(CREATE, jira)) is TryAgain
    assert type(end_of(READ, jira)) is TryAgain


@BOTH
def test_jira_is_asked_for_nothing_before_the_first_call(
    sandbox: Sandbox, seconds: Seconds, listener: Listener
) -> None:
    """Building the gateway makes no call; the first call asks serverInfo once, and later ones do not."""
    jira = connect(sandbox, seconds, listener)
    assert sandbox.core.calls.last == 0
    jira.myself()
    jira.myself()
    assert [call.method for call in sandbox.core.calls.since(0)] == [
        "GET serverInfo",
        "GET myself",
        "GET myself",
    ]
    assert listener.heard == [
        (Gateway.JIRA, "GET serverInfo", "ok"),
        (Gateway.JIRA, "GET myself", "ok"),
        (Gateway.JIRA, "GET myself", "ok"),
    ]
    jira.close()


def test_a_jira_that_is_down_at_first_is_asked_again(
    sandbox: Sandbox, seconds: Seconds, listener: Listener
) -> None:
    """A first call that fails leaves nothing half built: the next one connects."""
    jira = connect(sandbox, seconds, listener)
    sandbox.core.troubles.add(service="jira", method="*", kind="down")
    assert isinstance(end_of(CREATE, jira), TryAgain)
    sandbox.core.troubles.clear()
    assert jira.probe()
    jira.close()


def test_many_threads_share_one_gateway(jira: Jira, sandbox: Sandbox) -> None:
    """Eight threads may use the gateway at once, and each gets its own answer."""

    def make(number: int) -> tuple[str, str]:
        new = NewIssue("SHOP", "Bug", f"Bug {number}", "")
        return jira.create_issue(new, label=f"bugle-t{number}", doubt=None), new.summary

    with ThreadPoolExecutor(8) as pool:
        made = dict(pool.map(make, range(40)))
    assert {one.key: one.values["summary"] for one in sandbox.jira.issues.values() if one.key in made} == made
    assert len(made) == 40


@pytest.mark.parametrize(
    "login", [{}, {"email": "a@b"}, {"api_token": "t"}, {"email": "a@b", "api_token": "t", "pat": "p"}]
)
def test_one_login_is_needed(login: dict[str, str]) -> None:
    """A gateway is built with one whole login: not none, not half of one, not two."""
    with pytest.raises(ValueError, match="either an e-mail with an API token or a personal access token"):
        Jira(url="http://127.0.0.1", **login)


def test_secrets_are_in_no_repr() -> None:
    """Neither gateway nor connection shows its credentials when printed."""
    jira = Jira(url="http://127.0.0.1", email="a@b", api_token="a-secret")
    assert "a-secret" not in repr(vars(jira))
