"""Projects with their components, versions and statuses."""

from typing import Any

from sandbox.answer import Reply
from sandbox.jira import seed
from sandbox.jira.ask import CLOUD, Ask, Endpoint
from sandbox.jira.errors import JiraError
from sandbox.jira.model import Project


def _visible(ask: Ask) -> list[Project]:
    return [one for one in ask.jira.projects if ask.may("BROWSE_PROJECTS", one)]


def read_all(ask: Ask) -> Reply:
    """Return every project the account may see."""
    return Reply([ask.shapes.project(one) for one in _visible(ask)])


def search(ask: Ask) -> Reply:
    """Return a page of the projects the account may see, narrowed by a part of key or name."""
    wanted = (ask.one("query") or "").lower()
    found = [one for one in _visible(ask) if wanted in one.key.lower() or wanted in one.name.lower()]
    if keys := ask.many("keys"):
        found = [one for one in found if one.key in keys]
    start, length = ask.page()
    page = found[start : start + length]
    return Reply(
        {
            "self": ask.shapes.link("project/search"),
            "startAt": start,
            "maxResults": length,
            "total": len(found),
            "isLast": start + length >= len(found),
            "values": [ask.shapes.project(one) for one in page],
        }
    )


def read(ask: Ask) -> Reply:
    """Return a project with what it has."""
    project = ask.project()
    shapes = ask.shapes
    return Reply(
        shapes.project(project)
        | {
            "description": "",
            "lead": shapes.user(project.lead),
            "components": [shapes.component(one) for one in project.components],
            "issueTypes": [shapes.named("issuetype", one) for one in project.issue_types],
            "versions": [shapes.release(one, project) for one in project.versions],
            "assigneeType": "UNASSIGNED",
            "roles": {},
        }
    )


def components(ask: Ask) -> Reply:
    """Return a project's components."""
    project = ask.project()
    return Reply([ask.shapes.component(one, project) for one in project.components])


def versions(ask: Ask) -> Reply:
    """Return a project's versions."""
    project = ask.project()
    return Reply([ask.shapes.release(one, project) for one in project.versions])


def statuses(ask: Ask) -> Reply:
    """Return the statuses of each of a project's issue types."""
    project = ask.project()
    shown = [ask.shapes.status(one) for one in seed.STATUSES]
    types = [ask.shapes.named("issuetype", one) or {} for one in project.issue_types]
    return Reply([_without_texts(one) | {"statuses": shown} for one in types])


def _without_texts(type_: dict[str, Any]) -> dict[str, Any]:
    return {name: type_[name] for name in ("self", "id", "name", "subtask")}


def component(ask: Ask) -> Reply:
    """Return a component."""
    wanted = ask.path["component"]
    for project in _visible(ask):
        for one in project.components:
            if one.id == wanted:
                return Reply(ask.shapes.component(one, project))
    raise JiraError(404, f"The component with id {wanted} does not exist.")


def version(ask: Ask) -> Reply:
    """Return a version."""
    wanted = ask.path["id"]
    for project in _visible(ask):
        for one in project.versions:
            if one.id == wanted:
                return Reply(ask.shapes.release(one, project))
    raise JiraError(404, f"Could not find version for id '{wanted}'")


ENDPOINTS = (
    Endpoint("GET", "project", read_all),
    Endpoint("GET", "project/search", search, CLOUD),
    Endpoint("GET", "project/{project}", read),
    Endpoint("GET", "project/{project}/components", components),
    Endpoint("GET", "project/{project}/versions", versions),
    Endpoint("GET", "project/{project}/statuses", statuses),
    Endpoint("GET", "component/{component}", component),
    Endpoint("GET", "version/{id}", version),
)
