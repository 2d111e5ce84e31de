"""Reading a project's issues in the order in which they changed, so that a copy of them can be kept.

Times are those Jira itself gave its issues: neither our clock nor the zone of our account plays a part. A
page that begins at the time the last one ended with misses nothing, whatever changes meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.tracking import IssueFacts, Version
from gateways.jira.connection import Connection
from gateways.jira.errors import Call
from gateways.jira.issues import moment
from gateways.jira.people import account_from
from gateways.jira.steps import original_of

CHANGES = Call("GET search")
READ = "summary,description,status,labels,updated,assignee,priority,resolution,fixVersions,issuelinks"
PAGE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """An issue as a search tells it: what it says, and how it stands."""

    summary: str
    description: str
    labels: tuple[str, ...]
    facts: IssueFacts

    @property
    def id(self) -> str:
        """Jira's own id, which stays when the issue is moved and its key changes."""
        return self.facts.id

    @property
    def key(self) -> str:
        """The issue key."""
        return self.facts.key

    @property
    def updated(self) -> datetime:
        """When it last changed, aware UTC, by Jira's clock."""
        return self.facts.updated


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
    cloud = jira.is_cloud()
    return Page(tuple(told_from(raw, cloud=cloud) for raw in answer["issues"]), following)


def told_from(raw: Mapping[str, Any], *, cloud: bool) -> Told:
    """Parse an issue asked for with the fields in READ."""
    fields = raw["fields"]
    assignee = account_from(fields["assignee"], cloud=cloud) if fields.get("assignee") else None
    facts = IssueFacts(
        id=str(raw["id"]),
        key=raw["key"],
        status=fields["status"]["name"],
        category=fields["status"]["statusCategory"]["key"],
        updated=moment(fields["updated"]),
        assignee=assignee.name or assignee.id if assignee else None,
        assignee_id=assignee.id if assignee else None,
        priority=(fields.get("priority") or {}).get("name"),
        resolution=(fields.get("resolution") or {}).get("name"),
        versions=tuple(map(version_from, fields.get("fixVersions") or ())),
        original=original_of(raw),
    )
    return Told(
        summary=fields["summary"],
        description=fields.get("description") or "",
        labels=tuple(fields.get("labels") or ()),
        facts=facts,
    )


def version_from(raw: Mapping[str, Any]) -> Version:
    """Parse a version of a project; Jira gives its day of release without a zone."""
    day = raw.get("releaseDate")
    return Version(raw["name"], bool(raw.get("released")), date.fromisoformat(day) if day else None)
