"""The messages of a hand-off: pass on, keep, accept, say how the shift was, turn the page."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from handlers.answering import Answer, LazyAnswer, reader, tell
from handlers.feature import Feature
from views import handoff_list, handoff_row
from views.handoff_refusal import not_handed_over
from workflows import handoff_deciding as deciding
from workflows import handoff_refusing as refusing
from workflows.context import Context
from workflows.handoff_refusing import Refusal

Deed = Callable[[Context, str, str], None]  # of a button's value, and who pressed it
WhyNot = Callable[[Context, str, str], Refusal | None]


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""
    for name, deed, why_not in EXPLAINED:
        app.action(name)(ack=_pressed(ctx, deed), lazy=[LazyAnswer(ctx, _explained(why_not))])
    for which, deed in PLAIN:
        app.action(which)(_pressed(ctx, deed))


def _pass(ctx: Context, value: str, user: str) -> None:
    deciding.pass_on(ctx, *handoff_row.read_item(value), user)


def _keep(ctx: Context, value: str, user: str) -> None:
    deciding.keep(ctx, *handoff_row.read_item(value), user)


def _accept(ctx: Context, value: str, user: str) -> None:
    deciding.accept(ctx, *handoff_row.read_item(value), user)


def _pass_all(ctx: Context, value: str, user: str) -> None:
    deciding.pass_on(ctx, int(value), None, user)


def _keep_all(ctx: Context, value: str, user: str) -> None:
    deciding.keep(ctx, int(value), None, user)


def _accept_all(ctx: Context, value: str, user: str) -> None:
    deciding.accept_all(ctx, int(value), user)


def _say_effort(ctx: Context, value: str, user: str) -> None:
    deciding.say_effort(ctx, *handoff_list.read_numbers(value), user)


def _turn(ctx: Context, value: str, user: str) -> None:
    deciding.turn(ctx, *handoff_list.read_numbers(value), user)


def _not_passed(ctx: Context, value: str, user: str) -> Refusal | None:
    return refusing.why_not_passed(ctx, *handoff_row.read_item(value), user)


def _none_passed(ctx: Context, value: str, user: str) -> Refusal | None:
    return refusing.why_not_passed(ctx, int(value), None, user)


def _not_kept(ctx: Context, value: str, _: str) -> Refusal | None:
    return refusing.why_not_kept(ctx, *handoff_row.read_item(value))


def _not_accepted(ctx: Context, value: str, user: str) -> Refusal | None:
    return refusing.why_not_accepted(ctx, *handoff_row.read_item(value), user)


EXPLAINED: tuple[tuple[str, Deed, WhyNot], ...] = (
    (handoff_row.PASS, _pass, _not_passed),
    (handoff_list.PASS_ALL, _pass_all, _none_passed),
    (handoff_row.KEEP, _keep, _not_kept),
    (handoff_row.ACCEPT, _accept, _not_accepted),
)
PLAIN: tuple[tuple[str | re.Pattern[str], Deed], ...] = (
    (handoff_list.KEEP_ALL, _keep_all),
    (handoff_list.ACCEPT_ALL, _accept_all),
    (re.compile(f"{handoff_list.EFFORT}_"), _say_effort),
    (re.compile(f"{handoff_list.PAGE}_"), _turn),
)


def _pressed(ctx: Context, deed: Deed) -> Callable[..., None]:
    def press(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        deed(ctx, action["value"], body["user"]["id"])
        ack()

    return press


def _explained(why_not: WhyNot) -> Answer:
    def explain(ctx: Context, body: dict[str, Any]) -> None:
        found = why_not(ctx, body["actions"][0]["value"], body["user"]["id"])
        if found is not None:
            tell(ctx, body, not_handed_over(*found, reader(ctx, body)))

    return explain


FEATURE = Feature(register)
