"""`/loops`: the list of customers that are still to be told, opened by command, from Home or a message."""

import re
from typing import Any

from slack_bolt import Ack, App

from domain.loop import How
from domain.settling import Refusal, Why
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Command, Feature
from handlers.opening import user_of
from storage import customers, loop_lists
from views import loop_forms as forms
from views import loop_ids as ids
from views import loop_list as view_of
from views import menus
from views.blocks import Block
from views.customer_settling import not_settled
from views.loop_list import Listed, Looked
from workflows import loop_telling
from workflows.context import Context
from workflows.customer_rights import is_ours

COMMAND = re.compile(r"^/.*loops$")  # a manifest may prefix the name


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def told(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        looked, user = view_of.read_looked(view["private_metadata"]), body["user"]["id"]
        block, ticked = view_of.read_told(view)
        if not ticked:
            ack(response_action="errors", errors={block: view_of.tick_somebody(looked.language)})
            return
        loop_telling.say_told(ctx, ticked, user, How.OTHERWISE)
        ack(response_action="update", view=shown(ctx, user, looked))

    @app.options(view_of.CUSTOMER)
    def offer(ack: Ack, payload: dict[str, Any], body: dict[str, Any]) -> None:
        looked = view_of.read_looked(body["view"]["private_metadata"])
        with ctx.database.reading() as tx:
            found = customers.matching(tx, str(payload.get("value") or "")[:200], 99)
        ack(options=view_of.customer_options([(each.id, each.name) for each in found], looked.language))

    app.command(COMMAND)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _answer)])
    app.action(ids.SHOW_ALL)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _show_all)])
    app.action(re.compile(f"^({view_of.WHOSE}|{view_of.PRODUCT}|{view_of.CUSTOMER})$"))(
        ack=_acknowledge, lazy=[LazyAnswer(ctx, _filter)]
    )
    app.action(re.compile(f"^{view_of.PAGE}_"))(ack=_acknowledge, lazy=[LazyAnswer(ctx, _turn)])
    app.view(view_of.LIST)(told)


def shown(ctx: Context, user: str, looked: Looked) -> Block:
    """Return the list as somebody sees it."""
    wanted = looked.wanted(user)
    with ctx.database.reading() as tx:
        rows = loop_lists.page(tx, wanted, view_of.ROWS + 1, looked.after)
        number, oldest = loop_lists.count(tx, wanted)
        chosen = customers.known(tx, [looked.customer]) if looked.customer else []
    listed = Listed(
        tuple(rows[: view_of.ROWS]),
        number,
        oldest,
        len(rows) > view_of.ROWS,
        tuple((each.key, each.name) for each in ctx.config.products),
        chosen[0].name if chosen else None,
        ctx.config.customers.currency,
    )
    return view_of.list_view(looked, listed, looked.language)


def refresh(ctx: Context, body: dict[str, Any]) -> None:
    """Show the list under a form as it is now that the form is done."""
    kept = forms.read_kept(body["view"]).listed
    if kept is not None:
        looked = view_of.read_looked(kept)
        ctx.slack.update_view(body["view"]["root_view_id"], shown(ctx, user_of(body), looked))


def _acknowledge(ack: Ack) -> None:
    ack()


def _answer(ctx: Context, body: dict[str, Any]) -> None:
    """Open the list; whoever typed something after the command is told what it does."""
    if (body.get("text") or "").strip():
        tell(ctx, body, view_of.help_text(reader(ctx, body)))
    else:
        _open(ctx, body, None)


def _show_all(ctx: Context, body: dict[str, Any]) -> None:
    _open(ctx, body, body["actions"][0].get("value") or None)


def _open(ctx: Context, body: dict[str, Any], report: str | None) -> None:
    user = user_of(body)
    # The trigger lives three seconds; what Slack says of somebody decides what they may see.
    known = ctx.slack.person_soon(user, seconds=1.0)
    language = known.language if known else ctx.slack.language_known(user)
    if is_ours(ctx, user):
        ctx.slack.open_view(body["trigger_id"], shown(ctx, user, Looked(language, report=report)))
    else:
        tell(ctx, body, not_settled(Refusal(Why.NOT_YOURS), language))


def _filter(ctx: Context, body: dict[str, Any]) -> None:
    looked = view_of.read_looked(body["view"]["private_metadata"])
    changed = view_of.filtered(looked, body["actions"][0])
    ctx.slack.update_view(body["view"]["id"], shown(ctx, user_of(body), changed))


def _turn(ctx: Context, body: dict[str, Any]) -> None:
    looked = view_of.read_looked(body["view"]["private_metadata"])
    changed = view_of.turned(looked, body["actions"][0]["value"])
    ctx.slack.update_view(body["view"]["id"], shown(ctx, user_of(body), changed))


FEATURE = Feature(register, commands=(Command("loops", menus.loops),), scopes=("commands",))
