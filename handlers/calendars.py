"""Shifts in one's own calendar: a secret address that follows changes, or a file."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from handlers.answering import LazyAnswer, reader
from handlers.feature import Feature
from handlers.opening import user_of
from storage.calendars import Subscribed
from views import calendar_form as views
from views.blocks import Block
from views.calendar_form import Made
from views.rotation_ids import CALENDAR
from workflows import calendars
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners. What they make is for who waits before the screen: nothing is owed to them later."""
    app.action(CALENDAR)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open)])
    app.action(views.WHICH)(_acknowledge)
    for action, make in ((views.ADDRESS, _address), (views.STOP, _stop), (views.FILE, _file)):
        app.action(action)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _Made(make))])


def _acknowledge(ack: Ack) -> None:
    ack()


def _open(ctx: Context, body: dict[str, Any]) -> None:
    form = _form(ctx, reader(ctx, body), None, None)
    if body.get("view", {}).get("type") == "modal":
        ctx.slack.push_view(body["trigger_id"], form)
    else:
        ctx.slack.open_view(body["trigger_id"], form)


class _Made:
    """Does what a button of the modal says, and shows what came of it."""

    def __init__(self, make: Callable[[Context, Subscribed, str], Made]) -> None:
        self._make = make
        self.__name__ = f"calendar{make.__name__}"  # as logs name it

    def __call__(self, ctx: Context, body: dict[str, Any]) -> None:
        language, rotation = views.read_choice(body["view"])
        made = self._make(ctx, Subscribed(user_of(body), rotation), language)
        ctx.slack.update_view(body["view"]["id"], _form(ctx, language, rotation, made))


def _address(ctx: Context, what: Subscribed, _: str) -> Made:
    return Made(address=calendars.subscribe(ctx, what))


def _stop(ctx: Context, what: Subscribed, _: str) -> Made:
    return Made(stopped=calendars.stop(ctx, what))


def _file(ctx: Context, what: Subscribed, language: str) -> Made:
    file = calendars.calendar_of(ctx, what)
    if file is None:  # rotations are never removed, so a choice that was shown is there
        return Made()
    comment = views.file_comment(language)
    ctx.slack.upload(file.name, file.data, channel=ctx.slack.direct_channel(what.person), comment=comment)
    return Made(sent=True)


def _form(ctx: Context, language: str, chosen: str | None, made: Made | None) -> Block:
    offered = [views.Offered(each.key, each.name) for each in calendars.offered(ctx)]
    return views.calendar_form(language, offered, is_public=bool(ctx.public_url), chosen=chosen, made=made)


FEATURE = Feature(register, scopes=("files:write",))
