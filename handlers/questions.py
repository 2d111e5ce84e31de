"""A reporter answers what triage asked: the button opens a form, the form gives the answer."""

from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from views import question as views
from views.triage_forms import empty_text
from views.triage_text import refusal, refusal_on_form
from workflows import questioning
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def answered(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        question, language, text = views.read_answer(view)
        refused = questioning.answer(ctx, question, body["user"]["id"], text) if text else None
        if text and refused is None:
            ack()
            return
        sentence = refusal_on_form(refused, language) if refused else empty_text(language)
        ack(response_action="errors", errors={views.ANSWER: sentence})

    app.action(views.ANSWER)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.view(views.FORM)(answered)


def _acknowledge(ack: Ack) -> None:
    ack()


def _open(ctx: Context, body: dict[str, Any]) -> None:
    question, why_not = questioning.look(ctx, int(body["actions"][0]["value"]), body["user"]["id"])
    if why_not is not None:
        tell(ctx, body, refusal(why_not, reader(ctx, body)))
    else:
        ctx.slack.open_view(body["trigger_id"], views.answer_form(question, reader(ctx, body)))


FEATURE = Feature(register)
