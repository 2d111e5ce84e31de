"""The picture of the coming shifts, on top of the form: words at once, the picture when Slack has it."""

import logging
from typing import Any

from slack_bolt import Ack, App

from domain.effects import Outcome
from handlers.answering import LazyAnswer
from handlers.feature import Feature
from handlers.opening import user_of
from views.rotation_calendar import drawing_view, no_picture_view, picture_view
from views.rotation_form import ids
from views.rotation_form.building import gone_view
from views.rotation_form.ids import read_opened
from views.rotation_picture import drawn
from workflows import rotation_drafting
from workflows.context import Context
from workflows.rotation_pictures import lacks_scope, strip_of, upload

log = logging.getLogger(__name__)


def register(app: App, ctx: Context) -> None:
    """Add the listener; it comes before the one for every other field of the form."""

    def see(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        view = body["view"]
        rotation_drafting.seen(ctx, user_of(body), read_opened(view).nonce, view["state"]["values"], action)
        ack()

    app.action(ids.PICTURE)(ack=see, lazy=[LazyAnswer(ctx, _show)])


def _show(ctx: Context, body: dict[str, Any]) -> None:
    opened = read_opened(body["view"])
    draft = rotation_drafting.find(ctx, user_of(body), opened.nonce)
    if draft is None:
        ctx.slack.update_view(body["view"]["id"], gone_view(opened.language))
        return
    with ctx.database.reading() as tx:
        shown = rotation_drafting.shown(tx, ctx, draft)
    pushed = ctx.slack.push_view(body["trigger_id"], drawing_view(shown, opened))
    if shown.flaws:
        return
    try:
        strip = strip_of(ctx, draft)
        picture = upload(ctx, "rotation.png", drawn(strip))
    except Outcome as refusal:
        log.warning("the picture of a rotation did not reach Slack: %s", refusal)
        view = no_picture_view(shown, opened, lacks_scope=lacks_scope(refusal))
    else:
        view = picture_view(picture, shown, strip.names, opened)
    ctx.slack.update_view(pushed, view)


FEATURE = Feature(register, scopes=("files:write",))
