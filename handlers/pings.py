"""Acknowledging a ping and taking a report, from the ping or from the card."""

from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from views import notices, report_card
from workflows import pinging
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        pinging.acknowledge(ctx, action["value"], body["user"]["id"])
        ack()

    def take(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        pinging.take(ctx, action["value"], body["user"]["id"])
        ack()

    app.action(report_card.ACKNOWLEDGE)(acknowledge)
    app.action(report_card.TAKE)(ack=take, lazy=[LazyAnswer(ctx, _say_whose)])


def _say_whose(ctx: Context, body: dict[str, Any]) -> None:
    """Tell who took a report that somebody else has taken."""
    user = body["user"]["id"]
    owner = pinging.owner(ctx, body["actions"][0]["value"])
    if owner is not None and owner != user:
        tell(ctx, body, notices.already_taken(owner, ctx.slack.person(user).language))


FEATURE = Feature(register)
