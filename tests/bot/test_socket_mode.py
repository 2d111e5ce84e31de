from slack_bolt import Ack
from slack_sdk.socket_mode.request import SocketModeRequest

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

        slack = SlackSocket(app, "xapp-sandbox-bugle", Metrics())
        slack.start_watching()
        eventually(slack.is_connected, what="the socket to open")
        assert world.person("U0ANA").runs("/bug", "first").ok
        sent = world.calls("bot", "/bug")[-1]["request"]
        slack.drain_and_close()
        assert not slack.is_connected()
        slack.handle(slack.client, SocketModeRequest("slash_commands", "late", sent | {"text": "late"}))
    assert taken == ["first"]
