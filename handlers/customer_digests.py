"""Digests of customer issues: **Show** has the card of one in the thread."""

from typing import Any

from slack_bolt import Ack, App

from domain.settling import Refusal, Why
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from views.customer_digest import SHOW
from views.customer_settling import not_settled
from workflows import customer_deliveries
from workflows.context import Context
from workflows.customer_rights import is_ours


def register(app: App, ctx: Context) -> None:
    """Add the listener."""

    def show(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        if is_ours(ctx, body["user"]["id"]):
            customer_deliveries.show(ctx, body["channel"]["id"], body["message"]["ts"], action["value"])
        ack()

    app.action(SHOW)(ack=show, lazy=[LazyAnswer(ctx, _say_why_not)])


def _say_why_not(ctx: Context, body: dict[str, Any]) -> None:
    language = reader(ctx, body)
    if not is_ours(ctx, body["user"]["id"]):
        tell(ctx, body, not_settled(Refusal(Why.NOT_YOURS), language))


FEATURE = Feature(register)
