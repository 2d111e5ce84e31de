"""What people press about customers that are to be told, in their message and in the list."""

from typing import Any

from slack_bolt import Ack, App

from domain.loop_list import LoopRow
from domain.snooze import offered
from domain.wall_clock import zone_named
from handlers import telling_outside
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from handlers.loop_list import refresh
from storage import loop_lists, loops
from views import loop_forms as forms
from views import loop_ids as ids
from views.blocks import Block
from views.loop_forms import Kept
from views.loop_ids import Deed
from workflows import loop_drafts, loop_telling
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def more(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        deed, issue = ids.read_more(action)
        if deed is Deed.TOLD:
            loop_telling.say_told(ctx, [issue], body["user"]["id"])
        ack()

    def told(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        issue = forms.read_kept(view).issue
        if loop_telling.say_told(ctx, [issue], body["user"]["id"]):
            ack()
        else:
            ack(response_action="update", view=too_late(ctx, issue, body["user"]["id"]))

    def let_go(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        issue, said = forms.read_kept(view).issue, forms.read_said(view)
        if loop_telling.let_go(ctx, issue, body["user"]["id"], reason=said):
            ack()
        else:
            ack(response_action="update", view=too_late(ctx, issue, body["user"]["id"]))

    def until(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        issue = forms.read_kept(body["view"]).issue
        loop_telling.later(ctx, issue, body["user"]["id"], until=forms.read_until(action))
        ack()

    app.action(ids.SHOW_TEXT)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _show_text)])
    app.action(ids.CHANNEL)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open_channel)])
    app.action(ids.MORE)(ack=more, lazy=[LazyAnswer(ctx, _more)])
    app.action(forms.UNTIL)(ack=until, lazy=[LazyAnswer(ctx, _say_until)])
    app.view(forms.TEXT)(ack=told, lazy=[LazyAnswer(ctx, refresh)])
    app.view(forms.LET_GO)(ack=let_go, lazy=[LazyAnswer(ctx, refresh)])


def _acknowledge(ack: Ack) -> None:
    ack()


def _show_text(ctx: Context, body: dict[str, Any]) -> None:
    _text(ctx, body, body["actions"][0]["value"])


def _text(ctx: Context, body: dict[str, Any], issue: str) -> None:
    row, language = _row(ctx, issue), reader(ctx, body)
    if row is None or not row.loop.state.is_listed:
        tell(ctx, body, forms.done_already(row.loop if row else None, language))
        return
    with ctx.database.reading() as tx:
        theirs, text = loop_drafts.drafted(tx, ctx, issue)
    open_form(ctx, body, forms.text_form(kept_of(body, issue), row, text, theirs, language))


def _open_channel(ctx: Context, body: dict[str, Any]) -> None:
    row = _row(ctx, body["actions"][0]["value"])
    if row is None or not row.loop.state.is_listed:
        tell(ctx, body, forms.done_already(row.loop if row else None, reader(ctx, body)))
    else:
        _channel(ctx, body, row)


def _channel(ctx: Context, body: dict[str, Any], row: LoopRow) -> None:
    """Open the form that sends the answer to the channel shared with the customer: each telling once."""
    telling_outside.open_answer(ctx, body, row.loop.customer_issue, f"loop:{row.loop.touches}")


def _more(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form that was chosen; tell why where there is nothing to do."""
    deed, issue = ids.read_more(body["actions"][0])
    row, language = _row(ctx, issue), reader(ctx, body)
    if row is None or not row.loop.state.is_listed:
        if deed is not Deed.TOLD or row is None or row.loop.told_by != body["user"]["id"]:
            tell(ctx, body, forms.done_already(row.loop if row else None, language))
        return
    if deed is Deed.TEXT:
        _text(ctx, body, issue)
    elif deed is Deed.CHANNEL:
        _channel(ctx, body, row)
    elif deed is Deed.BROKEN:
        open_form(ctx, body, forms.broken_form(kept_of(body, issue), [row], language))
    elif deed is Deed.LET_GO:
        open_form(ctx, body, forms.let_go_form(kept_of(body, issue), row, language))
    elif deed is Deed.LATER:
        person = ctx.slack.person(body["user"]["id"])
        hours = ctx.config.follow_up.telling.hours
        offers = offered(ctx.now(), hours, zone_named(person.zone), None)
        open_form(ctx, body, forms.later_form(kept_of(body, issue), row, offers, language))


def _say_until(ctx: Context, body: dict[str, Any]) -> None:
    until = forms.read_until(body["actions"][0])
    ctx.slack.update_view(body["view"]["id"], forms.later_view(until, reader(ctx, body)))


def open_form(ctx: Context, body: dict[str, Any], view: Block) -> None:
    """Open a form, on top of the list where it was chosen there."""
    if body.get("view"):
        ctx.slack.push_view(body["trigger_id"], view)
    else:
        ctx.slack.open_view(body["trigger_id"], view)


def kept_of(body: dict[str, Any], issue: str) -> Kept:
    """Return what a form about a customer issue keeps, and the list under it."""
    view = body.get("view")
    return Kept(issue, view["private_metadata"] if view else None)


def _row(ctx: Context, issue: str) -> LoopRow | None:
    with ctx.database.reading() as tx:
        return loop_lists.row(tx, issue)


def too_late(ctx: Context, issue: str, user: str) -> Block:
    """Return what stands in place of a form where there is nothing to do any more."""
    with ctx.database.reading() as tx:
        loop = loops.find(tx, issue)
    return forms.done_already_view(loop, ctx.slack.language_known(user))


FEATURE = Feature(register)
