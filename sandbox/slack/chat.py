"""chat.*: posting, editing and deleting messages of the app, ephemerals and permalinks."""

from sandbox.cast import APP, HARBOR
from sandbox.slack import shapes
from sandbox.slack.arguments import Refused
from sandbox.slack.content import Content, content_of, metadata_of
from sandbox.slack.model import JSON, Channel, Message
from sandbox.slack.notices import tell_changed, tell_deleted, tell_posted
from sandbox.slack.pacing import Tier
from sandbox.slack.rooms import visible, writable
from sandbox.slack.web import Ask, Method, TooOften


def app_message(ask: Ask, place: Channel, content: Content) -> Message:
    """Return a message by the app for *place*, in the thread that the call names."""
    return Message(
        channel=place.id, ts=ask.slack.ts(), user=APP.bot_user, team=HARBOR.id, text=content.text,
        blocks=content.blocks, attachments=content.attachments, by_app=True,
        thread_ts=_thread(ask, place),
    )  # fmt: skip


def _thread(ask: Ask, place: Channel) -> str | None:
    """Return the thread a call answers in; Slack takes a reply for its parent, and refuses an unknown ts."""
    ts = ask.args.text("thread_ts")
    if not ts:
        return None
    parent = place.message(ts)
    if parent is None:
        raise Refused("thread_not_found")
    return parent.thread_ts or parent.ts


def pace(ask: Ask, place: Channel) -> None:
    """Let a message into *place* only as often as Slack does."""
    if ask.slack.app.limits and (seconds := ask.slack.pacer.post(place.id)):
        raise TooOften(seconds)


def _post_message(ask: Ask) -> JSON:
    place = writable(ask, ask.args.required("channel"))
    content = content_of(ask.args, new_blocks=ask.slack.app.new_blocks)
    metadata = metadata_of(ask.args)
    message = app_message(ask, place, content)
    pace(ask, place)
    message.metadata = metadata
    message.broadcast = bool(message.thread_ts) and ask.args.flag("reply_broadcast")
    ask.slack.add_message(message)
    tell_posted(ask.slack, message)
    shown = shapes.message(ask.slack, message, metadata=True, thread=False)
    return {"channel": place.id, "ts": message.ts, "message": shown}


def _post_ephemeral(ask: Ask) -> JSON:
    place = writable(ask, ask.args.required("channel"))
    reader = ask.args.required("user")
    content = content_of(ask.args, new_blocks=ask.slack.app.new_blocks)
    if reader not in place.members:
        raise Refused("user_not_in_channel")
    message = app_message(ask, place, content)
    message.only_for = reader
    ask.slack.add_message(message)
    return {"message_ts": message.ts}


def _own(ask: Ask, refusal: str) -> Message:
    """Return the message a call names; Refused when it is not there or (*refusal*) not the app's."""
    place = visible(ask.slack, ask.args.required("channel"))
    message = place.message(ask.args.required("ts"))
    if message is None:
        raise Refused("message_not_found")
    if not message.by_app:
        raise Refused(refusal)
    return message


def _update(ask: Ask) -> JSON:
    message = _own(ask, "cant_update_message")
    if ask.slack.channels[message.channel].archived:
        raise Refused("is_inactive")
    content = content_of(ask.args, new_blocks=ask.slack.app.new_blocks)
    metadata = metadata_of(ask.args)
    before = shapes.message(ask.slack, message)
    message.text = content.text
    # Blocks that the call leaves out go with the text they belonged to; metadata stays unless it is given.
    message.blocks, message.attachments = content.blocks, content.attachments
    message.metadata = metadata if ask.args.has("metadata") else message.metadata
    message.edited = {"user": APP.bot_id, "ts": ask.slack.ts()}
    ask.slack.show_message(message)
    tell_changed(ask.slack, message, before)
    shown = shapes.message(ask.slack, message, metadata=True, thread=False)
    del shown["ts"]
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def _delete(ask: Ask) -> JSON:
    message = _own(ask, "cant_delete_message")
    remove(ask, message)
    return {"channel": message.channel, "ts": message.ts}


def remove(ask: Ask, message: Message) -> None:
    """Take a message away and tell of it."""
    before = shapes.message(ask.slack, message)
    ask.slack.channels[message.channel].messages.remove(message)
    ask.slack.show_message(message)
    tell_deleted(ask.slack, message, before)


def _permalink(ask: Ask) -> JSON:
    place = visible(ask.slack, ask.args.required("channel"))
    message = place.message(ask.args.required("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    return {"channel": place.id, "permalink": shapes.permalink(ask.slack, message)}


_WRITE = ("chat:write",)
METHODS = (
    Method("chat.postMessage", _post_message, Tier.FREE, _WRITE),
    Method("chat.postEphemeral", _post_ephemeral, Tier.FOUR, _WRITE),
    Method("chat.update", _update, Tier.THREE, _WRITE),
    Method("chat.delete", _delete, Tier.THREE, _WRITE),
    Method("chat.getPermalink", _permalink, Tier.FREE),
)
