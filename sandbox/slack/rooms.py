"""Which conversation a call means, and what the app may do in it."""

from sandbox.cast import APP
from sandbox.slack.arguments import Refused
from sandbox.slack.model import Channel
from sandbox.slack.state import Slack
from sandbox.slack.web import Ask


def visible(slack: Slack, channel_id: str) -> Channel:
    """Return the conversation with this id; Refused when there is none that the app may know of."""
    channel = slack.channels.get(channel_id)
    if channel is None or (channel.private and APP.bot_user not in channel.members):
        raise Refused("channel_not_found")
    return channel


def joined(slack: Slack, channel_id: str) -> Channel:
    """Return the conversation with this id; Refused when the app is not in it."""
    channel = visible(slack, channel_id)
    if APP.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def readable(ask: Ask, channel_id: str) -> Channel:
    """Return a conversation whose messages the app may read, by membership and the scope for its kind."""
    channel = visible(ask.slack, channel_id)
    ask.need(f"{channel.scope_kind}:history")
    return joined(ask.slack, channel_id)


def writable(ask: Ask, channel_id: str) -> Channel:
    """Return a conversation the app may post in; a person's id means the DM with them."""
    slack = ask.slack
    if channel_id in slack.people:
        if not slack.meets_app(channel_id) or slack.people[channel_id].deactivated:
            raise Refused("channel_not_found")
        return slack.direct(channel_id)
    by_name = next((one.id for one in slack.channels.values() if f"#{one.name}" == channel_id), channel_id)
    channel = visible(slack, by_name)
    if channel.archived:
        raise Refused("is_archived")
    if APP.bot_user not in channel.members and "chat:write.public" not in ask.token.scopes:
        raise Refused("not_in_channel")
    return channel
