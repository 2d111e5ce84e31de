"""Finding again what an earlier try may have left in Jira, when the answer to it was lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.effects import Doubt, Unsure
from domain.files import is_variant
from gateways.jira.connection import Connection
from gateways.jira.errors import Call
from gateways.jira.issues import moment

SEARCH = Call("GET search")
COMMENTS = Call("GET issue/comment")
PROPERTIES = Call("GET comment/properties")
ATTACHMENTS = Call("GET issue")

# Jira's search lags behind by seconds to minutes: until then "not found" does not mean "not there".
INDEX_DELAY = timedelta(minutes=10)
SOONEST, LATEST = timedelta(seconds=3), timedelta(seconds=60)
# Jira's clock and ours differ a little.
BEFORE = timedelta(seconds=60)
PAGE = 100


def find_issue(jira: Connection, label: str, doubt: Doubt) -> str | None:
    """Return the key of the issue with the unique *label*, or None when it is certain that there is none.

    Unsure, with the time to ask again, while Jira's search may not show it yet.
    """
    query = f'labels = "{label}" ORDER BY created ASC'
    found = jira.call(
        SEARCH, lambda library: library.search_issues(query, maxResults=1, fields="summary", json_result=True)
    )
    if found["issues"]:
        return str(found["issues"][0]["key"])
    if doubt.age < INDEX_DELAY:
        again = min(max(doubt.age / 2, SOONEST), LATEST)
        raise Unsure("Jira's search does not show the issue (yet)", ask_again=again)
    return None


def property_of(marker: str) -> str:
    """Return the key of the comment property that carries an opaque *marker*; keys can be listed."""
    return f"bugle.{marker}"


def find_comment(jira: Connection, key: str, marker: str, since: datetime) -> str | None:
    """Return the id of the issue's comment with *marker* made after *since* (real time, aware), or None."""
    for raw in newest_comments(jira, key):
        if moment(raw["created"]) < since - BEFORE:
            return None
        listed = jira.send(PROPERTIES, "GET", f"comment/{raw['id']}/properties")
        if any(one["key"] == property_of(marker) for one in listed["keys"]):
            return str(raw["id"])
    return None


def newest_comments(jira: Connection, key: str, length: int = PAGE, **query: str) -> Iterator[dict[str, Any]]:
    """Yield an issue's comments as Jira tells them, the newest first, page by page."""
    start = 0
    while True:
        page = jira.send(
            COMMENTS,
            "GET",
            f"issue/{key}/comment",
            orderBy="-created",
            startAt=start,
            maxResults=length,
            **query,
        )
        yield from page["comments"]
        start += len(page["comments"])
        if not page["comments"] or start >= page["total"]:
            return


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on an issue; `size` is in bytes, `created` aware UTC by Jira's clock."""

    id: str
    name: str
    size: int
    created: datetime


def attachments(jira: Connection, key: str) -> tuple[Attachment, ...]:
    """Return the files on an issue, in Jira's order."""
    raw = jira.call(ATTACHMENTS, lambda library: library.issue(key, fields="attachment").raw)
    return tuple(
        Attachment(str(one["id"]), one["filename"], int(one["size"]), moment(one["created"]))
        for one in raw["fields"].get("attachment") or ()
    )


def find_attachment(there: Iterable[Attachment], name: str, size: int, since: datetime) -> str | None:
    """Return the id of the file that a try since then (real time, aware) left under *name*, or None.

    It may bear a number behind its name, where another had that name already.
    """
    for one in there:
        if is_variant(one.name, of=name) and one.size == size and one.created >= since - BEFORE:
            return one.id
    return None
