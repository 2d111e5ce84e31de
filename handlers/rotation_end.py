"""Ending a rotation, which asks first and says which products have none then."""

from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from handlers.opening import user_of
from handlers.rotation_list import list_for
from storage import rotations
from views import rotation_ids, rotation_list
from views.rotation_end import ending_view, read_ending
from views.rotation_form import ids
from workflows import rotation_saving
from workflows.context import Context
from workflows.rotation_roles import may_manage


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    def end(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        rotation_saving.end(ctx, user_of(body), read_ending(view).rotation)
        ack()

    app.action(rotation_ids.END)(ack=acknowledge, lazy=[LazyAnswer(ctx, _ask)])
    app.view(ids.ENDING)(ack=end, lazy=[LazyAnswer(ctx, _refresh_list)])


def _ask(ctx: Context, body: dict[str, Any]) -> None:
    """Push the question onto the list."""
    user, view = user_of(body), body["view"]
    language, _ = rotation_list.read_list(view)
    key = body["actions"][0]["selected_option"]["value"]
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, key)
        allowed = kept is not None and not kept.has_ended(ctx.now()) and may_manage(tx, ctx, user, kept)
        left = rotation_saving.left_without(tx, ctx, key)
    if kept is None or not allowed:
        tell(ctx, body, rotation_list.not_allowed(ctx.config.roles.rotations, language))
        ctx.slack.update_view(view["id"], list_for(ctx, user, language))
        return
    ctx.slack.push_view(body["trigger_id"], ending_view(key, kept.name, left, language))


def _refresh_list(ctx: Context, body: dict[str, Any]) -> None:
    view = body["view"]
    if view["root_view_id"] != view["id"]:
        shown = list_for(ctx, user_of(body), read_ending(view).language)
        ctx.slack.update_view(view["root_view_id"], shown)


FEATURE = Feature(register)
