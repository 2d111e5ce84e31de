"""What comes back from the forms that settle a customer issue; a refusal is said on the form."""

import json
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from domain.settling import Refusal, tidy_tag
from handlers.feature import Feature
from storage import feedback_tags
from views import customer_settling as forms
from views.customer_settling import Settled
from workflows import customer_settling
from workflows.context import Context

Decide = Callable[[Settled, str], Refusal | None]


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def feedback(said: Settled, user: str) -> Refusal | None:
        return customer_settling.keep_as_feedback(ctx, said.issue, user, tags=said.tags)

    def answered(said: Settled, user: str) -> Refusal | None:
        return customer_settling.say_answered(ctx, said.issue, user, note=said.note)

    def not_ours(said: Settled, user: str) -> Refusal | None:
        return customer_settling.say_not_ours(ctx, said.issue, user, reason=said.note)

    app.view(forms.FEEDBACK)(_deciding(feedback))
    app.view(forms.ANSWERED)(_deciding(answered))
    app.view(forms.NOT_OURS)(_deciding(not_ours, needs_note=True))

    @app.options(forms.TAGS)
    def offer_tags(ack: Ack, payload: dict[str, Any], body: dict[str, Any]) -> None:
        typed = str(payload.get("value") or "")[:200]
        with ctx.database.reading() as tx:
            found = feedback_tags.counts(tx, forms.product_of_tags(payload["block_id"]), tidy_tag(typed))
        kept = json.loads((body.get("view") or {}).get("private_metadata") or "{}")
        ack(options=forms.tag_options(found, typed, str(kept.get("language", "en"))))


def _deciding(decide: Decide, *, needs_note: bool = False) -> Callable[..., None]:
    """Return the listener that lets *decide* have a form, and says on it what is wrong."""

    def submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        said = forms.read_settled(view)
        (block,) = [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
        if needs_note and not said.note:
            ack(response_action="errors", errors={block: forms.empty_reason(said.language)})
            return
        refused = decide(said, body["user"]["id"])
        if refused is None:
            ack()
        else:
            ack(response_action="errors", errors={block: forms.not_settled_on_form(refused, said.language)})

    return submitted


FEATURE = Feature(register)
