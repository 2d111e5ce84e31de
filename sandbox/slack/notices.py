"""What the app is told of messages: posted, changed, deleted, and that it was mentioned."""

from sandbox.cast import APP
from sandbox.slack import shapes
from sandbox.slack.model import JSON, Channel, Message
from sandbox.slack.state import Slack

SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def tell_posted(slack: Slack, message: Message) -> None:
    """Tell the app of a new message in a conversation it is in; of a mention twice, as Slack does."""
    event = {**_event(slack, message), "event_ts": message.ts}
    if (
        message.broadcast
        and message.thread_ts
        and (root := _place(slack, message).message(message.thread_ts))
    ):
        event |= {"subtype": "thread_broadcast", "root": shapes.message(slack, root)}
    _tell(slack, message, event)
    if f"<@{APP.bot_user}>" in message.text and not message.by_app and _place(slack, message).peer is None:
        mention = {key: value for key, value in event.items() if key != "channel_type"} | {
            "type": "app_mention"
        }
        if APP.bot_user in _place(slack, message).members:
            slack.events.emit("app_mention", mention, shared=bool(_place(slack, message).shared_with))


def tell_changed(slack: Slack, message: Message, before: JSON) -> None:
    """Tell the app that a message is different now; *before* is how it was."""
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": shapes.message(slack, message),
        "previous_message": before,
        "hidden": True,
    }
    _tell(slack, message, {**event, **_where(slack, message)})


def tell_deleted(slack: Slack, message: Message, before: JSON) -> None:
    """Tell the app that a message is gone; *before* is how it was."""
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": before,
        "deleted_ts": message.ts,
        "hidden": True,
    }
    _tell(slack, message, {**event, **_where(slack, message)})


def _where(slack: Slack, message: Message) -> JSON:
    now = slack.ts()
    place = _place(slack, message)
    return {"channel": place.id, "ts": now, "event_ts": now, "channel_type": place.kind}


def _event(slack: Slack, message: Message) -> JSON:
    place = _place(slack, message)
    event = shapes.message(slack, message, thread=False)
    if place.shared_with and not message.by_app:
        event |= {"user_team": message.team, "source_team": message.team}
    return {**event, "channel": place.id, "channel_type": place.kind}


def _tell(slack: Slack, message: Message, event: JSON) -> None:
    place = _place(slack, message)
    if APP.bot_user in place.members:
        slack.events.emit(SUBSCRIPTIONS[place.kind], event, shared=bool(place.shared_with))


def _place(slack: Slack, message: Message) -> Channel:
    return slack.channels[message.channel]
