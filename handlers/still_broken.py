"""A customer still meets what was fixed: which one, what they meet, and the report is opened again."""

from typing import Any

from slack_bolt import Ack, App

from domain.loop import State
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from handlers.loop_list import refresh
from handlers.loops import kept_of, open_form, too_late
from storage import loop_lists
from views import loop_forms as forms
from views import loop_ids as ids
from workflows import still_broken
from workflows.context import Context
from workflows.loops_shown import one_each


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    def broken(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        issue, said = forms.read_whose(view), forms.read_said(view)
        if still_broken.say_broken(ctx, issue, body["user"]["id"], said=said):
            ack()
        else:
            ack(response_action="update", view=too_late(ctx, issue, body["user"]["id"]))

    app.action(ids.BROKEN)(ack=acknowledge, lazy=[LazyAnswer(ctx, _ask_who_met_it)])
    app.view(forms.BROKEN)(ack=broken, lazy=[LazyAnswer(ctx, refresh)])


def _ask_who_met_it(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form that asks which of those who were told of a fix still meet the problem."""
    report, language = body["actions"][0]["value"], reader(ctx, body)
    with ctx.database.reading() as tx:
        rows = loop_lists.of_person(tx, report, body["user"]["id"])
    met = [each for each in one_each(rows) if each.loop.state in (State.TOLD, State.CONFIRMED)]
    if met:
        open_form(ctx, body, forms.broken_form(kept_of(body, met[0].loop.customer_issue), met, language))
    else:
        tell(ctx, body, forms.done_already(None, language))


FEATURE = Feature(register)
