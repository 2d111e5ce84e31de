"""Webhooks: who is told of what, in which shape, signed, and again while the receiver has trouble."""

import hashlib
import hmac
import json
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from sandbox.jira.model import Deployment
from sandbox.server import Sandbox

SECRET = "webhook-secret"


@dataclass
class Told:
    """One delivery as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def payload(self) -> dict[str, Any]:
        """Return the payload."""
        return json.loads(self.body)


@dataclass
class Receiver:
    """Somebody who is told: answers with the statuses in `answers` first, then with 200."""

    told: "queue.Queue[Told]" = field(default_factory=queue.Queue)
    answers: list[int] = field(default_factory=list)
    url: str = ""

    def next(self) -> Told:
        """Return the next delivery, or fail after five seconds."""
        return self.told.get(timeout=5)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Yield a receiver that listens."""
    receiving = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(receiving.answers.pop(0) if receiving.answers else 200)
            self.end_headers()
            receiving.told.put(Told(dict(self.headers), body))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiving.url = f"http://127.0.0.1:{server.server_port}/jira/webhook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield receiving
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def listening(control: httpx.Client, receiver: Receiver) -> Receiver:
    """Return a receiver that is told of everything, signed, and again at once."""
    control.post("/jira", json={"retry_delays": [0.01, 0.02]})
    made = control.post("/jira/webhooks", json={"url": receiver.url, "secret": SECRET})
    assert made.status_code == 201
    return receiver


def create(control: httpx.Client, **fields: Any) -> str:
    """Create a bug as Ana and return its key."""
    asked = {"project": "SHOP", "summary": "Told by hand"} | fields
    return control.post("/jira/as/ana/issues", json=asked).json()["key"]


def test_creation_is_told_and_signed(control: httpx.Client, listening: Receiver) -> None:
    """A new issue is told with who made it, signed over the raw body, under an identifier."""
    key = create(control)
    told = listening.next()
    payload = told.payload
    assert (payload["webhookEvent"], payload["issue_event_type_name"]) == (
        "jira:issue_created",
        "issue_created",
    )
    assert (payload["issue"]["key"], payload["user"]["displayName"]) == (key, "Ana Ruiz")
    assert payload["issue"]["fields"]["summary"] == "Told by hand"
    assert isinstance(payload["timestamp"], int)
    expected = hmac.new(SECRET.encode(), told.body, hashlib.sha256).hexdigest()
    assert told.headers["X-Hub-Signature"] == f"sha256={expected}"
    assert told.headers["X-Atlassian-Webhook-Identifier"]


def test_each_event_has_its_shape(control: httpx.Client, listening: Receiver) -> None:
    """Transitions, comments, links, versions and deletion are told in their own shapes."""
    one, other = create(control), create(control)
    listening.next(), listening.next()
    acts = f"/jira/as/elsa/issues/{one}"
    control.post(f"{acts}/transition", json={"to": "Done", "resolution": "Duplicate"})
    done = listening.next().payload
    assert done["webhookEvent"] == "jira:issue_updated"
    items = {item["field"]: item["toString"] for item in done["changelog"]["items"]}
    assert items == {"resolution": "Duplicate", "status": "Done"}
    shown = control.post(f"{acts}/comment", json={"body": "Same as the other"}).json()
    comment = listening.next().payload
    assert (comment["webhookEvent"], comment["comment"]["body"]) == ("comment_created", "Same as the other")
    assert (comment["comment"]["author"]["displayName"], comment["issue"]["key"]) == ("Elsa Lind", one)
    number = shown["fields"]["comment"]["comments"][0]["id"]
    control.post(f"{acts}/edit_comment", json={"comment": number, "body": "Same"})
    assert listening.next().payload["webhookEvent"] == "comment_updated"
    control.post(f"{acts}/delete_comment", json={"comment": number})
    assert listening.next().payload["webhookEvent"] == "comment_deleted"
    control.post(f"{acts}/link", json={"type": "Duplicate", "to": other})
    linked = [listening.next().payload for _ in range(3)]
    (link,) = [told["issueLink"] for told in linked if told["webhookEvent"] == "issuelink_created"]
    assert link["issueLinkType"]["name"] == "Duplicate"
    control.post("/jira/projects/SHOP", json={"release_versions": ["2026.10"]})
    released = listening.next().payload
    assert (released["webhookEvent"], released["version"]["name"]) == ("jira:version_released", "2026.10")
    control.post(f"{acts}/delete")
    deleted = [listening.next().payload for _ in range(1)]
    assert [told["webhookEvent"] for told in deleted] == ["jira:issue_deleted"]


