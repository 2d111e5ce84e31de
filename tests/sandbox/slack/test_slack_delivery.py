"""How the pretend Slack delivers: sockets and their end, retries of events, signatures, request URLs."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.harness import World, eventually
from tests.sandbox.slack.bolt import refused, web_client

JSON = dict[str, Any]


@contextmanager
def socket(world: World) -> Iterator[ClientConnection]:
    """Open a Socket Mode connection by hand."""
    url = web_client(world).apps_connections_open(app_token="xapp-sandbox-bugle")["url"]
    with connect(url, proxy=None) as opened:
        yield opened


def heard(opened: ClientConnection) -> JSON:
    """Return the next thing that comes over a connection."""
    said: JSON = json.loads(opened.recv(timeout=5))
    return said


def test_a_connection_is_greeted(world: World) -> None:
    """The first thing on a connection is hello, with how many there are and how long it will last."""
    with socket(world) as first, socket(world) as second:
        hello, again = heard(first), heard(second)
    assert (hello["type"], hello["num_connections"], again["num_connections"]) == ("hello", 1, 2)
    assert hello["connection_info"] == {"app_id": "A0BUGLE"}
    assert hello["debug_info"]["approximate_connection_time"] > 0


def test_a_ticket_opens_one_connection(world: World) -> None:
    """The address from apps.connections.open works once."""
    url = web_client(world).apps_connections_open(app_token="xapp-sandbox-bugle")["url"]
    with connect(url, proxy=None) as opened:
        assert heard(opened)["type"] == "hello"
    with pytest.raises(Exception, match=r"rejected|403"), connect(url, proxy=None):
        pass


def test_each_payload_goes_to_one_of_the_connections_in_turn(world: World) -> None:
    """Two events over two connections: each connection gets one."""
    with socket(world) as first, socket(world) as second:
        heard(first), heard(second)
        for text in ("one", "two"):
            world.person("U0ANA").says(text)
        envelopes = [heard(first), heard(second)]
    assert {one["payload"]["event"]["text"] for one in envelopes} == {"one", "two"}
    assert {one["type"] for one in envelopes} == {"events_api"}
    assert not any(one["accepts_response_payload"] for one in envelopes)


def test_a_lost_connection_costs_no_event(world: World) -> None:
    """An event that is not acknowledged because its connection was cut comes again over the next one."""
    world.set_app(retry_delays=[0.0])
    with socket(world) as first:
        heard(first)
        world.person("U0ANA").says("important")
        lost = heard(first)
        assert world.cut_sockets() == 1
        with pytest.raises(ConnectionClosed):
            heard(first)
    with socket(world) as second:
        heard(second)
        again = heard(second)
    assert again["payload"]["event_id"] == lost["payload"]["event_id"]
    assert (lost["retry_attempt"], again["retry_attempt"], again["retry_reason"]) == (0, 1, "http_timeout")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_the_app_is_asked_to_leave(world: World, reason: str) -> None:
    """A disconnect names its reason; a warning leaves the connection open, the others close it."""
    with socket(world) as opened:
        heard(opened)
        world.cut_sockets(reason)
        assert heard(opened)["reason"] == reason
        assert world.get("/slack/app")["sockets"] == (1 if reason == "warning" else 0)
        if reason != "warning":
            with pytest.raises(ConnectionClosed):
                heard(opened)


def test_an_eleventh_connection_is_turned_away(world: World) -> None:
    """Ten connections are open at most; the next is told so and closed."""
    with ExitStack() as stack:
        for _ in range(10):
            heard(stack.enter_context(socket(world)))
        assert heard(stack.enter_context(socket(world)))["reason"] == "too_many_websockets"


def test_a_command_waits_for_its_acknowledgement(world: World) -> None:
    """The person's command ends with the acknowledgement of its envelope, whose payload is the answer."""
    with socket(world) as opened:
        heard(opened)
        results: list[Any] = []
        typing = Thread(target=lambda: results.append(world.person("U0ANA").runs("/bug", "now")))
        typing.start()
        envelope = heard(opened)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        opened.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "on it"}}))
        typing.join()
    assert (results[0].text, results[0].ok) == ("on it", True)
    assert results[0].ack_ms < 3000


