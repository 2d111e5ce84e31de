"""The things a workspace holds: channels, messages, files and user groups as they are now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.cast import Group, Room

JSON = dict[str, Any]


@dataclass
class Message:
    """One message; `ts` is its identity within its channel, `only_for` names the reader of an ephemeral."""

    channel: str
    ts: str
    user: str
    team: str
    text: str
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    edited: JSON | None = None
    metadata: JSON | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    client_msg_id: str | None = None
    by_app: bool = False
    broadcast: bool = False
    only_for: str | None = None

    @property
    def is_reply(self) -> bool:
        """Tell whether the message is inside a thread, not at its top."""
        return self.thread_ts is not None and self.thread_ts != self.ts


class Messages:
    """The messages of one conversation in the order they came, found by ts and by thread."""

    def __init__(self) -> None:
        self._by_ts: dict[str, Message] = {}
        self._replies: dict[str, list[Message]] = {}

    def __iter__(self) -> Iterator[Message]:
        return iter(tuple(self._by_ts.values()))

    def add(self, message: Message) -> None:
        """Put a new message at the end."""
        self._by_ts[message.ts] = message
        if message.thread_ts and message.is_reply and message.only_for is None:
            self._replies.setdefault(message.thread_ts, []).append(message)

    def remove(self, message: Message) -> None:
        """Take a message away."""
        del self._by_ts[message.ts]
        if message in (replies := self._replies.get(message.thread_ts or "", [])):
            replies.remove(message)

    def find(self, ts: str | None) -> Message | None:
        """Return the message at *ts*, ephemerals too."""
        return self._by_ts.get(ts or "")

    def replies(self, ts: str) -> list[Message]:
        """Return the replies that everybody sees in the thread of *ts*, oldest first."""
        return list(self._replies.get(ts, ()))

    def latest(self) -> str | None:
        """Return the ts of the newest message."""
        return next(reversed(self._by_ts), None)


@dataclass
class Channel:
    """A conversation: a channel, or a DM when `peer` is set; `shared_with` names other companies in it."""

    id: str
    name: str
    members: list[str]
    created: int
    topic: str = ""
    private: bool = False
    shared_with: set[str] = field(default_factory=set)
    archived: bool = False
    peer: str | None = None
    creator: str = "U0IRIS"
    messages: Messages = field(default_factory=Messages)
    pins: list[JSON] = field(default_factory=list)
    bookmarks: list[JSON] = field(default_factory=list)

    @classmethod
    def of(cls, room: Room, created: int) -> "Channel":
        """Return the channel a *room* of the cast starts as; `created` in epoch seconds."""
        shared = {room.shared_with} if room.shared_with else set()
        return cls(room.id, room.name, list(room.members), created, room.topic, room.private, shared)

    @property
    def kind(self) -> str:
        """Return what scopes and events call it: channel, group (private) or im."""
        if self.peer:
            return "im"
        return "group" if self.private else "channel"

    @property
    def scope_kind(self) -> str:
        """Return how scopes call it: channels, groups or im."""
        return self.kind if self.peer else f"{self.kind}s"

    def message(self, ts: str) -> Message | None:
        """Return the message that everybody sees at *ts*."""
        found = self.messages.find(ts)
        return found if found and found.only_for is None else None

    def replies(self, ts: str) -> list[Message]:
        """Return the replies in the thread of *ts*, oldest first."""
        return self.messages.replies(ts)


@dataclass
class UserGroup:
    """A user group; `disabled_at` is epoch seconds, 0 while it is enabled."""

    id: str
    handle: str
    name: str
    members: list[str]
    updated: int
    description: str = ""
    disabled_at: int = 0

    @classmethod
    def of(cls, group: Group, updated: int) -> "UserGroup":
        """Return the user group a *group* of the cast starts as."""
        return cls(group.id, group.handle, group.name, list(group.members), updated)


@dataclass
class StoredFile:
    """A file; `content` is None until its bytes have been uploaded, `channels` where it has been shared.

    With `external_url` it is kept elsewhere, and Slack has only the link.
    """

    id: str
    name: str
    title: str
    user: str
    team: str
    created: int
    size: int
    mimetype: str
    content: bytes | None = None
    complete: bool = False
    channels: list[str] = field(default_factory=list)
    for_app: bool = False
    external_url: str | None = None
