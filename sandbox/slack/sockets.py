"""Socket Mode: the app's websockets, the envelopes sent over them and their acknowledgements."""

import asyncio
import itertools
import json
import secrets
import time
import uuid
from dataclasses import dataclass

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.cast import APP
from sandbox.connection import cut
from sandbox.slack.model import JSON

MOST = 10
LIFETIME = 18_060


@dataclass(frozen=True)
class Acked:
    """An acknowledgement: when it came (perf_counter seconds) and the payload in it."""

    at: float
    payload: JSON | None


@dataclass(frozen=True)
class Sent:
    """An envelope on its way: when it left (perf_counter seconds) and where its acknowledgement will be."""

    at: float
    envelope_id: str
    waiting: asyncio.Future[Acked]

    async def acked(self, seconds: float) -> Acked | None:
        """Return the acknowledgement, None when it does not come within *seconds*."""
        try:
            return await asyncio.wait_for(self.waiting, seconds)
        except TimeoutError:
            return None


class Sockets:
    """The app's open connections; each envelope goes to one of them, in turn."""

    def __init__(self) -> None:
        self._open: list[WebSocket] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Acked]] = {}
        self._turn = itertools.count()

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Hold a connection until it ends: greet it, then take acknowledgements."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if self.count >= MOST:
            await self._goodbye(socket, "too_many_websockets")
            return
        self._open.append(socket)
        try:
            await socket.send_text(json.dumps(self._hello()))
            while True:
                self._take(await socket.receive_text())
        except WebSocketDisconnect:
            pass  # the app has gone; what it did not acknowledge times out
        finally:
            self._forget(socket)

    async def send(self, envelope: JSON) -> Sent | None:
        """Send *envelope*, with an id of its own, over the next connection; None when there is none."""
        id_ = str(uuid.uuid4())
        text = json.dumps({"envelope_id": id_, **envelope})
        while self._open:
            socket = self._open[next(self._turn) % len(self._open)]
            waiting: asyncio.Future[Acked] = asyncio.get_running_loop().create_future()
            self._waiting[id_] = waiting
            waiting.add_done_callback(lambda _: self._waiting.pop(id_, None))
            at = time.perf_counter()
            try:
                await socket.send_text(text)
            except (WebSocketDisconnect, RuntimeError):  # closed a moment ago: try the next one
                self._forget(socket)
                continue
            return Sent(at, id_, waiting)
        return None

    async def ask_to_leave(self, reason: str) -> int:
        """Send every connection a disconnect and close it unless *reason* is warning; return how many."""
        leaving = list(self._open)
        for socket in leaving:
            if reason == "warning":
                await socket.send_text(json.dumps(_disconnect(reason)))
            else:
                self._forget(socket)
                await self._goodbye(socket, reason)
        return len(leaving)

    async def cut(self) -> int:
        """Cut every connection without a word; return how many there were."""
        leaving = list(self._open)
        for socket in leaving:
            self._forget(socket)
            await cut(socket.scope)
        return len(leaving)

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": {
                "host": "applink-sandbox",
                "build_number": 1,
                "approximate_connection_time": LIFETIME,
            },
            "connection_info": {"app_id": APP.id},
        }

    def _take(self, text: str) -> None:
        """Note an acknowledgement; what is none is ignored, as Slack does."""
        at = time.perf_counter()
        try:
            message = json.loads(text)
        except ValueError:
            return
        if isinstance(message, dict) and (waiting := self._waiting.get(message.get("envelope_id", ""))):
            payload = message.get("payload")
            if not waiting.done():
                waiting.set_result(Acked(at, payload if isinstance(payload, dict) else None))

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._open:
            self._open.remove(socket)

    async def _goodbye(self, socket: WebSocket, reason: str) -> None:
        await socket.send_text(json.dumps(_disconnect(reason)))
        await socket.close()


def _disconnect(reason: str) -> JSON:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-sandbox"}}
