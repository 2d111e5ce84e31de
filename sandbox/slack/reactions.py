"""reactions.*: the app's own reactions, and who reacted how."""

from sandbox.slack import shapes
from sandbox.slack.arguments import Refused
from sandbox.slack.model import JSON, Message
from sandbox.slack.pacing import Tier
from sandbox.slack.rooms import joined
from sandbox.slack.web import Ask, Method
from sandbox.slack.writing import react


def _message(ask: Ask) -> Message:
    channel = joined(ask.slack, ask.args.required("channel"))
    message = channel.message(ask.args.required("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    return message


def _name(ask: Ask) -> str:
    name = ask.args.required("name").strip(":")
    if not name or name != name.lower() or " " in name:
        raise Refused("invalid_name")
    return name


def _add(ask: Ask) -> JSON:
    if not react(ask.slack, ask.token.user, _message(ask), _name(ask)):
        raise Refused("already_reacted")
    return {}


def _remove(ask: Ask) -> JSON:
    if not react(ask.slack, ask.token.user, _message(ask), _name(ask), remove=True):
        raise Refused("no_reaction")
    return {}


def _get(ask: Ask) -> JSON:
    message = _message(ask)
    shown = {
        **shapes.message(ask.slack, message, thread=False),
        "permalink": shapes.permalink(ask.slack, message),
    }
    return {"type": "message", "channel": message.channel, "message": shown}


METHODS = (
    Method("reactions.add", _add, Tier.THREE, ("reactions:write",)),
    Method("reactions.remove", _remove, Tier.TWO, ("reactions:write",)),
    Method("reactions.get", _get, Tier.THREE, ("reactions:read",)),
)
