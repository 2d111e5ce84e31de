"""A real Bolt app as the sandbox's consumer, over Socket Mode or signed HTTP."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.harness import World, eventually

BOT_TOKEN = "xoxb-sandbox-bugle"


def web_client(world: World, token: str = BOT_TOKEN) -> WebClient:
    """Return a client of the sandbox's Web API that never retries by itself."""
    return WebClient(token, base_url=f"{world.url}/slack/api/", retry_handlers=[])


def refused(call: Any, **arguments: Any) -> str:
    """Return the error with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    error: str = caught.value.response["error"]
    return error


def bolt_app(world: World) -> App:
    """Return an app without listeners; listeners are added before it runs."""
    return App(
        name="pretend",  # without a name Bolt looks at every module for the caller's
        client=web_client(world),
        signing_secret="sandbox-signing-secret",
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(16),
    )


@contextmanager
def over_sockets(world: World, app: App, *, ping_every: float = 2) -> Iterator[SocketModeHandler]:
    """Run *app* in Socket Mode; after five pings that fail the SDK connects again."""
    handler = SocketModeHandler(app, "xapp-sandbox-bugle", ping_interval=ping_every)
    handler.connect()
    eventually(lambda: world.get("/slack/app")["sockets"], what="the socket to open")
    try:
        yield handler
    finally:
        # The SDK closes its socket only between two reads, each of which lasts until Slack says something.
        handler.client.current_session.sock.shutdown(socket.SHUT_RDWR)
        handler.close()


@contextmanager
def over_http(world: World, app: App) -> Iterator[str]:
    """Run *app* behind its request URL; yield that address."""

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
            content = (answer.body or "").encode()
            self.send_response(answer.status)
            for name, value in answer.first_headers_without_set_cookie().items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/slack/events"
    try:
        assert world.set_app(delivery="http", request_url=url)["verified"]
        yield url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