class Receiver:
    """An app's request URL that keeps what it gets and answers with the next of `statuses` (then 200)."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], str]] = []
        self.statuses: list[int] = []
        outer = self

        class Endpoint(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.got.append((dict(self.headers.items()), body))
                given = json.loads(body).get("challenge", "") if body.startswith("{") else ""
                self.send_response(outer.statuses.pop(0) if outer.statuses else 200)
                self.send_header("Content-Length", str(len(given)))
                self.end_headers()
                self.wfile.write(given.encode())

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
        self.thread = Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def stop(self) -> None:
        """Close the address."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Yield an app's request URL."""
    made = Receiver()
    yield made
    made.stop()


def test_a_request_url_must_give_the_challenge_back(world: World, receiver: Receiver) -> None:
    """Setting a request URL sends url_verification, and says whether the address answered well."""
    assert world.set_app(delivery="http", request_url=receiver.url)["verified"]
    assert json.loads(receiver.got[0][1])["type"] == "url_verification"
    receiver.statuses = [500]
    assert not world.set_app(request_url=receiver.url)["verified"]


def test_requests_are_signed(world: World, receiver: Receiver) -> None:
    """Events come as JSON, all else as a form, both with a signature that the app's secret verifies."""
    world.set_app(delivery="http", request_url=receiver.url)
    world.person("U0ANA").says("x")
    world.person("U0ANA").runs("/bug")
    eventually(lambda: len(receiver.got) >= 3)
    right, wrong = SignatureVerifier("sandbox-signing-secret"), SignatureVerifier("another")
    assert all(right.is_valid_request(body, headers) for headers, body in receiver.got)
    assert not any(wrong.is_valid_request(body, headers) for headers, body in receiver.got)
    kinds = {headers["Content-Type"] for headers, _ in receiver.got}
    assert kinds == {"application/json", "application/x-www-form-urlencoded"}


def test_events_are_retried_three_times(world: World, receiver: Receiver) -> None:
    """An event that is answered with an error comes again up to three times, numbered and with the reason."""
    world.set_app(delivery="http", request_url=receiver.url, retry_delays=[0.0, 0.0, 0.0])
    receiver.statuses = [500, 503, 404, 500, 500]
    world.person("U0ANA").says("x")
    eventually(lambda: len(receiver.got) == 5, what="the first delivery and three retries")
    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in receiver.got[1:]]
    assert numbers == [None, "1", "2", "3"]
    assert {headers.get("X-Slack-Retry-Reason") for headers, _ in receiver.got[2:]} == {"http_error"}
    assert len({json.loads(body)["event_id"] for _, body in receiver.got[1:]}) == 1


def test_interactions_are_not_retried(world: World, receiver: Receiver) -> None:
    """A command that is answered with an error fails for its person, and does not come again."""
    world.set_app(delivery="http", request_url=receiver.url, retry_delays=[0.0, 0.0, 0.0])
    receiver.statuses = [500]
    result = world.person("U0ANA").runs("/bug")
    assert result.seen == '/bug failed with the error "http_service_error"'
    assert [call["outcome"] for call in world.calls("bot", "/bug")] == ["500"]


def test_events_need_their_scope(world: World, receiver: Receiver) -> None:
    """Messages of private channels are told with groups:history only, reactions with reactions:read."""
    world.set_app(delivery="http", request_url=receiver.url, scopes=["channels:history"])
    card = world.person("U0ANA").says("public")
    card.react("eyes", by="U0BEN")
    world.person("U0IRIS").says("private", "C0ADMINS")
    world.person("U0ANA").says("end")
    eventually(lambda: len(world.calls("bot", "message")) == 2)
    assert [one["request"]["event"]["text"] for one in world.calls("bot", "message")] == ["public", "end"]
    assert not world.calls("bot", "reaction_added")


def test_what_the_app_does_is_told_too(world: World, receiver: Receiver, client: WebClient) -> None:
    """The app hears of its own messages, edits and deletions, as Slack tells them."""
    world.set_app(delivery="http", request_url=receiver.url)
    ts = client.chat_postMessage(channel="C0SUPPORT", text="a")["ts"]
    client.chat_update(channel="C0SUPPORT", ts=ts, text="b")
    client.chat_delete(channel="C0SUPPORT", ts=ts)
    assert refused(client.chat_delete, channel="C0SUPPORT", ts=ts) == "message_not_found"
    eventually(lambda: len(world.calls("bot", "message")) == 3)
    events = [one["request"]["event"] for one in world.calls("bot", "message")]
    by_kind = {event.get("subtype"): event for event in events}
    assert set(by_kind) == {None, "message_changed", "message_deleted"}
    assert by_kind[None]["bot_id"] == "B0BUGLE"
    assert by_kind["message_changed"]["previous_message"]["text"] == "a"
    assert by_kind["message_deleted"]["deleted_ts"] == ts