def test_delivery_is_repeated_under_one_identifier(control: httpx.Client, listening: Receiver) -> None:
    """A receiver in trouble is told again under the same identifier, until it answers."""
    listening.answers[:] = [503, 429]
    create(control)
    tries = [listening.next() for _ in range(3)]
    assert len({told.headers["X-Atlassian-Webhook-Identifier"] for told in tries}) == 1
    assert [told.headers.get("X-Atlassian-Webhook-Retry") for told in tries] == [None, "1", "2"]
    assert len({told.body for told in tries}) == 1


def logged(sandbox: Sandbox, number: int) -> list[str]:
    """Return the outcomes of the deliveries in the call log, once there are *number*."""
    waited = threading.Event()
    outcomes: list[str] = []
    for _ in range(250):
        outcomes = [call.outcome for call in sandbox.core.calls.since() if call.service == "bot"]
        if len(outcomes) >= number:
            break
        waited.wait(0.02)
    return outcomes


def test_refused_delivery_is_not_repeated(
    control: httpx.Client, listening: Receiver, sandbox: Sandbox
) -> None:
    """A 400 is final: the deliveries that follow are of the events that follow."""
    listening.answers[:] = [400]
    for _ in range(3):
        key = create(control)
        assert listening.next().payload["issue"]["key"] == key
    assert logged(sandbox, 3) == ["400", "ok", "ok"]


def test_only_wanted_events_are_told(control: httpx.Client, receiver: Receiver) -> None:
    """A webhook hears of the events it names and of nothing after it is removed."""
    hook = control.post("/jira/webhooks", json={"url": receiver.url, "events": ["comment_created"]}).json()
    key = create(control)
    control.post(f"/jira/as/ana/issues/{key}/comment", json={"body": "hello"})
    told = receiver.next()
    assert told.payload["webhookEvent"] == "comment_created"
    assert "X-Hub-Signature" not in told.headers
    assert control.delete(f"/jira/webhooks/{hook['id']}").status_code == 204
    assert control.get("/jira/webhooks").json() == {"webhooks": []}
    assert control.delete(f"/jira/webhooks/{hook['id']}").status_code == 404


def test_data_center_tells_once_and_unsigned(
    control: httpx.Client, listening: Receiver, sandbox: Sandbox
) -> None:
    """Data Center does not sign, does not repeat, and tells of a comment as a change of the issue, too."""
    sandbox.jira.deployment = Deployment.SERVER
    listening.answers[:] = [503]
    key = create(control)
    told = listening.next()
    assert "X-Hub-Signature" not in told.headers
    control.post(f"/jira/as/elsa/issues/{key}/comment", json={"body": "hello"})
    names = {listening.next().payload.get("issue_event_type_name") for _ in range(2)}
    assert names == {None, "issue_commented"}


def test_unreachable_receiver_is_tried_again(control: httpx.Client, sandbox: Sandbox) -> None:
    """Deliveries nobody takes end after the last repetition and are all in the call log."""
    control.post("/jira", json={"retry_delays": [0.01]})
    control.post("/jira/webhooks", json={"url": "http://127.0.0.1:9/"})
    create(control)
    outcomes = logged(sandbox, 2)
    assert len(outcomes) == 2
    assert all(outcome.startswith("unreachable") for outcome in outcomes)


@pytest.mark.parametrize(
    "body", [{}, {"url": "ftp://x"}, {"url": "http://x", "events": ["party"]}, {"uri": "x"}]
)
def test_wrong_webhooks_are_refused(control: httpx.Client, body: dict[str, Any]) -> None:
    """A webhook without an address or with unknown events is refused with a sentence."""
    refused = control.post("/jira/webhooks", json=body)
    assert (refused.status_code, bool(refused.json()["error"])) == (400, True)
