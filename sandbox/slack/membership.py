"""Joining and leaving, and sharing a channel with another company: what changes, and what the app is told."""

from sandbox.cast import APP, HARBOR
from sandbox.slack.model import Channel, Message
from sandbox.slack.state import Slack


def join(slack: Slack, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Put *user* into *channel*; nothing happens to those who are in it already."""
    if user in channel.members:
        return
    channel.members.append(user)
    slack.add_message(
        Message(
            channel.id,
            slack.ts(),
            user,
            HARBOR.id,
            f"<@{user}> has joined the channel",
            subtype="channel_join",
        )
    )
    _tell(slack, channel, "member_joined_channel", user, inviter)


def leave(slack: Slack, channel: Channel, user: str) -> None:
    """Take *user* out of *channel*; nothing happens to those who are not in it."""
    if user not in channel.members:
        return
    _tell(slack, channel, "member_left_channel", user, None)
    channel.members.remove(user)
    slack.touch("channel", {"channel": channel.id})


def _tell(slack: Slack, channel: Channel, name: str, user: str, inviter: str | None) -> None:
    if APP.bot_user not in channel.members:
        return
    event = {
        "type": name,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": HARBOR.id,
        "event_ts": slack.ts(),
        **({"inviter": inviter} if inviter else {}),
    }
    slack.events.emit(name, event, shared=bool(channel.shared_with))


def share(slack: Slack, channel: Channel, team: str, members: list[str]) -> None:
    """Share *channel* with the company *team* and put its people *members* in."""
    channel.shared_with.add(team)
    channel.members += [user for user in members if user not in channel.members]
    slack.touch("channel", {"channel": channel.id})
    event = {
        "type": "channel_shared",
        "connected_team_id": team,
        "channel": channel.id,
        "event_ts": slack.ts(),
    }
    slack.events.emit("channel_shared", event, shared=True)


def unshare(slack: Slack, channel: Channel, team: str) -> None:
    """End sharing *channel* with *team*: its people are out."""
    channel.shared_with.discard(team)
    ours = [user for user in channel.members if user == APP.bot_user or slack.people[user].team != team]
    channel.members[:] = ours
    slack.touch("channel", {"channel": channel.id})
    event = {
        "type": "channel_unshared",
        "previously_connected_team_id": team,
        "channel": channel.id,
        "is_ext_shared": bool(channel.shared_with),
        "event_ts": slack.ts(),
    }
    slack.events.emit("channel_unshared", event, shared=bool(channel.shared_with))


def change_id(slack: Slack, channel: Channel, new_id: str) -> None:
    """Give *channel* another id, as Slack does when a private channel becomes shared; the old id is gone."""
    old = channel.id
    del slack.channels[old]
    channel.id = new_id
    slack.channels[new_id] = channel
    for message in channel.messages:
        message.channel = new_id
    for stored in slack.files.values():
        stored.channels = [new_id if one == old else one for one in stored.channels]
    slack.touch("channel", {"channel": new_id, "was": old})
    event = {
        "type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new_id, "event_ts": slack.ts(),
    }  # fmt: skip
    slack.events.emit("channel_id_changed", event, shared=bool(channel.shared_with))


def rename(slack: Slack, channel: Channel, name: str) -> None:
    """Give *channel* another name; its id, which apps go by, stays."""
    channel.name = name
    slack.touch("channel", {"channel": channel.id})
    about = {
        "id": channel.id, "is_channel": not channel.private, "is_mpim": False, "name": name,
        "name_normalized": name, "created": channel.created,
    }  # fmt: skip
    event = {"type": "channel_rename", "channel": about, "event_ts": slack.ts()}
    slack.events.emit("channel_rename", event, shared=bool(channel.shared_with))
