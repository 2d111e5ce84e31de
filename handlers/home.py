"""The Home tab: shown when it is opened, its pages turned, the form opened from it."""

import re
from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer
from handlers.events import TakenOnce
from handlers.feature import Feature
from handlers.opening import open_form, user_of
from storage.database import Transaction
from views import home
from workflows import showing_home
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    def turn(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        showing_home.turn(ctx, body["user"]["id"], home.read_page(action))
        ack()

    app.event("app_home_opened")(TakenOnce(ctx, _opened))
    app.action(home.REPORT)(ack=acknowledge, lazy=[LazyAnswer(ctx, open_form)])
    app.action(re.compile(f"^{home.PAGE}_"))(ack=turn, lazy=[LazyAnswer(ctx, _show)])


def _opened(tx: Transaction, ctx: Context, event: dict[str, Any]) -> None:
    if event.get("tab") == "home":
        showing_home.opened(tx, ctx, event["user"])


def _show(ctx: Context, body: dict[str, Any]) -> None:
    showing_home.publish(ctx, user_of(body))


FEATURE = Feature(register, events=("app_home_opened",))
