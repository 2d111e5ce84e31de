"""People, channels, messages, files and groups as Slack's API and payloads show them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.cast import APP, HARBOR, Person
from sandbox.slack.model import JSON, Channel, Message, StoredFile, UserGroup

if TYPE_CHECKING:
    from sandbox.slack.state import Slack

WORKSPACE_URL = "https://harbor.slack.example/"


def bot_profile() -> JSON:
    """Return the app as messages of its own name it."""
    return {
        "id": APP.bot_id,
        "app_id": APP.id,
        "user_id": APP.bot_user,
        "name": APP.name,
        "icons": {f"image_{size}": f"{WORKSPACE_URL}bot_{size}.png" for size in (36, 48, 72)},
        "deleted": False,
        "updated": 0,
        "team_id": HARBOR.id,
    }


def bot_user() -> JSON:
    """Return the app's bot user as users.info shows it."""
    names = {"real_name": APP.name, "real_name_normalized": APP.name}
    return {
        "id": APP.bot_user,
        "team_id": HARBOR.id,
        "name": APP.name.lower(),
        "deleted": False,
        "real_name": APP.name,
        "tz": "America/Los_Angeles",
        "tz_label": "Pacific Standard Time",
        "tz_offset": -28800,
        "profile": {
            **names,
            "display_name": "",
            "api_app_id": APP.id,
            "bot_id": APP.bot_id,
            "always_active": True,
            "team": HARBOR.id,
        },
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": True,
        "is_app_user": False,
        "updated": 0,
    }


@dataclass(frozen=True)
class Sight:
    """What the reader of a person may see beside the name."""

    email: bool
    locale: bool = False


def user(person: Person, sight: Sight) -> JSON:
    """Return a person as users.info shows them; people of other companies without e-mail and locale."""
    ours = person.team == HARBOR.id
    profile = {
        "title": person.title,
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.handle,
        "display_name_normalized": person.handle,
        "status_text": "",
        "status_emoji": person.status_emoji,
        "status_expiration": person.status_expiration,
        "team": person.team,
        **({"email": person.email} if ours and sight.email else {}),
    }
    here = datetime.now(UTC).astimezone(ZoneInfo(person.zone))
    shown = {
        "id": person.id,
        "team_id": person.team,
        "name": person.handle,
        "deleted": person.deactivated,
        "real_name": person.name,
        "tz": person.zone,
        "tz_label": here.tzname() or person.zone,
        "tz_offset": int((here.utcoffset() or here - here).total_seconds()),
        "profile": profile,
        "is_admin": person.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
    }
    if not ours:
        return {**shown, "is_stranger": False}
    return {**shown, **({"locale": person.locale} if sight.locale else {})}


def payload_user(person: Person) -> JSON:
    """Return a person as interaction payloads name them."""
    return {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team}


def team() -> JSON:
    """Return the workspace as interaction payloads name it."""
    return {"id": HARBOR.id, "domain": HARBOR.domain}


