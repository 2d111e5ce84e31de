"""Writing, editing, deleting and reacting: what people say to each other, and what the app hears of it."""

import base64
import binascii
import mimetypes
import uuid

from sandbox.cast import APP, Person
from sandbox.control import ControlError
from sandbox.slack import shapes
from sandbox.slack.model import JSON, Channel, Message, StoredFile
from sandbox.slack.notices import tell_changed, tell_deleted, tell_posted
from sandbox.slack.state import Slack
from sandbox.slack.typing_text import composed

LARGEST_INPUT_FILE = 10 * 1024 * 1024


def write(
    slack: Slack, who: Person, channel: Channel, typed: str, *, thread_ts: str | None = None,
    files: list[JSON] | None = None, broadcast: bool = False,
) -> Message:  # fmt: skip
    """Post what *who* typed, with *files*, into a conversation or one of its threads."""
    if channel.archived:
        raise ControlError("The channel is archived: write elsewhere.")
    if not typed and not files:
        raise ControlError('Give "text" or "files": Slack posts nothing empty.')
    parent = channel.message(thread_ts) if thread_ts else None
    if thread_ts and parent is None:
        raise ControlError(f"There is no message {thread_ts} to answer.", 404)
    text, block = composed(slack, typed)
    message = Message(
        channel.id, slack.ts(), who.id, who.team, text, [block] if typed else [],
        client_msg_id=None if files else str(uuid.uuid4()), broadcast=broadcast,
        thread_ts=(parent.thread_ts or parent.ts) if parent else None,
    )  # fmt: skip
    if files:
        message.files = [store(slack, who, one, channel).id for one in files]
        message.subtype = "file_share"
    slack.add_message(message)
    tell_posted(slack, message)
    return message


def store(slack: Slack, who: Person, given: JSON, channel: Channel | None = None) -> StoredFile:
    """Keep a file that *who* uploads: {"name", and its content or where it is}; shared into *channel*."""
    name = given.get("name")
    if not isinstance(name, str) or not name:
        raise ControlError('Give each file a "name" and "content" or "content_base64".')
    try:
        content = base64.b64decode(given.get("content_base64", ""), validate=True)
    except (binascii.Error, TypeError) as error:
        raise ControlError('"content_base64" is not base64.') from error
    content = content or str(given.get("content", "")).encode()
    stored = StoredFile(
        slack.new_id("F"), name, given.get("title", name), who.id, who.team, slack.now(), len(content),
        mimetypes.guess_type(name)[0] or "application/octet-stream", content, complete=True,
        channels=[channel.id] if channel else [], for_app=channel is None,
        external_url=given.get("external_url"),
    )  # fmt: skip
    slack.files[stored.id] = stored
    return stored


def own(who: Person, message: Message) -> None:
    """Refuse to change what somebody else wrote."""
    if message.user != who.id:
        raise ControlError("People change only what they wrote themselves.", 403)


def edit(slack: Slack, who: Person, message: Message, typed: str) -> None:
    """Replace the text of one's own message."""
    own(who, message)
    before = shapes.message(slack, message)
    message.text, block = composed(slack, typed)
    message.blocks = [block]
    message.edited = {"user": who.id, "ts": slack.ts()}
    slack.show_message(message)
    tell_changed(slack, message, before)


def delete(slack: Slack, who: Person, message: Message) -> None:
    """Delete one's own message."""
    own(who, message)
    before = shapes.message(slack, message)
    slack.channels[message.channel].messages.remove(message)
    slack.show_message(message)
    tell_deleted(slack, message, before)


def react(slack: Slack, user: str, message: Message, name: str, *, remove: bool = False) -> bool:
    """Add or remove a reaction and tell the app; False when nothing changes by it."""
    users = message.reactions.setdefault(name, [])
    if (user in users) is not remove:
        return False
    if remove:
        users.remove(user)
    else:
        users.append(user)
    if not users:
        del message.reactions[name]
    slack.show_message(message)
    channel = slack.channels[message.channel]
    kind = "reaction_removed" if remove else "reaction_added"
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": slack.ts(),
    }
    if APP.bot_user in channel.members:
        slack.events.emit(kind, event, shared=bool(channel.shared_with))
    return True
