"""Retrying or dropping an effect that died, from its notice in the admins' channel."""

from typing import Any

from slack_bolt import Ack, App

from handlers.feature import Feature
from views import notices
from workflows import dead_letters
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def see_to(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        again = action["action_id"] == notices.RETRY
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        # Who comes second sees on the notice what became of it.
        dead_letters.see_to(ctx, int(action["value"]), again=again, **place)
        ack()

    app.action(notices.RETRY)(see_to)
    app.action(notices.DROP)(see_to)


FEATURE = Feature(register)
