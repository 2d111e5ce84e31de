"""Issues: what we ask Jira to make, and what it tells of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from gateways.jira.people import Account, account_from, in_field

# What an issue is told by; the fields of `Issue`.
TOLD = "summary,status,assignee,priority,resolution,updated"
# What an issue can do without: where Jira refuses one of these, the issue is made without it.
OPTIONAL = frozenset({"reporter", "assignee", "priority", "components", "versions", "environment"})


@dataclass(frozen=True, slots=True)
class NewIssue:
    """An issue to be made. `description` is wiki markup; `fields` are further values by field id, as JSON.

    `versions` are names of those that the bug affects. `people` are further fields that name one or several.
    `reporter` and `assignee` are set only where the project's create screen has them.
    """

    project: str
    issue_type: str
    summary: str
    description: str
    priority: str | None = None
    components: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    environment: str | None = None
    labels: tuple[str, ...] = ()
    reporter: Account | None = None
    assignee: Account | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    people: Mapping[str, Account | tuple[Account, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as Jira tells it; `updated` is aware UTC.

    `category` is its status's: new, indeterminate or done.
    """

    key: str
    summary: str
    status: str
    category: str
    assignee: Account | None
    priority: str | None
    resolution: str | None
    url: str
    updated: datetime


def payload(new: NewIssue, label: str, *, cloud: bool) -> dict[str, Any]:
    """Return the fields of the request that makes *new*, with the unique *label* it is found again by."""
    people = {"reporter": new.reporter, "assignee": new.assignee}
    optional: dict[str, Any] = {
        name: in_field(account, cloud=cloud) for name, account in people.items() if account
    }
    if new.priority:
        optional["priority"] = {"name": new.priority}
    if new.components:
        optional["components"] = [{"name": name} for name in new.components]
    if new.versions:
        optional["versions"] = [{"name": name} for name in new.versions]
    if new.environment:
        optional["environment"] = new.environment
    return {
        "project": {"key": new.project},
        "issuetype": {"name": new.issue_type},
        "summary": new.summary,
        "description": new.description,
        "labels": [*new.labels, label],
        **optional,
        **{name: _people(who, cloud=cloud) for name, who in new.people.items()},
        **new.fields,
    }


def _people(who: Account | tuple[Account, ...], *, cloud: bool) -> Any:
    if isinstance(who, Account):
        return in_field(who, cloud=cloud)
    return [in_field(each, cloud=cloud) for each in who]


def issue_from(raw: Mapping[str, Any], url: str, *, cloud: bool) -> Issue:
    """Parse an issue asked for with the fields in TOLD; *url* is its address for people."""
    fields = raw["fields"]
    assignee = fields.get("assignee")
    return Issue(
        key=raw["key"],
        summary=fields["summary"],
        status=fields["status"]["name"],
        category=fields["status"]["statusCategory"]["key"],
        assignee=account_from(assignee, cloud=cloud) if assignee else None,
        priority=(fields.get("priority") or {}).get("name"),
        resolution=(fields.get("resolution") or {}).get("name"),
        url=url,
        updated=moment(fields["updated"]),
    )


def moment(stamp: str) -> datetime:
    """Parse one of Jira's times, such as 2026-11-23T10:15:00.000+0100, into aware UTC."""
    return datetime.fromisoformat(stamp).astimezone(UTC)
