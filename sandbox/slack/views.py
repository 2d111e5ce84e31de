"""views.*: opening, updating and stacking modals, and publishing Home."""

from typing import Any

from sandbox.slack.arguments import Refused, invalid
from sandbox.slack.installed import Kind
from sandbox.slack.lint import lint_view, with_ids
from sandbox.slack.lint.whole import view_is_too_large
from sandbox.slack.modals import OpenView, Trigger, clean
from sandbox.slack.model import JSON
from sandbox.slack.pacing import Tier
from sandbox.slack.state import Slack
from sandbox.slack.web import Ask, Method


def checked_view(slack: Slack, view: Any, kind: str, but: OpenView | None = None) -> tuple[JSON, list[JSON]]:
    """Return a view's settings and its blocks with ids; Refused when Slack would not take it.

    *kind* is what the surface shows, modal or home; *but* is the view being replaced, external id and all.
    """
    if view_is_too_large(view):
        raise Refused("view_too_large")
    complaints = lint_view(view, new_blocks=slack.app.new_blocks)
    if complaints:
        raise invalid(*complaints)
    _has_its_pictures(slack, view["blocks"])
    if view["type"] != kind:
        raise invalid(f"must be a {kind} view [json-pointer:/view/type]")
    external = view.get("external_id")
    other = slack.views.find(None, external) if external else None
    if other is not None and other is not but:
        raise Refused("duplicate_external_id")
    return clean(view), with_ids(view["blocks"])


def _has_its_pictures(slack: Slack, blocks: list[JSON]) -> None:
    """Refuse blocks with a picture that is no file here, or none whose upload is over."""
    for at, block in enumerate(blocks):
        if block["type"] != "image" or "id" not in (block.get("slack_file") or {}):
            continue
        stored = slack.files.get(block["slack_file"]["id"])
        if stored is None or not stored.complete or not stored.mimetype.startswith("image/"):
            raise invalid(f"invalid slack file [json-pointer:/view/blocks/{at}/slack_file/id]")


def _trigger(ask: Ask) -> Trigger:
    pulled = ask.slack.views.pull(ask.args.required("trigger_id"))
    if isinstance(pulled, str):
        messages = [f"[ERROR] {pulled.replace('_', ' ')}"]
        raise Refused(pulled, response_metadata={"messages": messages})
    return pulled


def _view(ask: Ask, kind: str, but: OpenView | None = None) -> tuple[JSON, list[JSON]]:
    view = ask.args.json("view", "invalid_arguments")
    if view is None:
        raise invalid("missing required field: view")
    return checked_view(ask.slack, view, kind, but)


def show(slack: Slack, view: OpenView) -> None:
    """Tell whoever looks that a view is new or different."""
    slack.touch("view", {"user": view.user, "view": view.id, "home": view.is_home})


def _open(ask: Ask) -> JSON:
    source, blocks = _view(ask, "modal")
    trigger = _trigger(ask)
    opened = ask.slack.views.open(ask.slack.new_id("V"), trigger.user, source, blocks)
    show(ask.slack, opened)
    return {"view": opened.as_json()}


def _push(ask: Ask) -> JSON:
    source, blocks = _view(ask, "modal")
    trigger = _trigger(ask)
    below = ask.slack.views.find(trigger.view)
    if below is None or below.is_home:
        raise Refused("not_found")
    pushed = ask.slack.views.push(ask.slack.new_id("V"), below, source, blocks)
    if pushed is None:
        raise Refused("push_limit_reached")
    show(ask.slack, pushed)
    return {"view": pushed.as_json()}


def _update(ask: Ask) -> JSON:
    if not (ask.args.has("view_id") or ask.args.has("external_id")):
        raise invalid("missing required field: view_id")
    view = ask.slack.views.find(ask.args.text("view_id"), ask.args.text("external_id"))
    if view is None:
        raise Refused("not_found")
    if ask.args.has("hash") and ask.args.text("hash") != view.hash:
        raise Refused("hash_conflict")
    view.show(*_view(ask, "home" if view.is_home else "modal", view))
    show(ask.slack, view)
    return {"view": view.as_json()}


def _publish(ask: Ask) -> JSON:
    user = ask.args.required("user_id")
    person = ask.slack.person(user)
    if person is None or not ask.slack.meets_app(user):
        raise invalid("user not found [json-pointer:/user_id]")
    before = ask.slack.views.home(user)
    source, blocks = _view(ask, "home", before)
    if ask.args.has("hash") and before is not None and ask.args.text("hash") != before.hash:
        raise Refused("hash_conflict")
    home = ask.slack.views.publish(ask.slack.new_id("V"), user, source, blocks)
    show(ask.slack, home)
    return {"view": home.as_json()}


_BOT = (Kind.BOT,)
METHODS = (
    Method("views.open", _open, Tier.FOUR, kinds=_BOT),
    Method("views.push", _push, Tier.FOUR, kinds=_BOT),
    Method("views.update", _update, Tier.FOUR, kinds=_BOT),
    Method("views.publish", _publish, Tier.FOUR, kinds=_BOT),
)
