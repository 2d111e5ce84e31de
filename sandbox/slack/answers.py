"""What an app answers to a command or through a response URL, shown to those it is for."""

from sandbox.cast import APP, HARBOR
from sandbox.slack import shapes
from sandbox.slack.arguments import Arguments, Refused
from sandbox.slack.content import Content, content_of
from sandbox.slack.model import JSON, Channel, Message
from sandbox.slack.notices import tell_changed, tell_deleted, tell_posted
from sandbox.slack.replies import Reply
from sandbox.slack.state import Slack


def show_answer(slack: Slack, reply: Reply, payload: JSON) -> Message | None:
    """Do what *payload* says; return the message it made or changed. Refused when Slack would not take it."""
    args = Arguments(payload)
    channel = slack.channels.get(reply.channel)
    if channel is None:
        raise Refused("channel_not_found")
    original = _original(channel, reply)
    if args.flag("delete_original"):
        if original is not None:
            _delete(slack, channel, original)
        return None
    content = content_of(args, new_blocks=slack.app.new_blocks)
    if args.flag("replace_original") and original is not None and original.by_app:
        return _replace(slack, original, content)
    return _post(slack, channel, reply, content, args)


def _original(channel: Channel, reply: Reply) -> Message | None:
    return channel.messages.find(reply.message_ts)


def _post(slack: Slack, channel: Channel, reply: Reply, content: Content, args: Arguments) -> Message:
    everybody = args.text("response_type") == "in_channel"
    message = Message(
        channel.id, slack.ts(), APP.bot_user, HARBOR.id, content.text, content.blocks, content.attachments,
        by_app=True, thread_ts=args.text("thread_ts") or reply.thread_ts,
        only_for=None if everybody else reply.user,
    )  # fmt: skip
    slack.add_message(message)
    if everybody:
        tell_posted(slack, message)
    return message


def _replace(slack: Slack, message: Message, content: Content) -> Message:
    before = shapes.message(slack, message)
    message.text, message.blocks, message.attachments = content.text, content.blocks, content.attachments
    slack.show_message(message)
    if message.only_for is None:
        message.edited = {"user": APP.bot_id, "ts": slack.ts()}
        tell_changed(slack, message, before)
    return message


def _delete(slack: Slack, channel: Channel, message: Message) -> None:
    before = shapes.message(slack, message)
    channel.messages.remove(message)
    slack.show_message(message)
    if message.only_for is None:
        tell_deleted(slack, message, before)
