"""What both sides share: the clock, the troubles, the call log, the live stream, start and stop."""

import asyncio
import json
import socket
import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import requests
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answer import Reply, Side
from sandbox.clock import Clock
from sandbox.connection import TRANSPORT
from sandbox.server import Sandbox
from sandbox.trouble import Kind, Trouble, Troubles


class Counting:
    """A service with one method that counts how often it took effect, mounted beside the real ones."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.effects = 0
        self.side = Side(sandbox.core, "slack", self.refuse)
        sandbox.app.router.routes.insert(0, Route("/count", self.endpoint, methods=["POST"]))
        self.url = f"{sandbox.url}/count"

    async def endpoint(self, request: Request) -> Response:
        """Answer through the side, as real endpoints do."""
        return await self.side.answer("count.up", request, self.count)

    async def count(self, _: Request) -> Reply:
        """Take effect."""
        self.effects += 1
        return Reply({"effects": self.effects}, scope="count:write")

    def refuse(self, trouble: Trouble) -> Reply:
        """Give a trouble its shape."""
        return Reply(
            {"kind": trouble.kind}, trouble.status, headers={"Retry-After": str(trouble.retry_after)}
        )


def test_clock_moves_forward_only() -> None:
    """The clock shows real time plus the moves, and refuses to go back."""
    clock = Clock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)
    clock.move(timedelta(hours=3))
    assert abs(clock.now() - datetime.now(UTC) - timedelta(hours=3)) < timedelta(seconds=1)
    assert clock.version == 1
    with pytest.raises(ValueError, match="forward"):
        clock.move(timedelta(seconds=-1))


def test_clock_wakes_a_waiter_from_another_thread() -> None:
    """Who waits for a move learns of it at once, though it is made in another thread."""
    clock = Clock()

    async def wait() -> int:
        asyncio.get_running_loop().call_later(
            0.01, threading.Thread(target=clock.move, args=(timedelta(1),)).start
        )
        return await asyncio.wait_for(clock.wait(0, 30), 5)

    assert asyncio.run(wait()) == 1


def test_clock_wait_ends_at_its_timeout() -> None:
    """A wait in which nothing moves returns the version it started with."""
    assert asyncio.run(Clock().wait(0, 0.01)) == 0


def test_troubles_count_down() -> None:
    """A trouble for two calls concerns exactly two calls of its method."""
    troubles = Troubles()
    troubles.add(service="jira", method="POST issue", kind="error", times=2)
    taken = [troubles.take("jira", method) for method in ("GET issue", *["POST issue"] * 3)]
    assert [len(one) for one in taken] == [0, 1, 1, 0]
    assert troubles.all() == []


def test_troubles_match_the_body() -> None:
    """A trouble with `match` concerns only requests whose body holds it."""
    troubles = Troubles()
    troubles.add(service="*", kind=Kind.DOWN, match="bugle-1")
    assert troubles.take("jira", "POST issue", '{"labels": ["bugle-2"]}') == []
    assert len(troubles.take("jira", "POST issue", '{"labels": ["bugle-1"]}')) == 1


def test_troubles_end_by_real_time() -> None:
    """A trouble for zero seconds is over before it begins."""
    troubles = Troubles()
    troubles.add(service="jira", kind="down", seconds=0)
    assert troubles.take("jira", "GET issue") == []


def test_one_refusal_is_spent_at_a_time() -> None:
    """Of two refusals only the first is spent by a call, while all slowness adds up."""
    troubles = Troubles()
    troubles.add(service="jira", kind="slow", delay=0.1)
    first = troubles.add(service="jira", kind="error", times=1)
    second = troubles.add(service="jira", kind="rate_limit", times=1)
    assert [one.id for one in troubles.take("jira", "x")][1:] == [first.id]
    assert [one.id for one in troubles.take("jira", "x")][1:] == [second.id]


@pytest.mark.parametrize(("kind", "effects"), [("cut_before", 0), ("down", 0), ("cut_after", 1)])
def test_cut_connections_are_cut(sandbox: Sandbox, kind: str, effects: int) -> None:
    """A cut connection ends without any HTTP answer, before or after the effect; the next call is well."""
    counting = Counting(sandbox)
    sandbox.core.troubles.add(service="slack", method="count.up", kind=kind, times=1)
    with pytest.raises(requests.ConnectionError, match="closed connection without response"):
        requests.post(counting.url, timeout=5)
    assert counting.effects == effects
    assert requests.post(counting.url, timeout=5).json() == {"effects": effects + 1}
    assert [call.outcome for call in sandbox.core.calls.since()] == [kind, "ok"]


@pytest.mark.parametrize(
    ("kind", "effects"), [("error", 0), ("error_after", 1), ("rate_limit", 0), ("auth", 0)]
)
def test_refusals_have_the_services_shape(sandbox: Sandbox, kind: str, effects: int) -> None:
    """A refusal is answered as the service shapes it, and only error_after lets the effect happen."""
    counting = Counting(sandbox)
    sandbox.core.troubles.add(service="slack", kind=kind, times=1, status=503, retry_after=7)
    answer = requests.post(counting.url, timeout=5)
    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (503, {"kind": kind}, "7")
    assert counting.effects == effects


def test_slow_takes_effect_though_the_caller_gave_up(sandbox: Sandbox) -> None:
    """A caller that times out does not stop the slow effect."""
    counting = Counting(sandbox)
    sandbox.core.troubles.add(service="slack", kind="slow", delay=0.3, times=1)
    with pytest.raises(requests.Timeout):
        requests.post(counting.url, timeout=0.1)
    assert requests.post(counting.url, timeout=5).json()["effects"] in (1, 2)
    live = threading.Event()
    for _ in range(200):
        if counting.effects == 2:
            break
        live.wait(0.02)
    assert counting.effects == 2


def test_calls_are_logged_with_scope_and_request(sandbox: Sandbox, control: httpx.Client) -> None:
    """The call log shows what was asked, answered and by which scope, without tokens."""
    counting = Counting(sandbox)
    requests.post(counting.url, data={"text": "hi", "token": "secret"}, timeout=5)
    listed = control.get("/calls").json()
    call = listed["calls"][0]
    assert (call["method"], call["request"], call["response"]) == ("count.up", {"text": "hi"}, {"effects": 1})
    assert (call["scope"], call["outcome"], listed["last"]) == ("count:write", "ok", 1)
    assert control.get("/calls", params={"after": 1}).json()["calls"] == []


def test_control_moves_the_clock(control: httpx.Client) -> None:
    """The clock is moved by seconds or to a time, and a long poll returns on the move."""
    before = control.get("/clock").json()
    moved = control.post("/clock", json={"advance": 3600}).json()
    assert (before["version"], moved["version"], moved["offset"]) == (0, 1, 3600.0)
    polled = control.get("/clock", params={"after": 0, "timeout": 5}).json()
    assert polled["version"] == 1
    to = (datetime.fromisoformat(moved["now"]) + timedelta(days=2)).isoformat()
    assert control.post("/clock", json={"to": to}).json()["now"] >= to


@pytest.mark.parametrize(
    "body",
    [{"advance": -1}, {"to": "2001-01-01T00:00:00+00:00"}, {"to": "2999-01-01T00:00:00"}, {"to": "soon"}, {}],
)
def test_control_refuses_other_moves(control: httpx.Client, body: dict[str, object]) -> None:
    """A move back, a time without its offset and nonsense are refused with a sentence."""
    refused = control.post("/clock", json=body)
    assert refused.status_code == 400
    assert refused.json()["error"]


def test_control_starts_and_ends_troubles(sandbox: Sandbox, control: httpx.Client) -> None:
    """Troubles are listed, removed one by one and cleared."""
    first = control.post("/troubles", json={"service": "jira", "kind": "down", "seconds": 60}).json()
    second = control.post("/troubles", json={"service": "slack", "kind": "slow", "delay": 0.2}).json()
    assert [one["id"] for one in control.get("/troubles").json()["troubles"]] == [first["id"], second["id"]]
    assert control.delete(f"/troubles/{first['id']}").status_code == 204
    assert control.delete(f"/troubles/{first['id']}").status_code == 404
    assert control.delete("/troubles").status_code == 204
    assert sandbox.core.troubles.all() == []


@pytest.mark.parametrize(
    "body",
    [
        {"service": "mail", "kind": "down"},
        {"service": "jira", "kind": "sulk"},
        {"service": "jira", "kind": "error", "status": 5000},
        {"service": "jira", "kind": "slow", "delay": "long"},
        {"service": "jira", "kind": "down", "until": 3},
    ],
)
def test_control_refuses_unknown_troubles(control: httpx.Client, body: dict[str, object]) -> None:
    """A trouble that cannot be is refused with a sentence instead of being ignored."""
    refused = control.post("/troubles", json=body)
    assert (refused.status_code, bool(refused.json()["error"])) == (400, True)


def test_live_stream_tells_what_happens(sandbox: Sandbox, control: httpx.Client) -> None:
    """The stream says ready first, then each happening by kind."""
    with control.stream("GET", "/live") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: ready"
        sandbox.core.live.publish("issue", {"key": "SHOP-1"})
        seen = [next(lines) for _ in range(4)]
    assert seen[2] == "event: issue"
    assert json.loads(seen[3].removeprefix("data: ")) == {"key": "SHOP-1"}


def test_unknown_control_routes_say_so(control: httpx.Client) -> None:
    """A wrong address in the control API is answered with a sentence."""
    refused = control.get("/nothing")
    assert (refused.status_code, "docs/sandbox.md" in refused.json()["error"]) == (404, True)


def test_stop_ends_long_polls_and_frees_the_port() -> None:
    """Stopping does not wait for long polls or streams, and a second sandbox can take the port."""
    first = Sandbox()
    first.start()
    port = int(first.url.rpartition(":")[2])
    with httpx.stream("GET", f"{first.url}/control/live", timeout=5) as stream:
        assert next(stream.iter_lines()) == "event: ready"
        started = datetime.now(UTC)
        first.stop()
        assert datetime.now(UTC) - started < timedelta(seconds=3)
    second = Sandbox()
    second.start(port)
    assert httpx.get(f"{second.url}/control/health").json() == {"ok": True}
    second.stop()


def test_long_answers_are_logged_by_their_size(sandbox: Sandbox) -> None:
    """The call log keeps the size of a long answer instead of the answer."""
    counting = Counting(sandbox)

    async def long(_: Request) -> Reply:
        return Reply({"text": "x" * 60_000})

    counting.count = long
    assert len(requests.post(counting.url, timeout=5).json()["text"]) == 60_000
    (call,) = sandbox.core.calls.since()
    assert call.response == "<60012 characters of JSON>"


def test_crash_in_a_handler_is_a_500_and_logged(sandbox: Sandbox) -> None:
    """What a handler raises is the server's error, and stands in the call log as crashed."""
    counting = Counting(sandbox)

    async def crash(_: Request) -> Reply:
        raise ZeroDivisionError

    counting.count = crash
    assert requests.post(counting.url, timeout=5).status_code == 500
    assert [call.outcome for call in sandbox.core.calls.since()] == ["crashed"]


def test_answers_are_sent_at_once(sandbox: Sandbox) -> None:
    """Connections do not wait to fill packets, which would cost each call 40 ms."""
    counting = Counting(sandbox)
    options: list[int] = []

    async def look(request: Request) -> Reply:
        transport = request.scope["extensions"][TRANSPORT]["transport"]
        found = transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        options.append(found)
        return Reply()

    counting.count = look
    requests.post(counting.url, timeout=5)
    assert options[0] != 0
