"""The payloads of commands, shortcuts, clicks, option requests and submissions."""

import time
from typing import Any

from sandbox.cast import APP, HARBOR, Person
from sandbox.slack import shapes
from sandbox.slack.inputs import Fields, Place
from sandbox.slack.modals import OpenView
from sandbox.slack.model import JSON, Channel, Message
from sandbox.slack.state import Slack

_TEXTS = ("text", "style", "placeholder", "url", "initial_option", "initial_date", "initial_time")


def command(slack: Slack, person: Person, channel: Channel, name: str, text: str) -> JSON:
    """Return the payload of a slash command."""
    return {
        "token": "sandbox",
        "team_id": HARBOR.id,
        "team_domain": HARBOR.domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": text,
        "api_app_id": APP.id,
        "is_enterprise_install": "false",
        "response_url": response_url(slack, person, channel.id),
        "trigger_id": slack.views.trigger(person.id),
    }


def _channel_name(channel: Channel) -> str:
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def response_url(
    slack: Slack, person: Person, channel: str, message_ts: str | None = None, thread: str | None = None
) -> str:
    """Return a new response URL."""
    name = slack.reply_urls.give(person.id, channel, message_ts, thread)
    return f"{slack.core.base_url}/slack/response/{name}"


def _common(kind: str, person: Person) -> JSON:
    return {
        "type": kind,
        "token": "sandbox",
        "team": shapes.team(),
        "enterprise": None,
        "is_enterprise_install": False,
        "user": shapes.payload_user(person),
    }


def shortcut(slack: Slack, person: Person, callback_id: str) -> JSON:
    """Return the payload of a global shortcut."""
    return {
        **_common("shortcut", person),
        "action_ts": _now(),
        "callback_id": callback_id,
        "trigger_id": slack.views.trigger(person.id),
    }


def message_shortcut(slack: Slack, person: Person, callback_id: str, message: Message) -> JSON:
    """Return the payload of a shortcut used on *message*."""
    channel = slack.channels[message.channel]
    user = shapes.payload_user(person)
    del user["username"]
    return {
        **_common("message_action", person),
        "user": user,
        "action_ts": _now(),
        "callback_id": callback_id,
        "trigger_id": slack.views.trigger(person.id),
        "response_url": response_url(slack, person, channel.id, message.ts, message.thread_ts),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": shapes.message(slack, message),
    }


def message_origin(slack: Slack, person: Person, message: Message, fields: Fields) -> JSON:
    """Return what says which message a click was on; an ephemeral is named, not shown."""
    channel = slack.channels[message.channel]
    hidden = message.only_for is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": hidden,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
    }
    return {
        "container": container,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "response_url": response_url(slack, person, channel.id, message.ts, message.thread_ts),
        "state": fields.state(),
        "trigger_id": slack.views.trigger(person.id),
        **({} if hidden else {"message": shapes.message(slack, message)}),
    }


def view_origin(slack: Slack, person: Person, view: OpenView) -> JSON:
    """Return what says which view a click was in."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view.as_json(),
        "trigger_id": slack.views.trigger(person.id, view.id),
    }


def actions(person: Person, origin: JSON, action: JSON) -> JSON:
    """Return the payload of one action."""
    common = _common("block_actions", person)
    return {**common, "api_app_id": APP.id, **origin, "actions": [{**action, "action_ts": _now()}]}


def action(element: JSON, place: Place, value: JSON | None) -> JSON:
    """Return an action as payloads name it: *value* is the field's state, or an overflow menu's choice."""
    kept: dict[str, Any] = {key: element[key] for key in _TEXTS if key in element}
    if element["type"] == "button" and "value" in element:
        kept["value"] = element["value"]
    chosen = {key: one for key, one in (value or {}).items() if key != "type"}
    return {
        "type": element["type"],
        "action_id": place.action_id,
        "block_id": place.block_id,
        **kept,
        **chosen,
    }


def suggestion(person: Person, origin: JSON, place: Place, query: str) -> JSON:
    """Return the payload of a request for options; it shows nothing of the other fields."""
    kept: JSON = {key: origin[key] for key in ("container", "view", "message", "channel") if key in origin}
    if "view" in kept:
        kept["view"] = {**kept["view"], "state": {"values": {}}}
    return {
        **_common("block_suggestion", person),
        "api_app_id": APP.id,
        **kept,
        "action_id": place.action_id,
        "block_id": place.block_id,
        "value": query,
    }


def submission(slack: Slack, person: Person, view: OpenView) -> JSON:
    """Return the payload of a submitted view."""
    return {
        **_common("view_submission", person),
        "api_app_id": APP.id,
        "trigger_id": slack.views.trigger(person.id, view.id),
        "view": view.as_json(),
        "response_urls": [],
    }


def closed(person: Person, view: OpenView, *, cleared: bool) -> JSON:
    """Return the payload of a closed view; what was typed into it is not told."""
    shown = view.as_json(with_state=False)
    return {**_common("view_closed", person), "api_app_id": APP.id, "view": shown, "is_cleared": cleared}


def _now() -> str:
    return f"{time.time():.6f}"
