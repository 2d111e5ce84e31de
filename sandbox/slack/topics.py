"""conversations.setTopic: what a channel's header says."""

import re

from sandbox.cast import HARBOR
from sandbox.slack import shapes
from sandbox.slack.arguments import Refused
from sandbox.slack.installed import Kind
from sandbox.slack.model import JSON, Message
from sandbox.slack.pacing import Tier
from sandbox.slack.rooms import joined
from sandbox.slack.web import Ask, Method

LONGEST = 250  # characters
_SCOPES = ("channels:manage", "groups:write", "channels:write.topic", "groups:write.topic")
_BARE = re.compile(r"&(?!amp;|lt;|gt;)")  # text comes escaped as Slack asks; what is not is escaped by it


def _set_topic(ask: Ask) -> JSON:
    channel = joined(ask.slack, ask.args.required("channel"))
    if channel.peer:
        raise Refused("method_not_supported_for_channel_type")
    kind = channel.scope_kind
    ask.need_any("groups:write" if channel.private else "channels:manage", f"{kind}:write.topic")
    if channel.archived:
        raise Refused("is_archived")
    if ask.slack.app.topics_set_by != "everyone" and not ask.is_admins:
        raise Refused("restricted_action")
    topic = _BARE.sub("&amp;", ask.args.text("topic")).replace("<", "&lt;").replace(">", "&gt;")
    if len(topic) > LONGEST:
        raise Refused("too_long")
    channel.topic = topic
    said = f"<@{ask.token.user}> set the channel topic: {topic}"
    note = Message(channel.id, ask.slack.ts(), ask.token.user, HARBOR.id, said, subtype="channel_topic")
    ask.slack.add_message(note)
    ask.slack.touch("channel", {"channel": channel.id})
    return {"channel": shapes.channel(channel, member=True)}


METHODS = (Method("conversations.setTopic", _set_topic, Tier.TWO, _SCOPES, (Kind.BOT,)),)
