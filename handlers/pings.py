"""Acknowledging a ping."""

from typing import Any

from slack_bolt import Ack, App

from handlers.feature import Feature
from views import report_card
from workflows import pinging
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listener."""

    def acknowledge(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        pinging.acknowledge(ctx, action["value"], body["user"]["id"])
        ack()

    app.action(report_card.ACKNOWLEDGE)(acknowledge)


FEATURE = Feature(register)
