"""Filing a bug: `/bug` and the global shortcut open the form, the form files a report."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer
from handlers.feature import Command, Feature, Shortcut
from handlers.opening import open_form, opening_of, shown_anew
from handlers.redrawing import Redrawing
from views import draft_notices, menus
from views import report_form as form
from views.blocks import Block
from views.opening import read_opening
from views.text import as_typed
from workflows import checking, drafting
from workflows.asking import draft_of
from workflows.context import Context
from workflows.filing import has_filed_another
from workflows.mending import mend
from workflows.submitting import ToAsk, submit

COMMAND = re.compile(r"^/.*bug$")  # a manifest may prefix the name
SHORTCUT = "bug_new"


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    # Bolt asks listeners in this order: the one whose ack people wait for longest comes first.
    @app.view(form.FORM)
    def file(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        user = body["user"]
        name = user.get("name") or user.get("username") or user["id"]
        opening, values = read_opening(view), view["state"]["values"]
        try:
            draft = draft_of(ctx, opening, values, reporter=user["id"], reporter_name=name)
        except form.FormErrors as wrong:
            if wrong.errors.keys() <= {block["block_id"] for block in view["blocks"]}:
                ack(response_action="errors", errors=wrong.errors)
            else:  # the product was changed, or Jira asks for more, and the form does not show it yet
                ack(response_action="update", view=shown_anew(ctx, opening, values))
            return
        if opening.mends:
            mend(ctx, opening.mends, draft)
            ack()
            return
        try:
            is_new = submit(ctx, draft)
        except ToAsk as held:
            checking.keep_for_later(ctx, user["id"], opening, values)
            ack(response_action="push", view=checking.step_of(held.checked, opening))
            return
        if not is_new and has_filed_another(ctx, draft):
            ack(response_action="errors", errors={form.HAPPENED: draft_notices.used(opening.language)})
            return
        ack(response_action="clear")

    # What is typed and picked comes most often, and Bolt takes as long to ask forty listeners as to file.
    app.action(re.compile(rf"^(?:{form.HAPPENED}|{form.IMPACT}|{form.WORKAROUND})$"))(_acknowledge)

    def begin(ack: Ack, body: dict[str, Any]) -> None:
        text = as_typed(body.get("text") or "", ctx.slack.name_known).strip()
        if text:
            drafting.begin(ctx, body["user_id"], opening_of(ctx, body, text=text))
        ack()

    opened, redrawing = LazyAnswer(ctx, open_form), Redrawing(_anew)
    app.command(COMMAND)(ack=begin, lazy=[opened])
    app.global_shortcut(SHORTCUT)(ack=_acknowledge, lazy=[opened])
    for live in (form.PRODUCT, form.OUTER):
        app.action(live)(ack=redrawing.see, lazy=[LazyAnswer(ctx, redrawing.show)])


def _anew(ctx: Context, view: dict[str, Any], values: Mapping[str, Any]) -> Block:
    return shown_anew(ctx, read_opening(view), values)


def _acknowledge(ack: Ack) -> None:
    ack()


FEATURE = Feature(
    register,
    commands=(Command("bug", menus.report_a_bug, menus.what_happened),),
    shortcuts=(Shortcut(menus.report_a_bug, SHORTCUT, menus.open_the_form),),
    scopes=("commands", "users:read"),
)
