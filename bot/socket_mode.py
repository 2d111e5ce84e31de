"""Socket Mode: the connection on which Slack sends commands and interactions, kept alive and drained."""

import json
import logging
import socket
import threading
import time
from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.acks import Acks

log = logging.getLogger(__name__)

LOOK = 1.0  # seconds between looks at the connection
PING = 2.0  # seconds between the SDK's pings
SILENT = 6.0  # seconds without an answer to them after which the connection is dead
LONGEST_WAIT = 15.0  # seconds between tries while Slack does not let us connect
BUFFER = 65_536  # bytes read at a time: a form is some 10 kB, which the SDK's 1 kB would make ten reads
DRAIN = 3.0  # seconds that requests under way have to end: Slack waits no longer for an ack


class _Client(SocketModeClient):
    """The SDK's client without the thread that it puts between the reading one and those that answer."""

    def enqueue_message(self, message: str) -> None:
        """Have a message answered by a thread of its own at once."""
        self.message_workers.submit(self._answer, message)

    def _answer(self, message: str) -> None:
        try:
            told = json.loads(message)
        except ValueError:
            log.warning("something came by Slack's socket that is no JSON")
        else:
            self.run_message_listeners(told, message)


class SlackSocket(SocketModeHandler):
    """Bolt's Socket Mode handler that connects again whenever it is not connected, for whatever reason.

    The SDK reconnects by itself when Slack asks it to. Pinging as it does by default, it takes fifty seconds
    to notice a connection that was cut, and it gives up when Slack is away at the first try or refuses the
    token; this looks after both.
    """

    def __init__(self, app: App, app_token: str, acks: Acks) -> None:
        self.app, self.app_token = app, app_token
        self.client = _Client(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            ping_interval=PING,
            receive_buffer_size=BUFFER,
        )
        self.client.message_listeners.append(_send_at_once)
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
        self._acks = acks
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="socket-watcher", daemon=True)

    def start_watching(self) -> None:
        """Connect, and stay connected, in a thread of its own."""
        self._watcher.start()

    def is_connected(self) -> bool:
        """Tell whether Slack can reach us."""
        session = self.client.current_session
        if session is None or not session.is_active():
            return False
        answered = session.last_ping_pong_time
        return answered is None or time.time() - answered < SILENT

    def drain_and_close(self) -> None:
        """Let requests under way end, for 3 s at most, then close: closing first would lose their acks."""
        self._stopping.set()
        self._acks.close(DRAIN)
        self._end_reading()
        self.client.close()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one request, unless the connection closes: what could not be acked must not be done."""
        with self._acks.answering(req.type) as is_open:
            if is_open:
                super().handle(client, req)

    def _end_reading(self) -> None:
        # The SDK closes its socket only between two reads, each of which lasts until Slack says something.
        session = self.client.current_session
        connection = None if session is None else session.sock
        if connection is not None:
            with suppress(OSError):  # it may be closed already
                connection.shutdown(socket.SHUT_RDWR)

    def _watch(self) -> None:
        wait = 0.0
        while not self._stopping.wait(wait):
            if self.is_connected():
                wait = LOOK
                continue
            wait = min(LONGEST_WAIT, wait * 2 or LOOK)
            try:
                self.client.connect_to_new_endpoint(force=True)
            except (SlackClientError, OSError) as error:
                log.warning("Slack does not let Bugle connect: %s", error)


def _send_at_once(client: BaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
    """Let a new connection send what is small at once.

    An ack that follows a ping would wait until the other side confirms the ping, which it puts off for 40 ms.
    """
    session = client.current_session if isinstance(client, SocketModeClient) else None
    if message.get("type") == "hello" and session is not None and session.sock is not None:
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
