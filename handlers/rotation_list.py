"""`/rotation`: the list of rotations, opened by command or from Home."""

import re
from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Command, Feature
from handlers.opening import user_of
from views import menus
from views import rotation_ids as ids
from views import rotation_list as view_of
from views.blocks import Block
from workflows import rotation_lists
from workflows.context import Context

COMMAND = re.compile(r"^/.*rotation$")  # a manifest may prefix the name


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    app.command(COMMAND)(ack=acknowledge, lazy=[LazyAnswer(ctx, _answer)])
    app.action(ids.ROTATIONS)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.action(re.compile(f"^{ids.PAGE}_"))(ack=acknowledge, lazy=[LazyAnswer(ctx, _turn)])


def list_for(ctx: Context, user: str, language: str, offset: int = 0) -> Block:
    """Return the list as somebody is to see it."""
    with ctx.database.reading() as tx:
        listed = rotation_lists.listed(tx, ctx, user, offset)
    return view_of.list_view(listed, language)


def _answer(ctx: Context, body: dict[str, Any]) -> None:
    """Open the list; whoever typed something after the command is told what it does."""
    if (body.get("text") or "").strip():
        tell(ctx, body, view_of.help_text(reader(ctx, body)))
    else:
        _open(ctx, body)


def _open(ctx: Context, body: dict[str, Any]) -> None:
    user = user_of(body)
    # The trigger lives three seconds; what Slack says of somebody decides what they may press.
    known = ctx.slack.person_soon(user, seconds=1.0)
    language = known.language if known else ctx.slack.language_known(user)
    ctx.slack.open_view(body["trigger_id"], list_for(ctx, user, language))


def _turn(ctx: Context, body: dict[str, Any]) -> None:
    view = body["view"]
    language, _ = view_of.read_list(view)
    shown = list_for(ctx, user_of(body), language, int(body["actions"][0]["value"]))
    ctx.slack.update_view(view["id"], shown)


FEATURE = Feature(register, commands=(Command("rotation", menus.rotations),), scopes=("commands",))
