"""What a create or edit request asks for, read strictly: every wrong field is named, nothing is guessed."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.jira.ask import Ask
from sandbox.jira.errors import JiraError, wrong_field
from sandbox.jira.fields import FIELDS, Field, Kind
from sandbox.jira.model import Issue, Named, Project
from sandbox.jira.reading import NOT_ON_SCREEN, Reader
from sandbox.jira.seed import DEFAULT_PRIORITY

_SYSTEM = ("project", "issuetype")
_LISTS = (Kind.LABELS, Kind.COMPONENTS, Kind.VERSIONS)


@dataclass(frozen=True)
class Draft:
    """An issue to be created."""

    project: Project
    type: Named
    values: dict[str, Any]
    properties: dict[str, Any]


@dataclass(frozen=True)
class Written:
    """What an edit sets, and the comments it adds."""

    values: dict[str, Any]
    comments: list[dict[str, Any]] = field(default_factory=list)


def read_create(ask: Ask, body: dict[str, Any]) -> Draft:
    """Return the issue a create request describes; JiraError naming every field that is wrong."""
    fields = _section(body, "fields")
    project = _project(ask, fields.get("project"))
    message = "You do not have permission to create issues in this project."
    ask.require("CREATE_ISSUES", project, message)
    type_ = _type(ask, project, fields.get("issuetype"))
    screen = settable(ask, project, project.create_screen)
    errors: dict[str, str] = {}
    values = _read_fields(ask, project, fields, screen, errors)
    values |= _read_updates(ask, project, _section(body, "update"), screen=screen, held=values, errors=errors)
    for name in sorted(project.required - set(_SYSTEM)):
        if name not in errors and values.get(name) in (None, "", []):
            errors[name] = _missing(FIELDS[name])
    if errors:
        raise JiraError(400, errors=errors)
    values.setdefault("priority", DEFAULT_PRIORITY)
    if values.get("reporter") is None:
        values["reporter"] = ask.account.id
    properties = {one["key"]: one["value"] for one in body.get("properties") or []}
    return Draft(project, type_, values, properties)


def read_edit(ask: Ask, issue: Issue, body: dict[str, Any], screen: list[str]) -> Written:
    """Return what an edit request sets on *issue*, among the fields on *screen*."""
    errors: dict[str, str] = {}
    allowed = settable(ask, issue.project, screen)
    values = _read_fields(ask, issue.project, _section(body, "fields"), allowed, errors)
    updates = dict(_section(body, "update"))
    comments = [one.get("add", {}) for one in updates.pop("comment", [])] if "comment" in screen else []
    values |= _read_updates(
        ask, issue.project, updates, screen=allowed, held=issue.values | values, errors=errors
    )
    for name, value in values.items():
        if name in issue.project.required and value in (None, "", []):
            errors[name] = _missing(FIELDS[name])
    if errors:
        raise JiraError(400, errors=errors)
    return Written(values, comments)


def _section(body: dict[str, Any], name: str) -> dict[str, Any]:
    section = body.get(name) or {}
    if not isinstance(section, dict):
        raise JiraError(400, f"The '{name}' of the request must be an object.")
    return section


def _project(ask: Ask, sent: Any) -> Project:
    """Return the project a create request names by key or id."""
    named = (sent.get("id") or sent.get("key")) if isinstance(sent, dict) else None
    project = ask.jira.find_project(str(named)) if named else None
    if project is None or not ask.may("BROWSE_PROJECTS", project):
        cloud = "Specify a valid project ID or key"
        server = "valid project is required" if sent else "project is required"
        raise JiraError(400, errors={"project": cloud if ask.jira.cloud else server})
    return project


def _type(ask: Ask, project: Project, sent: Any) -> Named:
    """Return the issue type a create request names by id or name."""
    if not isinstance(sent, dict) or not ({"id", "name"} & set(sent)):
        missing = "Specify an issue type" if ask.jira.cloud else "issue type is required"
        raise JiraError(400, errors={"issuetype": missing})
    by = "id" if "id" in sent else "name"
    found = next((one for one in project.issue_types if getattr(one, by) == str(sent[by])), None)
    if found is None:
        invalid = "Specify a valid issue type" if ask.jira.cloud else "The issue type selected is invalid."
        raise JiraError(400, errors={"issuetype": invalid})
    return found


def settable(ask: Ask, project: Project, screen: list[str]) -> list[str]:
    """Return the fields of *screen* that the account may set."""
    needs = {"reporter": "MODIFY_REPORTER", "assignee": "ASSIGN_ISSUES", "duedate": "SCHEDULE_ISSUES"}
    return [name for name in screen if name not in needs or ask.may(needs[name], project)]


def _read_fields(
    ask: Ask, project: Project, fields: dict[str, Any], screen: list[str], errors: dict[str, str]
) -> dict[str, Any]:
    """Return what each of *fields* means, adding to *errors* those that cannot be set to that."""
    reader = Reader(ask.jira, project, ask.version)
    values: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _SYSTEM:
            continue
        if name not in screen or name not in FIELDS:
            errors[name] = f"Field '{name}' cannot be set. {NOT_ON_SCREEN}"
            continue
        try:
            values[name] = reader.read(FIELDS[name], value)
        except JiraError as error:
            errors.update(error.errors)
    return values


def _read_updates(
    ask: Ask,
    project: Project,
    updates: dict[str, Any],
    *,
    screen: list[str],
    held: dict[str, Any],
    errors: dict[str, str],
) -> dict[str, Any]:
    """Return what fields hold after the operations (set, add, remove) of *updates* on what is *held*."""
    reader = Reader(ask.jira, project, ask.version)
    values: dict[str, Any] = {}
    for name, operations in updates.items():
        if name not in screen or name not in FIELDS:
            errors[name] = f"Field '{name}' cannot be set. {NOT_ON_SCREEN}"
            continue
        try:
            for operation in operations:
                now = values.get(name, held.get(name))
                values[name] = _operate(reader, FIELDS[name], operation, now)
        except JiraError as error:
            errors.update(error.errors)
    return values


def _operate(reader: Reader, field: Field, operation: Any, now: Any) -> Any:
    if not isinstance(operation, dict) or len(operation) != 1:
        raise wrong_field(field.id, "Each operation is an object with one of set, add and remove.")
    ((verb, value),) = operation.items()
    if verb == "set":
        return reader.read(field, value)
    if field.kind not in _LISTS or verb not in ("add", "remove"):
        raise wrong_field(field.id, f"Field '{field.id}' does not support the operation '{verb}'.")
    (one,) = reader.read(field, [value])
    kept = [held for held in now or [] if held != one]
    return sorted([*kept, one]) if verb == "add" else kept


def _missing(field: Field) -> str:
    return (
        "You must specify a summary of the issue." if field.id == "summary" else f"{field.name} is required."
    )
