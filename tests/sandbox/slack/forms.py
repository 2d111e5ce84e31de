"""Forms as an app makes them, and a Bolt app that opens them and keeps what comes back."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from tests.harness import World
from tests.sandbox.slack.bolt import bolt_app

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def option(name: str) -> JSON:
    """Return an option called *name*, with its value in lower case."""
    return {"text": plain(name), "value": name.lower()}


def field(label: str, kind: str, **more: Any) -> JSON:
    """Return an input block called *label* with an element of this *kind*; `block`: its own settings."""
    block = more.pop("block", {})
    ids = {"block_id": f"{label.lower()}_block", **block}
    return {
        "type": "input",
        "label": plain(label),
        "element": {"type": kind, "action_id": label.lower(), **more},
        **ids,
    }


def modal(*blocks: JSON, title: str = "Form", **more: Any) -> JSON:
    """Return a modal with a submit button."""
    view = {"type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("File")}
    return {**view, "blocks": list(blocks), **more}


class Bot:
    """A Bolt app whose command opens `opens` and whose submissions are answered with `answer`."""

    def __init__(self, world: World) -> None:
        self.app: App = bolt_app(world)
        self.client: WebClient = self.app.client
        self.opens: JSON = modal(field("Name", "plain_text_input"))
        self.answer: JSON = {}
        self.bodies: list[JSON] = []
        self.app.command("/open")(ack=lambda ack: ack(), lazy=[self._open])
        self.app.view("form")(self._submit)
        self.app.view_closed("form")(self._keep)
        self.app.action({"type": "block_actions", "action_id": "pressed"})(self._keep)
        self.app.options("searched")(self._options)

    def _open(self, client: WebClient, body: JSON) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=self.opens)

    def _submit(self, ack: Ack, body: JSON) -> None:
        self.bodies.append(body)
        ack(**self.answer)

    def _keep(self, ack: Ack, body: JSON) -> None:
        self.bodies.append(body)
        ack()

    def _options(self, ack: Ack, body: JSON) -> None:
        self.bodies.append(body)
        ack(options=[option(name) for name in ("Alpha", "Beta") if body["value"].lower() in name.lower()])
