"""Reading a project's issues in the order in which they changed, so that a copy of them can be kept.

Times are those Jira itself gave its issues: neither our clock nor the zone of our account plays a part. A
page that begins at the time the last one ended with misses nothing, whatever changes meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateways.jira.connection import Connection
from gateways.jira.errors import Call
from gateways.jira.issues import moment

CHANGES = Call("GET search")
READ = "summary,description,status,labels,updated"
PAGE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """An issue as a search tells it. `id` stays when it is moved and its key changes; `updated` is aware UTC.

    `category` is its status's: new, indeterminate or done.
    """

    id: str
    key: str
    summary: str
    description: str
    status: str
    category: str
    labels: tuple[str, ...]
    updated: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Some issues, and where the next page of the same search begins; None after the last one."""

    issues: tuple[Told, ...]
    after: str | None


def ask_changes(
    jira: Connection, project: str, *, since: datetime | None, only_open: bool, after: str | None
) -> Page:
    """Return a page of a project's issues that changed at *since* or later, those that changed first first.

    All of them where it is None. *after* comes from the page before it of the same search.
    """
    clauses = [f'project = "{project}"']
    if only_open:
        clauses.append("statusCategory != Done")
    if since is not None:
        clauses.append(f"updated >= {int(since.timestamp() * 1000)}")  # unquoted: milliseconds, in no zone
    return _search(jira, " AND ".join(clauses) + " ORDER BY updated ASC", READ, PAGE, after)


def ask_last_change(jira: Connection, project: str) -> datetime | None:
    """Return when any issue of a project changed last; None where it has no issue."""
    page = _search(jira, f'project = "{project}" ORDER BY updated DESC', READ, 1, None)
    return page.issues[0].updated if page.issues else None


def _search(jira: Connection, jql: str, fields: str, length: int, after: str | None) -> Page:
    """Ask Cloud, whose pages follow each other by tokens, or Data Center, whose pages are numbered."""
    query = {"jql": jql, "fields": fields, "maxResults": length}
    if jira.is_cloud():
        token = {"nextPageToken": after} if after else {}
        answer = jira.send(CHANGES, "GET", "search/jql", **query, **token)
        following = answer.get("nextPageToken")
    else:
        answer = jira.send(CHANGES, "GET", "search", **query, startAt=after or 0)
        end = answer["startAt"] + len(answer["issues"])
        following = str(end) if answer["issues"] and end < answer["total"] else None
    return Page(tuple(_told(raw) for raw in answer["issues"]), following)


def _told(raw: Mapping[str, Any]) -> Told:
    fields = raw["fields"]
    return Told(
        id=str(raw["id"]),
        key=raw["key"],
        summary=fields["summary"],
        description=fields.get("description") or "",
        status=fields["status"]["name"],
        category=fields["status"]["statusCategory"]["key"],
        labels=tuple(fields.get("labels") or ()),
        updated=moment(fields["updated"]),
    )
