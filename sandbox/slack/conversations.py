"""conversations.* and users.conversations: where people talk, who is there, and what was said."""

from sandbox.cast import APP
from sandbox.slack import shapes
from sandbox.slack.arguments import Arguments, Refused
from sandbox.slack.installed import Kind
from sandbox.slack.membership import join
from sandbox.slack.model import JSON, Channel, Message
from sandbox.slack.pacing import Tier
from sandbox.slack.pages import page
from sandbox.slack.rooms import joined, readable, visible
from sandbox.slack.web import Ask, Method

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def _shown(channel: Channel, *, count: bool = False) -> JSON:
    return shapes.channel(channel, member=APP.bot_user in channel.members, count=count)


def _info(ask: Ask) -> JSON:
    channel = visible(ask.slack, ask.args.required("channel"))
    ask.need(f"{channel.scope_kind}:read")
    return {"channel": _shown(channel, count=ask.args.flag("include_num_members"))}


def _history(ask: Ask) -> JSON:
    channel = readable(ask, ask.args.required("channel"))
    top = [one for one in channel.messages if one.only_for is None and (not one.is_reply or one.broadcast)]
    found = [one for one in reversed(top) if _within(ask.args, one.ts)]
    return _messages(ask, found, {"pin_count": len(channel.pins)})


def _replies(ask: Ask) -> JSON:
    channel = readable(ask, ask.args.required("channel"))
    named = channel.message(ask.args.required("ts"))
    if named is None:
        raise Refused("thread_not_found")
    parent = channel.message(named.thread_ts) if named.thread_ts else named
    if parent is None:
        return _messages(ask, [named], {})
    found = [one for one in channel.replies(parent.ts) if _within(ask.args, one.ts)]
    return _messages(ask, [parent, *found], {})


def _messages(ask: Ask, found: list[Message], more: JSON) -> JSON:
    some, cursor = page(ask.args, found, 100, 999)
    metadata = ask.args.flag("include_all_metadata")
    shown = [shapes.message(ask.slack, one, metadata=metadata) for one in some]
    tail = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"messages": shown, "has_more": bool(cursor), **more, **tail}


def _within(args: Arguments, ts: str) -> bool:
    """Tell whether *ts* lies between `oldest` and `latest`; the ends count only when `inclusive`."""
    oldest, latest = _time(args, "oldest", "0"), _time(args, "latest", "99999999999")
    at = _micros(ts)
    if args.flag("inclusive"):
        return oldest <= at <= latest
    return oldest < at < latest


def _time(args: Arguments, name: str, default: str) -> int:
    try:
        return _micros(args.text(name) or default)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _micros(ts: str) -> int:
    seconds, _, micros = ts.partition(".")
    return int(seconds) * 1_000_000 + int((micros or "0").ljust(6, "0")[:6])


def _list(ask: Ask) -> JSON:
    return _channels(ask, list(ask.slack.channels.values()))


def _of_user(ask: Ask) -> JSON:
    user = ask.args.text("user") or APP.bot_user
    answer = _channels(ask, [one for one in ask.slack.channels.values() if user in one.members])
    for shown in answer["channels"]:
        shown.pop("is_member", None)  # Slack leaves it out here
    return answer


def _channels(ask: Ask, candidates: list[Channel]) -> JSON:
    asked = ask.args.text("types") or "public_channel"
    kinds = set()
    for name in asked.split(","):
        if name.strip() not in _TYPES:
            raise Refused("invalid_types")
        kinds.add(_TYPES[name.strip()])
    for kind in sorted(kinds):
        ask.need(f"{kind}s:read" if kind in ("channel", "group") else f"{kind}:read")
    found = [
        one
        for one in candidates
        if one.kind in kinds
        and (not one.private or APP.bot_user in one.members)
        and not (one.archived and ask.args.flag("exclude_archived"))
    ]
    some, cursor = page(ask.args, found, 100)
    return {
        "channels": [_shown(one) for one in some],
        "response_metadata": {"next_cursor": cursor},
    }


def _members(ask: Ask) -> JSON:
    channel = visible(ask.slack, ask.args.required("channel"))
    ask.need(f"{channel.scope_kind}:read")
    some, cursor = page(ask.args, channel.members, 100)
    return {"members": some, "response_metadata": {"next_cursor": cursor}}


def _open(ask: Ask) -> JSON:
    if ask.args.has("channel"):
        channel = visible(ask.slack, ask.args.text("channel"))
    else:
        users = ask.args.ids("users")
        if len(users) != 1:
            raise Refused("not_enough_users" if not users else "method_not_supported_for_channel_type")
        person = ask.slack.person(users[0])
        if person is None or not ask.slack.meets_app(person.id):
            raise Refused("user_not_found")
        if person.deactivated:
            raise Refused("user_disabled")
        channel = ask.slack.direct(person.id)
    if not ask.args.flag("return_im"):
        return {"channel": {"id": channel.id}}
    shown = _shown(channel)
    shown.pop("is_user_deleted", None)
    return {"channel": shown}


def _join(ask: Ask) -> JSON:
    channel = visible(ask.slack, ask.args.required("channel"))
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    join(ask.slack, channel, APP.bot_user)
    return {"channel": _shown(channel)}


def _invite(ask: Ask) -> JSON:
    channel = joined(ask.slack, ask.args.required("channel"))
    users = ask.args.ids("users")
    if not users or any(user not in ask.slack.people for user in users):
        raise Refused("user_not_found" if users else "no_user")
    if already := [user for user in users if user in channel.members]:
        raise Refused(
            "already_in_channel", errors=[{"user": already[0], "ok": False, "error": "already_in_channel"}]
        )
    for user in users:
        join(ask.slack, channel, user, inviter=APP.bot_user)
    return {"channel": _shown(channel)}


def _create(ask: Ask) -> JSON:
    name = ask.args.text("name")
    if not name:
        raise Refused("invalid_name_required")
    if name != name.lower() or " " in name or len(name) > 80:
        raise Refused("invalid_name_specials")
    if any(one.name == name for one in ask.slack.channels.values()):
        raise Refused("name_taken")
    private = ask.args.flag("is_private")
    channel = Channel(
        ask.slack.new_id("C"), name, [APP.bot_user], ask.slack.now(), private=private, creator=APP.bot_user
    )
    ask.slack.channels[channel.id] = channel
    ask.slack.touch("channel", {"channel": channel.id})
    return {"channel": _shown(channel)}


_MANAGE = ("channels:manage", "groups:write")
_BOT = (Kind.BOT,)
METHODS = (
    Method("conversations.info", _info, Tier.THREE, READ),
    Method("conversations.history", _history, Tier.THREE, HISTORY),
    Method("conversations.replies", _replies, Tier.THREE, HISTORY),
    Method("conversations.list", _list, Tier.TWO, READ),
    Method("users.conversations", _of_user, Tier.THREE, READ),
    Method("conversations.members", _members, Tier.FOUR, READ),
    Method("conversations.open", _open, Tier.THREE, ("im:write", "mpim:write")),
    Method("conversations.join", _join, Tier.THREE, ("channels:join",), _BOT),
    Method("conversations.invite", _invite, Tier.THREE, _MANAGE, _BOT),
    Method("conversations.create", _create, Tier.TWO, _MANAGE, _BOT),
)
