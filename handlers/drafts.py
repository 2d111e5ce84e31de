"""Keeping what is typed into the bug form while it is typed, and going on with it later."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App, BoltResponse

from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from handlers.opening import form_of, open_draft, open_form, opening_of, user_of
from views import draft_notices, report_form
from views.opening import START_ANEW, read_opening
from workflows import checking, drafting
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners. This feature comes last: it acknowledges every change that no other listens to."""

    @app.middleware
    def watch(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002
        _watch(ctx, body)
        return next()

    def start_anew(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drafting.set_aside(ctx, action["value"], body["user"]["id"])
        ack()

    def go_on(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drafting.go_on(ctx, action["value"], body["user"]["id"])
        ack()

    def discard(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drafting.discard(ctx, action["value"], body["user"]["id"])
        ack()

    def acknowledge(ack: Ack) -> None:
        ack()

    app.action(START_ANEW)(ack=start_anew, lazy=[LazyAnswer(ctx, _empty)])
    app.action(draft_notices.CONTINUE)(ack=go_on, lazy=[LazyAnswer(ctx, _continue)])
    app.action(draft_notices.OPEN)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.action(draft_notices.DISCARD)(discard)
    app.view_closed(report_form.FORM)(acknowledge)
    app.action(re.compile(""), matchers=[_is_in_form])(acknowledge)


def _watch(ctx: Context, body: dict[str, Any]) -> None:
    """Keep the form as a request shows it; Slack does not tell what was in it when it was closed."""
    view = body.get("view") or {}
    if view.get("callback_id") != report_form.FORM:
        return
    opening = read_opening(view)
    if body["type"] in ("block_actions", "view_submission"):
        values, is_last = view["state"]["values"], body["type"] == "view_submission"
        drafting.seen(ctx, body["user"]["id"], opening, values, is_last=is_last)
        if not is_last:
            checking.look_ahead(ctx, opening.nonce, values)
    elif body["type"] == "view_closed":
        drafting.closed(ctx, body["user"]["id"], opening)


def _is_in_form(body: dict[str, Any]) -> bool:
    return bool((body.get("view") or {}).get("callback_id") == report_form.FORM)


def _empty(ctx: Context, body: dict[str, Any]) -> None:
    """Show an empty form for the same product in place of the one that is open."""
    view = body["view"]
    fresh = form_of(
        ctx, replace(opening_of(ctx, body), product=report_form.chosen_product(view["state"]["values"]))
    )
    # Fields that stay keep what was typed into them; those that were gone for a moment do not.
    ctx.slack.update_view(
        view["id"], {**fresh, "blocks": [draft_notices.one_moment(read_opening(view).language)]}
    )
    ctx.slack.update_view(view["id"], fresh)


def _continue(ctx: Context, body: dict[str, Any]) -> None:
    draft = drafting.find(ctx, body["actions"][0]["value"], user_of(body))
    if draft is None:
        tell(ctx, body, draft_notices.gone(ctx.slack.language_known(user_of(body))))
    else:
        open_draft(ctx, body, draft, is_continued=True)


def _open(ctx: Context, body: dict[str, Any]) -> None:
    draft = drafting.find(ctx, body["actions"][0]["value"], user_of(body))
    if draft is None:
        open_form(ctx, body)
    else:
        open_draft(ctx, body, draft, is_continued=False)


FEATURE = Feature(register)
