"""Filing a bug: `/bug` and the global shortcut open the form, the form files a report."""

import re
from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer
from handlers.feature import Command, Feature, Shortcut
from handlers.opening import open_form, opening_of
from storage import areas
from views import report_form as form
from views.blocks import option
from views.opening import read_opening
from views.text import as_typed
from workflows import drafting
from workflows.context import Context
from workflows.filing import file_report

COMMAND = re.compile(r"^/.*bug$")  # a manifest may prefix the name
SHORTCUT = "bug_new"


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    # Bolt asks listeners in this order: the one whose ack people wait for longest comes first.
    @app.view(form.FORM)
    def file(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        user = body["user"]
        name = user.get("name") or user.get("username") or user["id"]
        try:
            draft = form.read_report_form(view, ctx.config, reporter=user["id"], reporter_name=name)
        except form.FormErrors as wrong:
            ack(response_action="errors", errors=wrong.errors)
            return
        file_report(ctx, draft)
        ack()

    @app.options(form.AREA)
    def offer_areas(ack: Ack, payload: dict[str, Any]) -> None:
        product = ctx.config.product(form.area_product(payload["block_id"]))
        with ctx.database.reading() as tx:
            found = areas.matching(tx, product.project, payload.get("value") or "")
        ack(options=[option(name, key) for key, name in found])

    def begin(ack: Ack, body: dict[str, Any]) -> None:
        text = as_typed(body.get("text") or "", ctx.slack.name_known).strip()
        if text:
            drafting.begin(ctx, body["user_id"], opening_of(ctx, body, text=text))
        ack()

    opened, show_areas = LazyAnswer(ctx, open_form), LazyAnswer(ctx, _show_areas)
    app.command(COMMAND)(ack=begin, lazy=[opened])
    app.global_shortcut(SHORTCUT)(ack=_acknowledge, lazy=[opened])
    app.action(form.PRODUCT)(ack=_acknowledge, lazy=[show_areas])


def _acknowledge(ack: Ack) -> None:
    ack()


def _show_areas(ctx: Context, body: dict[str, Any]) -> None:
    view = body["view"]
    key = form.chosen_product(view)
    product = ctx.config.product(key) if key else None
    changed = form.report_form(ctx.config, read_opening(view), product=product)
    ctx.slack.update_view(view["id"], changed, view["hash"])


FEATURE = Feature(
    register,
    commands=(Command("bug", "Report a bug", "[what happened]"),),
    shortcuts=(Shortcut("Report a bug", SHORTCUT, "Open the form"),),
    scopes=("commands", "users:read"),
)
