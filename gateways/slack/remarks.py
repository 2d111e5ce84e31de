"""What people write in threads: as events tell it, and as reading a thread tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.conversation import Origin, Seen, Shared

JSON = dict[str, Any]
Read = Callable[[str, JSON], JSON]

PAGE = 200
LARGEST_PAGE = 999
# What people write; other subtypes say that somebody joined, renamed a channel and the like.
_WRITTEN = {None, "file_share", "thread_broadcast", "me_message"}
_UNSEEN = {"tombstone", "hidden_by_limit"}


@dataclass(frozen=True, slots=True)
class ThreadRead:
    """A thread: what people wrote in it, and the ts of what the bot wrote."""

    said: tuple[Seen, ...]
    ours: frozenset[str]


@dataclass(frozen=True, slots=True)
class Activity:
    """A page of a channel: of each message with replies the ts, the last reply's ts, and how many there are.

    `oldest` is the ts of the last message of the page; `cursor` that of the next page, empty on the last.
    """

    threads: tuple[tuple[str, str, int], ...]
    oldest: str
    cursor: str


def seen_from(raw: Mapping[str, Any]) -> Seen | None:
    """Parse a message that a person wrote; None where it is an app's, or no message of a person's."""
    if not raw.get("user") or "bot_id" in raw or raw.get("subtype") not in _WRITTEN:
        return None
    ts = str(raw["ts"])
    edited = str((raw.get("edited") or {}).get("ts") or ts)
    return Seen(
        origin=Origin.SLACK,
        id=ts,
        said_at=datetime.fromtimestamp(float(ts), UTC),
        stamp=max(ts, edited),
        author=raw["user"],
        text=raw.get("text") or "",
        files=tuple(
            Shared(file["id"], file.get("name") or file.get("title") or file["id"])
            for file in raw.get("files") or ()
            if "id" in file and file.get("mode") not in _UNSEEN
        ),
    )


def read_thread(read: Read, bot_id: str, channel: str, ts: str) -> ThreadRead:
    """Read a thread to its end."""
    query: JSON = {"channel": channel, "ts": ts, "limit": PAGE}
    said: list[Seen] = []
    ours: set[str] = set()
    while True:
        page = read("conversations.replies", query)
        replies = [each for each in page["messages"] if str(each["ts"]) != ts]
        said += filter(None, map(seen_from, replies))
        ours |= {str(each["ts"]) for each in replies if each.get("bot_id") == bot_id}
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return ThreadRead(tuple(said), frozenset(ours))
        query = {**query, "cursor": cursor}


def read_activity(read: Read, channel: str, cursor: str) -> Activity:
    """Read a page of a channel's history."""
    query: JSON = {"channel": channel, "limit": LARGEST_PAGE, **({"cursor": cursor} if cursor else {})}
    page = read("conversations.history", query)
    found = page["messages"]
    threads = tuple(
        (str(each["ts"]), str(each.get("latest_reply") or ""), int(each["reply_count"]))
        for each in found
        if each.get("reply_count")
    )
    oldest = str(found[-1]["ts"]) if found else ""
    return Activity(threads, oldest, (page.get("response_metadata") or {}).get("next_cursor") or "")