def channel(one: Channel, *, member: bool, count: bool = False) -> JSON:
    """Return a conversation as conversations.info shows it; *member*: the app is in it."""
    common: JSON = {
        "id": one.id,
        "created": one.created,
        "is_archived": one.archived,
        "is_im": one.kind == "im",
        "is_org_shared": False,
        "context_team_id": HARBOR.id,
        "updated": one.created * 1000,
    }
    if one.peer:
        return {**common, "user": one.peer, "is_user_deleted": False, "priority": 0}
    shared = bool(one.shared_with)
    teams = [HARBOR.id, *sorted(one.shared_with)]
    return {
        **common,
        "name": one.name,
        "is_channel": not one.private,
        "is_group": one.private,
        "is_mpim": False,
        "is_private": one.private,
        "is_general": one.id == "C0GENERAL",
        "unlinked": 0,
        "name_normalized": one.name,
        "is_shared": shared,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "creator": one.creator,
        "is_ext_shared": shared,
        "shared_team_ids": teams,
        "pending_connected_team_ids": [],
        "is_member": member,
        "topic": {"value": one.topic, "creator": one.creator, "last_set": one.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        **({"num_members": len(one.members)} if count else {}),
        **({"conversation_host_id": HARBOR.id, "internal_team_ids": [HARBOR.id]} if shared else {}),
        **({"connected_team_ids": teams} if shared and count else {}),
    }


def message(slack: "Slack", one: Message, *, metadata: bool = False, thread: bool = True) -> JSON:
    """Return a message as history shows it; *thread* adds what a parent tells of its replies."""
    place = slack.channels[one.channel]
    shown: JSON = {"type": "message", "user": one.user, "text": one.text, "ts": one.ts}
    if one.subtype != "file_share":
        shown["team"] = one.team
    if one.by_app:
        shown |= {"bot_id": APP.bot_id, "app_id": APP.id, "bot_profile": bot_profile()}
    if one.files:
        shown |= {"files": [shared_file(slack, id_, place) for id_ in one.files], "upload": False}
    parent = place.message(one.thread_ts) if one.thread_ts and one.is_reply else None
    optional = {
        "subtype": one.subtype,
        "client_msg_id": one.client_msg_id,
        "blocks": one.blocks,
        "attachments": one.attachments,
        "edited": one.edited,
        "reactions": reactions(one),
        "metadata": one.metadata if metadata else None,
        "thread_ts": one.thread_ts,
        "parent_user_id": parent.user if parent else None,
    }
    shown |= {key: value for key, value in optional.items() if value}
    if thread and not one.is_reply and (replies := place.replies(one.ts)):
        shown |= _thread_of(one, replies)
    return shown


def _thread_of(parent: Message, replies: list[Message]) -> JSON:
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": parent.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }


def reactions(one: Message) -> list[JSON]:
    """Return the reactions on a message."""
    return [
        {"name": name, "users": users, "count": len(users)} for name, users in one.reactions.items() if users
    ]


_WHERE_SHARED = ("channels", "groups", "ims")


def shared_file(slack: "Slack", id_: str, place: Channel) -> JSON:
    """Return a file as a message of *place* shows it: files of other companies say nothing but to ask."""
    stored = slack.files[id_]
    if stored.team != HARBOR.id and place.shared_with:
        return {"id": id_, "created": stored.created, "timestamp": stored.created, "mode": "file_access",
                "file_access": "check_file_info", "user": stored.user, "user_team": stored.team}  # fmt: skip
    whole = file(slack, stored)
    return {key: value for key, value in whole.items() if key not in _WHERE_SHARED}


def _slug(name: str) -> str:
    """Return a file's name as Slack puts it into addresses: small ASCII letters, the rest underscores."""
    return re.sub(r"[^a-z0-9_.-]", "_", name.lower())


def file(slack: "Slack", stored: StoredFile) -> JSON:
    """Return a file as files.info shows it."""
    url = stored.external_url or f"{slack.core.base_url}/slack/files/{stored.id}/{_slug(stored.name)}"
    external = stored.external_url is not None
    kind = stored.name.rpartition(".")[2].lower() if "." in stored.name else "binary"
    return {
        "id": stored.id,
        "created": stored.created,
        "timestamp": stored.created,
        "name": stored.name,
        "title": stored.title,
        "mimetype": stored.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": stored.user,
        "user_team": stored.team,
        "editable": False,
        "size": stored.size,
        "mode": "external" if external else "hosted",
        "is_external": external,
        "external_type": "unknown" if external else "",
        "is_public": any(not slack.channels[one].private for one in stored.channels),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": url,
        **({} if external else {"url_private_download": f"{url}?download=1"}),
        "permalink": url,
        "channels": [one for one in stored.channels if slack.channels[one].kind == "channel"],
        "groups": [one for one in stored.channels if slack.channels[one].kind == "group"],
        "ims": [one for one in stored.channels if slack.channels[one].kind == "im"],
        "comments_count": 0,
        "file_access": "visible",
    }


def group(one: UserGroup, *, users: bool) -> JSON:
    """Return a user group; *users* adds who holds it."""
    return {
        "id": one.id,
        "team_id": HARBOR.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": one.name,
        "description": one.description,
        "handle": one.handle,
        "is_external": False,
        "date_create": one.updated,
        "date_update": one.updated,
        "date_delete": one.disabled_at,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": "U0IRIS",
        "updated_by": "U0IRIS",
        "prefs": {"channels": [], "groups": []},
        "user_count": len(one.members),
        "channel_count": 0,
        **({"users": one.members} if users else {}),
    }


def permalink(slack: "Slack", one: Message) -> str:
    """Return the link to a message."""
    link = f"{slack.core.base_url}/slack/archives/{one.channel}/p{one.ts.replace('.', '')}"
    return f"{link}?thread_ts={one.thread_ts}&cid={one.channel}" if one.is_reply else link
