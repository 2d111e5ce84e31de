"""Deciding before the ack and answering after it, with what came of the decision."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from domain.covering import Refusal
from handlers.answering import LazyAnswer
from workflows.context import Context

Decide = Callable[[dict[str, Any]], Refusal | None]
Answer = Callable[[Context, dict[str, Any], Refusal | None], None]
_CAME_OF_IT = "bugle_came_of_it"


def decides(app_action: Callable[..., Any], ctx: Context, decide: Decide, answer: Answer) -> None:
    """Listen with a decision, which commits, and an answer that is told why it was refused.

    Bolt starts lazy listeners when the ack listener has returned, and gives them a copy of the request: what
    was put into its body is there.
    """

    def decided(ack: Ack, body: dict[str, Any]) -> None:
        body[_CAME_OF_IT] = decide(body)
        ack()

    def told(inner: Context, body: dict[str, Any]) -> None:
        answer(inner, body, body.get(_CAME_OF_IT))

    told.__name__ = answer.__name__
    app_action(ack=decided, lazy=[LazyAnswer(ctx, told)])
