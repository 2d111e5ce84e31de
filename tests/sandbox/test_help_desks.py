"""Pretend help desks: what the control API takes, and what it refuses with a sentence."""

from typing import Any

import httpx
import pytest

from sandbox.server import Sandbox

REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("help-desks/zoho", {"text": "x"}, 404, "There is no help desk zoho"),
    ("help-desks/zendesk", {}, 400, 'Give "text"'),
    ("help-desks/zendesk", {"text": 1}, 400, 'Give "text"'),
    ("help-desks/zendesk", {"text": "x", "score": 6}, 400, 'Give "score" as 1 to 5'),
    ("help-desks/zendesk", {"text": "x", "mood": "bad"}, 400, "Leave out mood"),
    ("help-desks/front", {"text": "x", "score": 1}, 400, "Front tells no scores"),
    ("help-desks/sent/1", {}, 404, "Nothing has the number 1"),
    ("help-desks", {"url": "nowhere"}, 400, 'Give "url"'),
    ("help-desks", {"secrets": {"zoho": "x"}}, 400, "There is no help desk zoho"),
    ("help-desks", {"secrets": {"front": ""}}, 400, 'Give "secrets"'),
    ("help-desks", {"retry_delays": 1}, 400, 'Give "retry_delays"'),
    ("help-desks", {"patience": 1}, 400, "Leave out patience"),
]


@pytest.mark.parametrize(("path", "body", "status", "sentence"), REFUSED)
def test_what_cannot_be_done_is_refused(
    sandbox: Sandbox, path: str, body: dict[str, Any], status: int, sentence: str
) -> None:
    """The sentence says what to do, and nothing is sent."""
    answer = httpx.post(f"{sandbox.url}/control/{path}", json=body)
    assert answer.status_code == status
    assert sentence in answer.json()["error"]
    assert sandbox.help_desks.sent == []


def test_a_bot_that_is_not_there_is_shown(sandbox: Sandbox) -> None:
    """A webhook that nobody answers has status 0 and why; a bot is told all secrets."""
    asked = {"url": "http://127.0.0.1:9", "retry_delays": [], "secrets": {"front": "another-secret"}}
    told = httpx.post(f"{sandbox.url}/control/help-desks", json=asked).json()
    assert told["secrets"]["front"] == "another-secret"
    assert httpx.get(f"{sandbox.url}/control/app").json()["help_desks"]["secrets"] == told["secrets"]
    sent = httpx.post(f"{sandbox.url}/control/help-desks/front", json={"text": "Hello"}).json()
    assert [(each["status"], each["failure"][:11]) for each in sent["answers"]] == [(0, "unreachable")]
