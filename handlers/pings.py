"""Acknowledging a ping, and passing it to the next in line."""

from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from views import notices, report_ping
from workflows import escalating, pinging
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        pinging.acknowledge(ctx, action["value"], body["user"]["id"])
        ack()

    def pass_on(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        escalating.pass_on(ctx, *report_ping.read_pass(action["value"]), body["user"]["id"])
        ack()

    app.action(report_ping.ACKNOWLEDGE)(acknowledge)
    app.action(report_ping.TO_NEXT)(ack=pass_on, lazy=[LazyAnswer(ctx, _say_who_has_it)])


def _say_who_has_it(ctx: Context, body: dict[str, Any]) -> None:
    """Tell who has a report that somebody passes on when it is no longer theirs to."""
    user = body["user"]["id"]
    has = escalating.whose(ctx, *report_ping.read_pass(body["actions"][0]["value"]), user)
    if has is not None:
        tell(ctx, body, notices.not_passed(has, ctx.slack.person(user).language))


FEATURE = Feature(register)
