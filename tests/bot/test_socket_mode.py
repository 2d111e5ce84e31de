import socket

import pytest
from slack_bolt import Ack
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.acks import Acks
from bot.metrics import Metrics
from bot.socket_mode import SlackSocket
from sandbox.server import Sandbox
from tests.harness import World, eventually
from tests.sandbox.slack.bolt import bolt_app


def test_what_comes_while_it_closes_is_left_alone(sandbox: Sandbox) -> None:
    """A request that can no longer be acked is not done either: it fails plainly, or comes again."""
    taken: list[str] = []
    with World(sandbox.url) as world:
        app = bolt_app(world)

        @app.command("/bug")
        def bug(ack: Ack, payload: dict[str, str]) -> None:
            taken.append(payload["text"])
            ack()

        slack = SlackSocket(app, "xapp-sandbox-bugle", Acks(Metrics()))
        slack.start_watching()
        eventually(slack.is_connected, what="the socket to open")
        assert world.person("U0ANA").runs("/bug", "first").ok
        sent = world.calls("bot", "/bug")[-1]["request"]
        slack.drain_and_close()
        assert not slack.is_connected()
        slack.handle(slack.client, SocketModeRequest("slash_commands", "late", sent | {"text": "late"}))
    assert taken == ["first"]


def test_what_cannot_be_read_holds_nothing_up(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """What is no JSON is told in the log, and what comes after it is answered."""
    with World(sandbox.url) as world:
        app = bolt_app(world)
        app.command("/bug")(lambda ack: ack())
        slack = SlackSocket(app, "xapp-sandbox-bugle", Acks(Metrics()))
        slack.start_watching()
        eventually(slack.is_connected, what="the socket to open")
        slack.client.enqueue_message("{too_many_websockets")
        assert world.person("U0ANA").runs("/bug", "first").ok
        slack.drain_and_close()
    assert "no JSON" in caplog.text


def leaves_at_once(slack: SlackSocket) -> bool:
    """Tell whether the connection of now sends what is small at once."""
    session = slack.client.current_session
    connection = None if session is None else session.sock
    return connection is not None and bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_acks_leave_at_once(sandbox: Sandbox) -> None:
    """What is small does not wait until the other side has confirmed a ping, on each new connection."""
    with World(sandbox.url) as world:
        slack = SlackSocket(bolt_app(world), "xapp-sandbox-bugle", Acks(Metrics()))
        slack.start_watching()
        eventually(lambda: leaves_at_once(slack), what="the first connection")
        slack.client.connect_to_new_endpoint(force=True)
        eventually(lambda: leaves_at_once(slack), what="the next one")
        slack.drain_and_close()
