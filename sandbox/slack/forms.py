"""Filling in a modal: typing, submitting, closing, and what the app's answer does to the screen."""

from typing import Any

from sandbox.cast import Person
from sandbox.control import ControlError
from sandbox.slack import interactions
from sandbox.slack.acts import TROUBLE, Act
from sandbox.slack.arguments import Refused
from sandbox.slack.delivery import Envelope
from sandbox.slack.gestures import choose, complaints, send_action
from sandbox.slack.inputs import TEXTS, Place
from sandbox.slack.inputs import complaints as field_complaints
from sandbox.slack.modals import OpenView
from sandbox.slack.model import JSON
from sandbox.slack.screens import Surface, seen_view
from sandbox.slack.state import Slack
from sandbox.slack.views import checked_view, show


async def fill(slack: Slack, who: Person, surface: Surface, place: Place, value: Any) -> Act:
    """Put *value* into a field; the app is told where the field dispatches."""
    choose(slack, who, surface, place, value)
    if surface.view is not None:
        surface.view.errors.pop(place.block_id, None)
    act = Act()
    if _dispatches(surface, place):
        act = await send_action(slack, who, surface, place, surface.fields.typed[place])
    return _looked(act, surface.view)


def _dispatches(surface: Surface, place: Place) -> bool:
    """Tell whether changing a field tells the app: outside inputs always, inside when it was asked for."""
    block = next(one for one in surface.blocks if one["block_id"] == place.block_id)
    if block["type"] != "input":
        return True
    element = surface.element(place)
    on = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    is_text = element["type"] in (*TEXTS, "rich_text_input")
    return bool(block.get("dispatch_action")) and (not is_text or "on_character_entered" in on)


def _looked(act: Act, view: OpenView | None) -> Act:
    """Add the view as it looks now."""
    act.view = seen_view(view) if view else None
    return act


async def submit(slack: Slack, who: Person, view: OpenView) -> Act:
    """Press the submit button of a modal."""
    if not view.source.get("submit"):
        raise ControlError("This view has no submit button.")
    view.errors = field_complaints(view.blocks, view.fields.typed)
    if view.errors:
        show(slack, view)
        return _looked(Act(errors=view.errors), view)
    payload = interactions.submission(slack, who, view)
    ack = await slack.delivery.send(Envelope.INTERACTIVE, "view_submission", payload, answers=True)
    act = Act.after(ack)
    if ack.error is None:
        try:
            _obey(slack, view, ack.payload or {}, act)
        except Refused as refusal:
            act.failed(refusal.error, TROUBLE, complaints(refusal))
    return act if act.view else _looked(act, _front(slack, who))


def _front(slack: Slack, who: Person) -> OpenView | None:
    shown = slack.views.shown(who.id)
    return shown[-1] if shown else None


def _obey(slack: Slack, view: OpenView, answer: JSON, act: Act) -> None:
    """Do with a submitted *view* what the app's *answer* says; Refused when it makes no sense."""
    action = answer.get("response_action")
    if slack.views.find(view.id) is None:
        return  # closed or replaced while the app was thinking
    if not answer:
        slack.views.close(view)
        act.closed = True
    elif action == "clear":
        slack.views.close(view, whole_stack=True)
        act.closed = True
    elif action == "errors":
        act.errors = view.errors = _field_errors(view, answer.get("errors"))
    elif action == "update":
        view.show(*checked_view(slack, answer.get("view"), "modal", view))
    elif action == "push":
        source, blocks = checked_view(slack, answer.get("view"), "modal")
        if slack.views.push(slack.new_id("V"), view, source, blocks) is None:
            raise Refused("push_limit_reached")
    else:
        raise Refused("invalid_response_action")
    show(slack, view)


def _field_errors(view: OpenView, errors: Any) -> dict[str, str]:
    """Return the errors an app answered; Refused unless each is text under an input of the view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refused("invalid_errors")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise Refused("invalid_errors")
    return dict(errors)


async def close(slack: Slack, who: Person, view: OpenView, *, whole_stack: bool = False) -> Act:
    """Close a modal: the front one by its button, or the whole stack by the cross."""
    if view.is_home:
        raise ControlError("Home cannot be closed.")
    whole = whole_stack or bool(view.source.get("clear_on_close"))
    gone = slack.views.close(view, whole_stack=whole)
    show(slack, view)
    act = Act(closed=True)
    for one in gone:
        if one.source.get("notify_on_close"):
            payload = interactions.closed(who, one, cleared=whole)
            ack = await slack.delivery.send(Envelope.INTERACTIVE, "view_closed", payload, answers=False)
            act.sent, act.ack_ms = True, round(ack.ms, 3)
    return _looked(act, _front(slack, who))
