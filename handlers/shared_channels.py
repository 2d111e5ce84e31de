"""Removing Bugle's messages from a channel that others came to read, from the notice to admins."""

from typing import Any

from slack_bolt import Ack, App

from handlers.feature import Feature
from views import shared_channel
from workflows import shared_channels
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listener."""

    def remove(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        # Who comes second sees on the notice who was first.
        shared_channels.clear(ctx, action["value"], body["user"]["id"])
        ack()

    app.action(shared_channel.REMOVE)(remove)


FEATURE = Feature(register, scopes=("channels:history", "groups:history"))
