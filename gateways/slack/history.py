"""Finding a post of ours again when the answer to it was lost.

Slack has no idempotency key; a message's metadata is the one thing of ours that comes back with history.
"""

from collections.abc import Callable, Iterator
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
