"""pins.*: messages pinned to a channel."""

from sandbox.cast import HARBOR
from sandbox.slack import shapes
from sandbox.slack.arguments import Refused
from sandbox.slack.model import JSON, Message
from sandbox.slack.pacing import Tier
from sandbox.slack.rooms import joined
from sandbox.slack.web import Ask, Method

MOST = 100  # pinned messages in a channel


def _add(ask: Ask) -> JSON:
    channel = joined(ask.slack, ask.args.required("channel"))
    if channel.archived:
        raise Refused("is_archived")
    if ask.slack.app.pins_made_by != "everyone" and not ask.is_admins:
        raise Refused("restricted_action")
    ts = ask.args.required("timestamp")
    if (message := channel.message(ts)) is None:
        raise Refused("message_not_found")
    if message.subtype in ("channel_join", "channel_topic", "pinned_item"):
        raise Refused("not_pinnable")
    channel.pins = [pin for pin in channel.pins if channel.message(pin["ts"])]
    if any(pin["ts"] == ts for pin in channel.pins):
        raise Refused("already_pinned")
    if len(channel.pins) >= MOST:
        raise Refused("too_many_pins")
    channel.pins.append({"ts": ts, "created": ask.slack.now(), "created_by": ask.token.user})
    said = f"<@{ask.token.user}> pinned a message to this channel."
    note = Message(channel.id, ask.slack.ts(), ask.token.user, HARBOR.id, said, subtype="pinned_item")
    ask.slack.add_message(note)
    ask.slack.touch("channel", {"channel": channel.id})
    return {}


def _remove(ask: Ask) -> JSON:
    channel = joined(ask.slack, ask.args.required("channel"))
    pin = next((one for one in channel.pins if one["ts"] == ask.args.required("timestamp")), None)
    if pin is None:
        raise Refused("no_pin")
    channel.pins.remove(pin)
    ask.slack.touch("channel", {"channel": channel.id})
    return {}


def _list(ask: Ask) -> JSON:
    channel = joined(ask.slack, ask.args.required("channel"))
    items = [
        {
            "type": "message",
            "channel": channel.id,
            "created": pin["created"],
            "created_by": pin["created_by"],
            "message": shapes.message(ask.slack, message, thread=False),
        }
        for pin in reversed(channel.pins)
        if (message := channel.message(pin["ts"]))
    ]
    return {"items": items}


METHODS = (
    Method("pins.add", _add, Tier.TWO, ("pins:write",)),
    Method("pins.remove", _remove, Tier.TWO, ("pins:write",)),
    Method("pins.list", _list, Tier.TWO, ("pins:read",)),
)
