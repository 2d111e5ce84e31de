"""Passing on what a customer said: by command, from a message, from Home."""

import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.customer_issue import CustomerIssue
from domain.effects import Outcome
from gateways.slack.messages import Said, said_from
from handlers.answering import LazyAnswer, error_code, show_alone
from handlers.feature import Command, Feature, Shortcut
from handlers.opening import opening_of, user_of
from handlers.redrawing import Redrawing
from storage import customer_issues, customer_posts, customers
from storage.customer_posts import Form
from views import home, menus
from views import passing_form as form
from views.blocks import Block
from views.passed_already import not_opened, passed_already
from views.passing_form import Passing
from views.report_form import FormErrors
from views.text import as_typed
from workflows.context import Context
from workflows.customer_shown import shown
from workflows.passing_on import pass_on

COMMAND = re.compile(r"^/.*customer-issue$")  # a manifest may prefix the name
FROM_MESSAGE = "customer_msg"
SOON = 1.0  # seconds of the trigger's three in which Slack may tell who somebody is

log = logging.getLogger(__name__)


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    @app.view(form.FORM)
    def submit(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        passing, values = form.read_passing(view), view["state"]["values"]
        try:
            passed = form.read_passed(passing, values, ctx.config, by=body["user"]["id"])
        except FormErrors as wrong:
            ack(response_action="errors", errors=wrong.errors)
            return
        if passed.findings and passing.seen != passed.seen:
            asked = form.passing_form(ctx.config, replace(passing, seen=passed.seen), values, passed.findings)
            ack(response_action="update", view=asked)
            return
        clean = passed.masked(form.kept_as_typed(values))
        first = pass_on(ctx, clean.told, clean.new_customer)
        if first is None:
            ack()
        else:
            ack(response_action="update", view=_already(ctx, first, passing.language))

    redrawing = Redrawing(_anew)
    app.command(COMMAND)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.message_shortcut(FROM_MESSAGE)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open_from_message)])
    app.action(home.CUSTOMER_ISSUE)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.action(form.PRODUCT)(ack=redrawing.see, lazy=[LazyAnswer(ctx, redrawing.show)])
    app.action(form.KEEP)(_acknowledge)


def _acknowledge(ack: Ack) -> None:
    ack()


def _open(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form with what was typed after the command, if anything was."""
    text = as_typed(body.get("text") or "", ctx.slack.name_known).strip()
    channel = body.get("channel_id") or ""
    _show(ctx, body, replace(_passing(ctx, body, channel), text=text))


def _open_from_message(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form for a message; say who passed it on where somebody has."""
    said = said_from(body["channel"]["id"], body["message"])
    passing = _passing(ctx, body, said.channel)
    with ctx.database.reading() as tx:
        first = customer_issues.from_message(tx, said.channel, said.ts)
    if first is not None:
        ctx.slack.open_view(body["trigger_id"], _already(ctx, first, passing.language))
        return
    author_id, author = _author(ctx, body["message"])
    about = replace(
        passing,
        text=as_typed(said.text, ctx.slack.name_known),
        channel=said.channel,
        ts=said.ts,
        source_url=ctx.slack.address_of(said),
        author=author,
        author_id=author_id,
        files=said.files,
    )
    _show(ctx, body, about)


def _passing(ctx: Context, body: dict[str, Any], channel: str) -> Passing:
    """Return what a gesture opens the form with; a channel that is shared with a customer tells whose."""
    person = ctx.slack.person_soon(user_of(body), seconds=SOON)
    opening = opening_of(ctx, body)
    with ctx.database.reading() as tx:
        customer = customers.of_channel(tx, channel) if channel else None
    return Passing(
        opening.nonce,
        person.language if person else opening.language,
        opening.product,
        customer=customer.id if customer else None,
        customer_name=customer.name if customer else None,
    )


def _author(ctx: Context, message: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return who wrote a message: their Slack id, and what they are called as far as Slack tells in time."""
    user = message.get("user")
    if user is None:
        bot = message.get("bot_profile") or {}
        return None, message.get("username") or bot.get("name")
    person = ctx.slack.person_soon(user, seconds=SOON)
    return user, person.name if person else None


def _show(ctx: Context, body: dict[str, Any], passing: Passing) -> None:
    try:
        ctx.slack.open_view(body["trigger_id"], form.passing_form(ctx.config, passing))
    except Outcome as outcome:
        code = error_code()
        log.warning("%s: the form of a customer issue was not opened: %s", code, outcome)
        show_alone(ctx, body, not_opened("" if passing.channel else passing.text, code, passing.language))


def _anew(ctx: Context, view: dict[str, Any], values: Mapping[str, Any]) -> Block:
    passing = form.read_passing(view)
    return form.passing_form(ctx.config, passing, values, form.findings_in(passing, values, ctx.config))


def _already(ctx: Context, first: CustomerIssue, language: str) -> Block:
    with ctx.database.reading() as tx:
        about, posts = shown(tx, ctx, first), customer_posts.of_issue(tx, first.id)
    card = next((each for each in posts if each.form is Form.CARD), None)
    url = ctx.slack.address_of(Said(card.channel, card.ts, "")) if card else None
    return passed_already(about, url, language)


FEATURE = Feature(
    register,
    commands=(Command("customer-issue", menus.customer_issue, menus.what_they_said),),
    shortcuts=(Shortcut(menus.pass_on, FROM_MESSAGE, menus.pass_this_on, "message"),),
    scopes=("commands", "users:read"),
)
