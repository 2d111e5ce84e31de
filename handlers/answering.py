"""Answering a person after the ack: best effort, deciding nothing, and saying so when it fails."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from domain.effects import Never, Outcome
from domain.message import Message
from views import notices
from workflows.context import Context

log = logging.getLogger(__name__)

Answer = Callable[[Context, dict[str, Any]], None]


def error_code() -> str:
    """Return a short code that a person can read out and an admin can find in the log."""
    return secrets.token_hex(3).upper()


class LazyAnswer:
    """A lazy listener that runs `answer(ctx, body)` and tells the person when Slack did not let it."""

    def __init__(self, ctx: Context, answer: Answer) -> None:
        self._ctx = ctx
        self._answer = answer
        self.__name__ = answer.__name__  # Bolt names listeners in its logs

    def __call__(self, body: dict[str, Any]) -> None:
        """Answer one request; Bolt calls this in a thread of its own, after the ack."""
        try:
            self._answer(self._ctx, body)
        except Outcome as outcome:
            code = error_code()
            log.warning("%s: %s did not reach the person: %s", code, self.__name__, outcome)
            tell(self._ctx, body, notices.not_shown(code, reader(self._ctx, body)))
        except Exception:  # after the ack nobody else would tell the person
            code = error_code()
            log.exception("%s: %s failed by a fault of ours", code, self.__name__)
            tell(self._ctx, body, notices.failed(code, reader(self._ctx, body)))


def reader(ctx: Context, body: dict[str, Any]) -> str:
    """Return the language of the person who did something; English while Slack does not tell."""
    try:
        return ctx.slack.person(body.get("user_id") or body["user"]["id"]).language
    except Outcome:
        return "en"


def tell(ctx: Context, body: dict[str, Any], sentence: str) -> None:
    """Tell the person who did something a sentence that only they see, where they did it."""
    show_alone(ctx, body, Message(sentence))


def show_alone(ctx: Context, body: dict[str, Any], message: Message) -> None:
    """Show a message to the person who did something, and to nobody else.

    Where they did it; else, where Bugle is not in that channel or there was none, in their direct messages.
    """
    user = body.get("user_id") or body["user"]["id"]
    place = body.get("channel_id") or body.get("channel", {}).get("id")
    try:
        if place is not None and not place.startswith("D"):
            try:
                ctx.slack.ephemeral(place, user, message)
            except Never:
                place = None
        if place is None or place.startswith("D"):
            ctx.slack.post(ctx.slack.direct_channel(user), message, key=error_code(), doubt=None)
    except Outcome as outcome:
        log.warning("a person could not be told %r: %s", message.text, outcome)
