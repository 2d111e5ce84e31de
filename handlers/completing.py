"""Adding what a report lacks, from the note that asks its reporter for it."""

from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from views import completing as view_of
from workflows import completing
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    @app.view(view_of.COMPLETE_FORM)
    def add(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        report, told = view_of.read_completing(view)
        completing.complete(ctx, report, body["user"]["id"], told)
        ack()

    app.action(view_of.COMPLETE)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open)])


def _open(ctx: Context, body: dict[str, Any]) -> None:
    user = body["user"]["id"]
    language = ctx.slack.language_known(user)
    report = completing.to_complete(ctx, body["actions"][0]["value"], user)
    if report is None:
        tell(ctx, body, view_of.nothing_lacks(language))
        return
    ctx.slack.open_view(
        body["trigger_id"], view_of.completing_form(report, completing.lacks(report), language)
    )


FEATURE = Feature(register)
