"""Finding a post of ours again when the answer to it was lost.

Slack has no idempotency key; a message's metadata is the one thing of ours that comes back with history.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

EVENT_TYPE = "bugle_effect"
PAGE = 200
# Slack's clock and ours differ a little.
BEFORE = timedelta(seconds=60)

JSON = dict[str, Any]
Read = Callable[[str, JSON], JSON]


def metadata(key: str) -> JSON:
    """Return the metadata a post carries; everybody in the channel can read it, so *key* must be opaque."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def find_post(
    read: Read, bot_id: str, channel: str, key: str, *, since: datetime, thread: str | None
) -> str | None:
    """Return the ts of the bot's message with *key* posted after *since* (real time, aware), or None.

    *read* calls a Web API method with a query; *thread* is looked through instead of the channel's top.
    """
    for message in _messages(read, channel, since - BEFORE, thread):
        carried = message.get("metadata") or {}
        ours = message.get("bot_id") == bot_id and carried.get("event_type") == EVENT_TYPE
        if ours and carried.get("event_payload", {}).get("key") == key:
            return str(message["ts"])
    return None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a channel's history, or of a thread: the ts of what the bot wrote and of what has replies.

    `cursor` is that of the next page, empty on the last.
    """

    ours: tuple[str, ...]
    threads: tuple[str, ...]
    cursor: str


def read_page(read: Read, bot_id: str, channel: str, *, thread: str | None, cursor: str) -> Page:
    """Return a page of a channel, or of a thread in it."""
    method = "conversations.replies" if thread else "conversations.history"
    query: JSON = {"channel": channel, "limit": PAGE}
    query |= {"ts": thread} if thread else {}
    query |= {"cursor": cursor} if cursor else {}
    answer = read(method, query)
    said = answer["messages"]
    ours = tuple(str(each["ts"]) for each in said if each.get("bot_id") == bot_id)
    threads = () if thread else tuple(str(each["ts"]) for each in said if each.get("reply_count"))
    return Page(ours, threads, (answer.get("response_metadata") or {}).get("next_cursor") or "")


def _messages(read: Read, channel: str, oldest: datetime, thread: str | None) -> Iterator[JSON]:
    """Read all pages from *oldest* on."""
    method = "conversations.replies" if thread else "conversations.history"
    query: JSON = {"channel": channel, "oldest": f"{oldest.timestamp():.6f}", "limit": PAGE}
    query |= {"include_all_metadata": True, **({"ts": thread} if thread else {})}
    while True:
        page = read(method, query)
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        query = {**query, "cursor": cursor}
