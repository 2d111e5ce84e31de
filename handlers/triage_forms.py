"""What comes back from the forms of triage; a refusal is said on the form, which stays open."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from domain.triage import Original, Refusal
from handlers.feature import Feature
from views import triage_forms as forms
from views.duplicate_options import duplicate_options
from views.triage_forms import Filled
from views.triage_text import refusal_on_form
from workflows import grading, owning, questioning, settling
from workflows.context import Context
from workflows.duplicate_choices import choices

Decide = Callable[[Filled, str, str], Refusal | None]


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def assign(filled: Filled, user: str, _: str) -> Refusal | None:
        return owning.assign(ctx, filled.report, user, to=filled.chosen)

    def grade(filled: Filled, user: str, _: str) -> Refusal | None:
        return grading.set_severity(ctx, filled.report, user, key=filled.chosen, reason=filled.text)

    def duplicate(filled: Filled, user: str, _: str) -> Refusal | None:
        return settling.close_as_duplicate(ctx, filled.report, user, of=Original.chosen(filled.chosen))

    def ask(filled: Filled, user: str, view: str) -> Refusal | None:
        return questioning.ask(ctx, filled.report, user, nonce=view, text=filled.text)

    def no_bug(filled: Filled, user: str, _: str) -> Refusal | None:
        return settling.close_as_no_bug(ctx, filled.report, user, reason=filled.text)

    app.view(forms.ASSIGN)(_deciding(assign, needs_text=False))
    app.view(forms.GRADE)(_deciding(grade, needs_text=True))
    app.view(forms.DUPLICATE)(_deciding(duplicate, needs_text=False))
    app.view(forms.ASK)(_deciding(ask, needs_text=True))
    app.view(forms.NOT_A_BUG)(_deciding(no_bug, needs_text=True))

    @app.options(forms.CHOICE)
    def offer(ack: Ack, payload: dict[str, Any]) -> None:
        report = forms.report_of_choice(payload["block_id"])
        ack(options=duplicate_options(choices(ctx, report, payload.get("value") or "")))


def _deciding(decide: Decide, *, needs_text: bool) -> Callable[..., None]:
    """Return the listener that lets *decide* have a form, and says on it what is wrong."""

    def submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        filled = forms.read_form(view)
        if needs_text and not filled.text:
            ack(response_action="errors", errors={forms.TEXT: forms.empty_text(filled.language)})
            return
        refused = decide(filled, body["user"]["id"], view["id"])
        if refused is None:
            ack()
        else:
            sentence = refusal_on_form(refused, filled.language)
            ack(response_action="errors", errors={filled.block: sentence})

    return submitted


FEATURE = Feature(register)
