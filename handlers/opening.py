"""Opening the bug form: within the life of Slack's trigger, on what is in the database alone."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.asking import Asked
from domain.config import Product
from domain.effects import Outcome
from handlers.answering import error_code, show_alone
from storage import reports
from storage.drafts import DraftRow
from views import draft_notices
from views import report_form as form
from views.blocks import Block
from views.drafted import files_in
from views.opening import Opening, opening_from
from views.text import cut
from workflows import drafting
from workflows.asking import asking
from workflows.context import Context

ROOM = 2600  # characters for what is known already, beside the headings of the typed field

log = logging.getLogger(__name__)


def opening_of(ctx: Context, body: dict[str, Any], **told: Any) -> Opening:
    """Return what a gesture opens the form with.

    Its nonce is made from the trigger, so that all who see to one gesture mean the same form. The language
    is the one last known; nobody is asked.
    """
    user, channel = user_of(body), body.get("channel_id") or body.get("channel", {}).get("id")
    product = _likely_product(ctx, user, channel)
    nonce = hashlib.sha256(body["trigger_id"].encode()).hexdigest()[:32]
    return Opening(nonce, ctx.slack.language_known(user), product.key if product else None, **told)


def user_of(body: dict[str, Any]) -> str:
    """Return who did something."""
    user: str = body.get("user_id") or body["user"]["id"]
    return user


def open_form(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form that a gesture began, else the one its person did not finish, else an empty one."""
    opening, user = opening_of(ctx, body), user_of(body)
    begun = drafting.find(ctx, opening.nonce, user)
    draft = begun or drafting.to_continue(ctx, user)
    if draft is None:
        _show(ctx, body, opening, form_of(ctx, _in_their_language(ctx, user, opening)))
    else:
        open_draft(ctx, body, draft, is_continued=begun is None)


def open_draft(ctx: Context, body: dict[str, Any], draft: DraftRow, *, is_continued: bool) -> None:
    """Open the form as a draft has it."""
    opening = _in_their_language(ctx, draft.person, opening_from(draft.opening))
    files = tuple(dict.fromkeys((*opening.files, *files_in(draft.state))))
    saved = int(draft.saved_at.timestamp()) if is_continued else None
    opening = replace(opening, files=files, continued=saved)
    _show(ctx, body, opening, form_of(ctx, opening, draft))


def form_of(ctx: Context, opening: Opening, draft: DraftRow | None = None) -> Block:
    """Return the form as a view, filled in as a draft has it."""
    state = draft.state if draft else {}
    chosen = form.chosen_product(state) or opening.product
    shown = replace(opening, text=cut(opening.text, ROOM))
    return form.report_form(ctx.config, shown, asked_about(ctx, chosen), state)


def shown_anew(ctx: Context, opening: Opening, values: Mapping[str, Any]) -> Block:
    """Return the form as it is to be shown with these values, for the product that is chosen in them."""
    return form.report_form(ctx.config, opening, asked_about(ctx, form.chosen_product(values)), values)


def asked_about(ctx: Context, product: str | None) -> Asked | None:
    """Return what the form of a product (by its key) asks; None when none is chosen, or it is gone."""
    known = next((each for each in ctx.config.products if each.key == product), None)
    if known is None:
        return None
    with ctx.database.reading() as tx:
        return asking(tx, known)


def _show(ctx: Context, body: dict[str, Any], opening: Opening, view: Block) -> None:
    try:
        ctx.slack.open_view(body["trigger_id"], view)
    except Outcome as outcome:
        code = error_code()
        log.warning("%s: the form was not opened: %s", code, outcome)
        show_alone(ctx, body, draft_notices.not_opened(opening.nonce, code, opening.language))


def _in_their_language(ctx: Context, user: str, opening: Opening) -> Opening:
    """Ask Slack for the person's language, but only for so long that the trigger still lives."""
    person = ctx.slack.person_soon(user, seconds=1.0)
    return replace(opening, language=person.language) if person else opening


def _likely_product(ctx: Context, user: str, channel: str | None) -> Product | None:
    about = ctx.config.product_for_channel(channel) if channel else None
    if about is not None:
        return about
    if len(ctx.config.products) == 1:
        return ctx.config.products[0]
    with ctx.database.reading() as tx:
        last = reports.last_product(tx, user)
    return next((each for each in ctx.config.products if each.key == last), None)
