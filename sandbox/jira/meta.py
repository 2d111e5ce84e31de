"""Create and edit metadata: which fields a screen has, which are required, and what they accept."""

from typing import Any

from sandbox.answer import Reply
from sandbox.jira import custom, seed
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.editing import settable
from sandbox.jira.errors import JiraError
from sandbox.jira.fields import FIELDS, Field, Kind
from sandbox.jira.model import Issue, Named, Project

_LISTS = (Kind.LABELS, Kind.COMPONENTS, Kind.VERSIONS, Kind.OPTIONS, Kind.USERS)


def create_fields(ask: Ask, project: Project, type_: Named) -> dict[str, dict[str, Any]]:
    """Return the fields of *project*'s create screen that the account may set, by id."""
    names = settable(ask, project, project.create_screen)
    return {name: describe(ask, project, type_, FIELDS[name]) for name in names}


def edit_fields(ask: Ask, issue: Issue) -> dict[str, dict[str, Any]]:
    """Return the fields of *issue* that the account may edit, by id."""
    project = issue.project
    if not ask.may("EDIT_ISSUES", project):
        return {}
    names = [name for name in settable(ask, project, project.edit_screen) if name != "project"]
    return {name: describe(ask, project, issue.type, FIELDS[name]) for name in names}


def describe(ask: Ask, project: Project, type_: Named, field: Field) -> dict[str, Any]:
    """Return how a screen describes a field: whether it is required, its type, and what it accepts."""
    described: dict[str, Any] = {
        "required": field.id in project.required,
        "schema": field.schema(),
        "name": field.name,
        "key": field.id,
        "hasDefaultValue": field.id == "priority",
        "operations": _operations(field),
    }
    if field.kind in (Kind.USER, Kind.USERS):
        by = "query" if ask.jira.cloud else "username"
        described["autoCompleteUrl"] = ask.shapes.link(f"user/assignable/search?project={project.key}&{by}=")
    allowed = _allowed(ask, project, type_, field)
    return described if allowed is None else described | {"allowedValues": allowed}


def _operations(field: Field) -> list[str]:
    if field.id in ("attachment", "comment", "issuelinks"):
        return ["add"] if field.id != "attachment" else ["set", "copy"]
    return ["add", "set", "remove"] if field.kind in _LISTS else ["set"]


def _allowed(ask: Ask, project: Project, type_: Named, field: Field) -> list[Any] | None:
    """Return the values a field accepts, where it accepts only some."""
    shapes = ask.shapes
    if field.id in ("project", "issuetype"):
        return [shapes.project(project) if field.id == "project" else shapes.named("issuetype", type_)]
    released = [one for one in project.versions if not one.archived]
    allowed: dict[Kind, list[Any]] = {
        Kind.PRIORITY: [shapes.named("priority", one) for one in seed.PRIORITIES],
        Kind.COMPONENTS: [shapes.component(one) for one in project.components],
        Kind.VERSIONS: [shapes.release(one) for one in released],
        **dict.fromkeys((Kind.OPTION, Kind.OPTIONS, Kind.CASCADE), custom.allowed(shapes, field)),
    }
    return allowed.get(field.kind)


def _creatable(ask: Ask) -> Project:
    """Return the project the path names, when the account may create issues in it."""
    project = ask.project()
    message = f"No project could be found with key '{project.key}'."
    ask.require("CREATE_ISSUES", project, message, 404)
    return project


def _page(ask: Ask, key: str, entries: list[dict[str, Any]]) -> Reply:
    """Return a page: Cloud names the list *key*, Data Center always `values`."""
    start, length = ask.page()
    shown = entries[start : start + length]
    page: dict[str, Any] = {"startAt": start, "maxResults": length, "total": len(entries)}
    if ask.jira.cloud:
        return Reply(page | {key: shown})
    return Reply(page | {"isLast": start + length >= len(entries), "values": shown})


def issue_types(ask: Ask) -> Reply:
    """Return the issue types that can be created in a project."""
    project = _creatable(ask)
    entries = [ask.shapes.named("issuetype", one) or {} for one in project.issue_types]
    return _page(ask, "issueTypes", entries)


def fields(ask: Ask) -> Reply:
    """Return the fields of a project's create screen for an issue type."""
    project = _creatable(ask)
    wanted = ask.path["type"]
    type_ = next((one for one in project.issue_types if one.id == wanted), None)
    if type_ is None:
        raise JiraError(404, f"Issue type with id '{wanted}' does not exist in project '{project.key}'.")
    described = create_fields(ask, project, type_)
    return _page(ask, "fields", [one | {"fieldId": name} for name, one in described.items()])


def old(ask: Ask) -> Reply:
    """Return the create metadata in the old shape; Data Center 9 takes its address for an issue's."""
    if not ask.jira.cloud:
        raise JiraError(404, "Issue Does Not Exist")
    keys, ids = ask.many("projectKeys"), ask.many("projectIds")
    type_ids, type_names = ask.many("issuetypeIds"), ask.many("issuetypeNames")
    with_fields = "projects.issuetypes.fields" in ask.many("expand")
    shown: list[dict[str, Any]] = []
    for project in ask.jira.projects:
        if (keys or ids) and project.key not in keys and project.id not in ids:
            continue
        if not ask.may("CREATE_ISSUES", project) or not ask.may("BROWSE_PROJECTS", project):
            continue
        types: list[dict[str, Any]] = []
        for type_ in project.issue_types:
            if (type_ids or type_names) and type_.id not in type_ids and type_.name not in type_names:
                continue
            entry = ask.shapes.named("issuetype", type_) or {}
            if with_fields:
                entry |= {"expand": "fields", "fields": create_fields(ask, project, type_)}
            types.append(entry)
        brief = {name: ask.shapes.project(project)[name] for name in ("self", "id", "key", "name")}
        shown.append(brief | {"issuetypes": types})
    return Reply({"expand": "projects", "projects": shown})


ENDPOINTS = (
    Endpoint("GET", "issue/createmeta", old),
    Endpoint("GET", "issue/createmeta/{project}/issuetypes", issue_types),
    Endpoint("GET", "issue/createmeta/{project}/issuetypes/{type}", fields),
)
