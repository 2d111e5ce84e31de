"""Where people find an issue, which is not always where programs do."""

import pytest

from gateways.jira import Jira
from sandbox.server import Sandbox
from tests.gateways.stage import calls, canned_port, http


def test_the_address_for_people_needs_no_call(jira: Jira, sandbox: Sandbox) -> None:
    """The address of an issue for people is under Jira's own, and Jira is not asked for it."""
    assert jira.browse_url("SHOP-1") == f"{sandbox.url}/jira/browse/SHOP-1"
    assert calls(sandbox, "GET serverInfo") == []


def test_the_address_for_people_is_not_that_for_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where our address is for programs alone (scoped tokens), people get the one Jira tells, asked once."""
    told = b'{"deploymentType": "Cloud", "baseUrl": "https://harbor.atlassian.net"}'
    asked: list[bytes] = []

    def answer(request: bytes) -> bytes:
        asked.append(request.split(b"\r\n")[0])
        return http("200 OK", told, "Content-Type: application/json")

    with canned_port(answer) as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        jira = Jira(url="http://api.atlassian.com/ex/jira/1f2e", email="a@b", api_token="t")
        assert jira.browse_url("SHOP-1") == "https://harbor.atlassian.net/browse/SHOP-1"
        assert jira.browse_url("SHOP-2") == "https://harbor.atlassian.net/browse/SHOP-2"
        jira.close()
    assert asked == [b"GET http://api.atlassian.com/ex/jira/1f2e/rest/api/2/serverInfo HTTP/1.1"]
