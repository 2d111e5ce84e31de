"""Filing a bug: `/bug` and the global shortcut open the form, the form files a report."""

import re
from typing import Any

from slack_bolt import Ack, App
from ulid import ULID

from domain.config import Product
from handlers.answering import LazyAnswer
from handlers.feature import Command, Feature, Shortcut
from storage import areas, reports
from views import report_form as form
from views.blocks import option
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

    open_form, show_areas = LazyAnswer(ctx, _open_form), LazyAnswer(ctx, _show_areas)
    app.command(COMMAND)(ack=_acknowledge, lazy=[open_form])
    app.global_shortcut(SHORTCUT)(ack=_acknowledge, lazy=[open_form])
    app.action(form.PRODUCT)(ack=_acknowledge, lazy=[show_areas])


def _acknowledge(ack: Ack) -> None:
    ack()


def _open_form(ctx: Context, body: dict[str, Any]) -> None:
    user = body.get("user_id") or body["user"]["id"]
    channel = body.get("channel_id")
    language = ctx.slack.person(user).language
    opening = form.Opening(nonce=str(ULID()), language=language)
    text = (body.get("text") or "").strip()
    view = form.report_form(ctx.config, opening, product=_likely_product(ctx, user, channel), text=text)
    ctx.slack.open_view(body["trigger_id"], view)


def _show_areas(ctx: Context, body: dict[str, Any]) -> None:
    view = body["view"]
    key = form.chosen_product(view)
    product = ctx.config.product(key) if key else None
    changed = form.report_form(ctx.config, form.read_opening(view), product=product)
    ctx.slack.update_view(view["id"], changed, view["hash"])


def _likely_product(ctx: Context, user: str, channel: str | None) -> Product | None:
    about = ctx.config.product_for_channel(channel) if channel else None
    if about is not None:
        return about
    if len(ctx.config.products) == 1:
        return ctx.config.products[0]
    with ctx.database.reading() as tx:
        last = reports.last_product(tx, user)
    return next((each for each in ctx.config.products if each.key == last), None)


FEATURE = Feature(
    register,
    commands=(Command("bug", "Report a bug", "[what happened]"),),
    shortcuts=(Shortcut("Report a bug", SHORTCUT, "Open the form"),),
    scopes=("commands", "users:read"),
)
