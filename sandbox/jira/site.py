"""The site: what it is, who you are, and its lists of fields, priorities, statuses and the like."""

from typing import Any

from sandbox.answer import Reply
from sandbox.jira import seed
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.errors import JiraError
from sandbox.jira.fields import FIELDS, Kind
from sandbox.jira.model import Category
from sandbox.jira.state import GLOBAL_PERMISSIONS, PROJECT_PERMISSIONS


def server_info(ask: Ask) -> Reply:
    """Return what Jira this is."""
    cloud = ask.jira.cloud
    version, numbers = ("1001.0.0-SNAPSHOT", [1001, 0, 0]) if cloud else ("9.12.15", [9, 12, 15])
    return Reply(
        {
            "baseUrl": ask.jira.url,
            "version": version,
            "versionNumbers": numbers,
            "deploymentType": "Cloud" if cloud else "Server",
            "buildNumber": 100290 if cloud else 9120015,
            "buildDate": "2026-11-02T00:00:00.000+0000",
            "serverTime": ask.shapes.time(ask.jira.now()),
            "scmInfo": "0" * 40,
            "serverTitle": "Harbor Jira",
        }
    )


def myself(ask: Ask) -> Reply:
    """Return the account the request comes from."""
    user = ask.shapes.user(ask.account.id) or {}
    return Reply(user | {"locale": ask.account.locale})


def fields(ask: Ask) -> Reply:
    """Return every field of the site."""
    shown: list[dict[str, Any]] = []
    for field in FIELDS.values():
        entry: dict[str, Any] = {
            "id": field.id,
            "name": field.name,
            "custom": field.custom,
            "orderable": field.kind is not Kind.OTHER,
            "navigable": True,
            "searchable": bool(field.clauses),
            "clauseNames": list(field.clauses),
            "schema": field.schema(),
        }
        shown.append(entry | {"key": field.id} if ask.jira.cloud else entry)
    return Reply(shown)


def priorities(ask: Ask) -> Reply:
    """Return the priorities, highest first."""
    return Reply([ask.shapes.named("priority", one) for one in seed.PRIORITIES])


def resolutions(ask: Ask) -> Reply:
    """Return the resolutions."""
    return Reply([ask.shapes.named("resolution", one) for one in seed.RESOLUTIONS])


def issue_types(ask: Ask) -> Reply:
    """Return the issue types."""
    return Reply([ask.shapes.named("issuetype", one) for one in seed.ISSUE_TYPES])


def statuses(ask: Ask) -> Reply:
    """Return the statuses."""
    return Reply([ask.shapes.status(one) for one in seed.STATUSES])


def status(ask: Ask) -> Reply:
    """Return the status with an id or a name."""
    wanted = ask.path["status"]
    found = next((one for one in seed.STATUSES if wanted in (one.id, one.name)), None)
    if found is None:
        raise JiraError(404, f"The status with id '{wanted}' does not exist")
    return Reply(ask.shapes.status(found))


def categories(ask: Ask) -> Reply:
    """Return the status categories."""
    return Reply([ask.shapes.category(one) for one in Category])


def link_types(ask: Ask) -> Reply:
    """Return the kinds of links between issues."""
    return Reply({"issueLinkTypes": [ask.shapes.link_type(one) for one in seed.LINK_TYPES]})


def my_permissions(ask: Ask) -> Reply:
    """Return which permissions the account has, in a project or issue where one is named."""
    wanted = ask.many("permissions")
    known = sorted(PROJECT_PERMISSIONS | GLOBAL_PERMISSIONS)
    if ask.jira.cloud and not wanted:
        raise JiraError(
            400, "The 'permissions' query parameter is required. It must contain a list of permission keys."
        )
    if unknown := [name for name in wanted if name not in known]:
        raise JiraError(400, f"Unrecognized permission: {', '.join(unknown)}")
    named = ask.one("projectKey") or ask.one("projectId")
    project = ask.jira.find_project(named) if named else None
    if issue_named := ask.one("issueKey") or ask.one("issueId"):
        issue = ask.jira.find_issue(issue_named)
        project = issue.project if issue else None
    if (named or issue_named) and (project is None or not ask.may("BROWSE_PROJECTS", project)):
        raise JiraError(404, f"No project could be found with key '{named or issue_named}'.")
    shown = {
        name: {
            "id": str(number),
            "key": name,
            "name": name.replace("_", " ").capitalize(),
            "type": "GLOBAL" if name in GLOBAL_PERMISSIONS else "PROJECT",
            "description": "",
            "havePermission": ask.may(name, project),
        }
        for number, name in enumerate(known, 1)
        if not wanted or name in wanted
    }
    return Reply({"permissions": shown})


def attachment_settings(ask: Ask) -> Reply:
    """Return whether files can be attached and how large they may be."""
    return Reply({"enabled": True, "uploadLimit": ask.jira.attachment_limit})


ENDPOINTS = (
    Endpoint("GET", "serverInfo", server_info, open=True),
    Endpoint("GET", "myself", myself),
    Endpoint("GET", "field", fields),
    Endpoint("GET", "priority", priorities),
    Endpoint("GET", "resolution", resolutions),
    Endpoint("GET", "issuetype", issue_types),
    Endpoint("GET", "status", statuses),
    Endpoint("GET", "status/{status}", status),
    Endpoint("GET", "statuscategory", categories),
    Endpoint("GET", "issueLinkType", link_types),
    Endpoint("GET", "mypermissions", my_permissions),
    Endpoint("GET", "attachment/meta", attachment_settings),
)
