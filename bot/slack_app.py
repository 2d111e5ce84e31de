"""The Bolt app: who we are, what is taken once, what outsiders may do, and what a fault says.

Listeners commit and ack; Bolt answers when they return (`process_before_response`), since otherwise it looks
for the ack every ten milliseconds only.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest

from bot.settings import Settings
from handlers.answering import error_code, reader, show_alone, tell
from handlers.features import features
from storage import inbox
from views import notices, report_form
from views.opening import read_opening
from views.triage_text import outsider
from workflows.context import Context

log = logging.getLogger(__name__)

ELSEWHERE = "en"  # Slack tells nobody's language to other companies


def slack_app(settings: Settings, ctx: Context) -> App:
    """Return the Bolt app with every feature's listeners."""
    listeners = ThreadPoolExecutor(32, thread_name_prefix="listener")
    bolt_log = logging.getLogger("bugle.bolt")
    bolt_log.setLevel(logging.ERROR)  # it would warn that our way of authorizing replaces a token
    app = App(
        name="bugle",  # without a name Bolt looks at every module for the caller's
        logger=bolt_log,
        client=ctx.slack.web,
        signing_secret=settings.slack_signing_secret or None,
        authorize=_authorizer(settings, ctx),
        process_before_response=True,
        listener_executor=listeners,
        # What only comes by HTTP is not looked for in what comes by the socket; functions are none of ours.
        request_verification_enabled=not settings.socket_mode,
        ssl_check_enabled=not settings.socket_mode,
        url_verification_enabled=not settings.socket_mode,
        attaching_function_token_enabled=False,
        token_verification_enabled=False,
    )
    bolt_log.setLevel(logging.WARNING)
    app.middleware(_admission(ctx, listeners))
    for feature in features(ctx.config):
        feature.register(app, ctx)
    app.event("message")(_pass_over)
    app.error(_fault(ctx, listeners))
    return app


def _pass_over() -> None:
    """Ack a message that no feature wanted: Slack sends all of a channel, or none."""


def _authorizer(settings: Settings, ctx: Context) -> Callable[..., AuthorizeResult]:
    def authorize() -> AuthorizeResult:
        us = ctx.slack.whoami()  # asked once and remembered
        return AuthorizeResult(
            enterprise_id=us.enterprise_id,
            team_id=us.team_id,
            bot_token=settings.slack_bot_token,
            bot_id=us.bot_id,
            bot_user_id=us.user_id,
        )

    return authorize


def _admission(ctx: Context, listeners: ThreadPoolExecutor) -> Callable[..., BoltResponse]:
    """Let in what comes for the first time, and from our own people; others are told so.

    Events are let in each time: who listens to them keeps their receipts (`handlers/events.py`).
    """

    def admit(req: BoltRequest, body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002
        if not _is_ours(ctx, body):
            log.warning("a request by somebody of another company was turned away")
            if body.get("type") == "block_actions":
                listeners.submit(show_alone, ctx, body, outsider(ELSEWHERE))
            return BoltResponse(status=200, body="")
        received = req.headers.get("x-slack-signature", [""])[0]
        if not received or "event" in body:  # Socket Mode delivers commands and interactions once
            return next()
        if body.get("type") == "block_suggestion":
            return (
                next()
            )  # who types the same again within a second sends the same bytes, and changes nothing
        with ctx.database.transaction() as tx:
            is_new = inbox.first_time(tx, received, ctx.now())
        return next() if is_new else BoltResponse(status=200, body="")

    return admit


def _is_ours(ctx: Context, body: dict[str, Any]) -> bool:
    if "event" in body:
        return True
    user = body.get("user")
    team = user.get("team_id") if isinstance(user, dict) else body.get("team_id")
    us = ctx.slack.whoami()
    return team in (us.team_id, us.enterprise_id, None)


def _fault(ctx: Context, listeners: ThreadPoolExecutor) -> Callable[..., BoltResponse]:
    """Say what a fault of ours means for the person, with the code that is in the log."""

    def fault(error: Exception, body: dict[str, Any]) -> BoltResponse:
        code = error_code()
        log.error("%s: a request failed by a fault of ours", code, exc_info=error)
        view = body.get("view") or {}
        if body.get("type") == "view_submission" and view.get("callback_id") == report_form.FORM:
            sentence = notices.not_saved(code, read_opening(view).language)
            errors = {"response_action": "errors", "errors": {report_form.HAPPENED: sentence}}
            return BoltResponse(status=200, body=errors)
        inputs = [each["block_id"] for each in view.get("blocks", []) if each["type"] == "input"]
        if body.get("type") == "view_submission" and inputs:
            said = notices.form_not_saved(code, ctx.slack.language_known(body["user"]["id"]))
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {inputs[0]: said}})
        if "event" in body:
            return BoltResponse(status=500, body="")  # Slack sends it again
        listeners.submit(lambda: tell(ctx, body, notices.failed(code, reader(ctx, body))))
        return BoltResponse(status=200, body="")

    return fault
