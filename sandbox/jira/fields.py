"""The fields issues have: what each is called, and what a value sent for it means."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any

from sandbox.jira import adf, seed
from sandbox.jira.errors import wrong_field
from sandbox.jira.model import Component, Named, Project, Version
from sandbox.jira.state import Jira

TEXT_LIMIT = 32_767
LINE_LIMIT = 255


class Kind(StrEnum):
    """What sort of value a field has."""

    LINE = auto()
    TEXT = auto()
    PRIORITY = auto()
    COMPONENTS = auto()
    VERSIONS = auto()
    LABELS = auto()
    USER = auto()
    OPTION = auto()
    NUMBER = auto()
    DATE = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Field:
    """A field: its id, names (for people, in the changelog, in JQL), sort and JSON type."""

    id: str
    name: str
    kind: Kind
    type: str
    items: str | None = None
    changelog: str = ""
    clauses: tuple[str, ...] = ()
    options: tuple[Named, ...] = ()

    @property
    def custom(self) -> bool:
        """Tell whether the field was made by an administrator."""
        return self.id.startswith("customfield_")

    def schema(self) -> dict[str, Any]:
        """Return the field's JSON type as Jira describes it."""
        made: dict[str, Any] = {"type": self.type}
        if self.items:
            made["items"] = self.items
        if self.custom:
            sort = {Kind.OPTION: "select", Kind.NUMBER: "float"}[self.kind]
            made["custom"] = f"com.atlassian.jira.plugin.system.customfieldtypes:{sort}"
            made["customId"] = int(self.id.removeprefix("customfield_"))
        else:
            made["system"] = self.id
        return made


_ALL = (
    Field("summary", "Summary", Kind.LINE, "string", clauses=("summary",)),
    Field("issuetype", "Issue Type", Kind.OTHER, "issuetype", clauses=("issuetype", "type")),
    Field("project", "Project", Kind.OTHER, "project", clauses=("project",)),
    Field("description", "Description", Kind.TEXT, "string", clauses=("description",)),
    Field("priority", "Priority", Kind.PRIORITY, "priority", clauses=("priority",)),
    Field(
        "components", "Components", Kind.COMPONENTS, "array", "component", "Component", ("component",)
    ),
    Field(
        "versions", "Affects versions", Kind.VERSIONS, "array", "version", "Version", ("affectedVersion",)
    ),
    Field(
        "fixVersions", "Fix versions", Kind.VERSIONS, "array", "version", "Fix Version", ("fixVersion",)
    ),
    Field("labels", "Labels", Kind.LABELS, "array", "string", clauses=("labels",)),
    Field("assignee", "Assignee", Kind.USER, "user", clauses=("assignee",)),
    Field("reporter", "Reporter", Kind.USER, "user", clauses=("reporter",)),
    Field("environment", "Environment", Kind.TEXT, "string", clauses=("environment",)),
    Field("duedate", "Due date", Kind.DATE, "date", clauses=("due", "duedate")),
    Field("attachment", "Attachment", Kind.OTHER, "array", "attachment", clauses=("attachments",)),
    Field("issuelinks", "Linked Issues", Kind.OTHER, "array", "issuelinks"),
    Field("comment", "Comment", Kind.OTHER, "comments-page", clauses=("comment",)),
    Field("status", "Status", Kind.OTHER, "status", clauses=("status",)),
    Field("resolution", "Resolution", Kind.OTHER, "resolution", clauses=("resolution",)),
    Field("resolutiondate", "Resolved", Kind.OTHER, "datetime", clauses=("resolved", "resolutiondate")),
    Field("created", "Created", Kind.OTHER, "datetime", clauses=("created", "createdDate")),
    Field("updated", "Updated", Kind.OTHER, "datetime", clauses=("updated", "updatedDate")),
    Field("creator", "Creator", Kind.OTHER, "user", clauses=("creator",)),
    Field("watches", "Watchers", Kind.OTHER, "watches", clauses=("watchers",)),
    Field(
        seed.AFFECTED_REGION, "Affected region", Kind.OPTION, "option", options=seed.REGIONS,
        clauses=("cf[10050]", "Affected region"),
    ),
    Field("customfield_10051", "Story Points", Kind.NUMBER, "number", clauses=("cf[10051]", "Story Points")),
)  # fmt: skip
FIELDS = {field.id: field for field in _ALL}


@dataclass(frozen=True)
class Reader:
    """Reads values sent for fields of issues in *project*, by the REST *version* they were sent to."""

    jira: Jira
    project: Project
    version: int

    def read(self, field: Field, value: Any) -> Any:
        """Return what *value* means for *field*, as Issue.values keeps it; JiraError where it means nothing."""
        match field.kind:
            case Kind.LINE:
                return self._line(field, value)
            case Kind.TEXT:
                return self._text(field, value)
            case Kind.PRIORITY:
                return self._priority(field, value)
            case Kind.COMPONENTS:
                return self._members(field, value, self.project.components, "Component")
            case Kind.VERSIONS:
                return self._members(field, value, self.project.versions, "Version")
            case Kind.LABELS:
                return _labels(field, value)
            case Kind.USER:
                return self._user(field, value)
            case Kind.OPTION:
                return _option(field, value)
            case Kind.NUMBER:
                return _number(field, value)
            case Kind.DATE:
                return _date(field, value)
            case Kind.OTHER:
                raise wrong_field(field.id, f"Field '{field.id}' cannot be set. {NOT_ON_SCREEN}")

    def _line(self, field: Field, value: Any) -> str:
        if not isinstance(value, str):
            raise wrong_field(field.id, "Operation value must be a string")
        if not value.strip():
            raise wrong_field(field.id, "You must specify a summary of the issue.")
        if "\n" in value or "\r" in value:
            raise wrong_field(field.id, "The summary is invalid because it contains newline characters.")
        if len(value) > LINE_LIMIT:
            raise wrong_field(field.id, f"Summary can't exceed {LINE_LIMIT} characters.")
        return value.strip()

    def _text(self, field: Field, value: Any) -> str | None:
        return read_text(field.id, value, self.version)

    def _priority(self, field: Field, value: Any) -> str:
        if not isinstance(value, dict) or not ({"id", "name"} & set(value)):
            raise wrong_field(field.id, "Specify a valid 'id' or 'name' for Priority")
        by = "id" if "id" in value else "name"
        if not isinstance(value[by], str):
            raise wrong_field(field.id, f"Specify the Priority ({by}) in the string format")
        found = next((one for one in seed.PRIORITIES if getattr(one, by) == value[by]), None)
        if found is None:
            said = "The priority selected is invalid."
            raise wrong_field(field.id, said if by == "id" else f"Priority name '{value[by]}' is not valid")
        return found.id

    def _members(
        self, field: Field, value: Any, known: list[Component] | list[Version], noun: str
    ) -> list[str]:
        if not isinstance(value, list):
            raise wrong_field(field.id, "data was not an array")
        found: list[str] = []
        for sent in value:
            one = _member(field, sent, known, noun)
            if one not in found:
                found.append(one)
        return found

    def _user(self, field: Field, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise wrong_field(field.id, "data was not an object")
        names = ("accountId", "id") if self.jira.cloud else ("name", "key")
        given = next((name for name in names if name in value), None)
        if given is None:
            raise wrong_field(field.id, f"Specify the user by '{names[0]}'.")
        if value[given] in (None, "-1", ""):
            return None
        account = next(
            (one for one in self.jira.accounts.values() if value[given] in self._identities(one)), None
        )  # fmt: skip
        if account is None or not account.active:
            said = (
                "The reporter specified is not a user."
                if field.id == "reporter"
                else f"User '{value[given]}' does not exist."
            )
            raise wrong_field(field.id, said)
        return account.id

    def _identities(self, account: Any) -> tuple[str, ...]:
        return (account.id,) if self.jira.cloud else (account.name, account.key)


NOT_ON_SCREEN = "It is not on the appropriate screen, or unknown."


def read_text(field: str, value: Any, version: int) -> str | None:
    """Return the text *value* holds: a string in v2, a document in v3; JiraError where it is neither."""
    if value is None:
        return None
    if version == 3:
        if not adf.is_document(value):
            said = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
            raise wrong_field(field, said)
        value = adf.to_text(value)
    if not isinstance(value, str):
        raise wrong_field(field, "Operation value must be a string")
    if len(value) > TEXT_LIMIT:
        raise wrong_field(
            field, f"The entered text is too long. It exceeds the allowed limit of {TEXT_LIMIT:,} characters."
        )
    return value


def _member(field: Field, sent: Any, known: list[Component] | list[Version], noun: str) -> str:
    """Return the id of the component or version that *sent* names by id or name."""
    if not isinstance(sent, dict) or not ({"id", "name"} & set(sent)):
        raise wrong_field(field.id, f"expected 'id' or 'name' property for {noun}")
    by = "id" if "id" in sent else "name"
    found = next((one for one in known if getattr(one, by) == str(sent[by])), None)
    if found is None:
        raise wrong_field(field.id, f"{noun} {by} '{sent[by]}' is not valid")
    return found.id


def _labels(field: Field, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise wrong_field(field.id, "data was not an array")
    for label in value:
        if not isinstance(label, str):
            raise wrong_field(field.id, "string expected at index 0")
        if not label or any(character.isspace() for character in label):
            raise wrong_field(field.id, f"The label '{label}' contains spaces which is invalid.")
        if len(label) > LINE_LIMIT:
            raise wrong_field(field.id, f"The label '{label}' exceeds the maximum length of {LINE_LIMIT}.")
    return sorted(set(value))


def _option(field: Field, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not ({"id", "value"} & set(value)):
        raise wrong_field(field.id, f"Specify a valid 'id' or 'name' for {field.name}")
    by, attribute = ("id", "id") if "id" in value else ("value", "name")
    found = next((one for one in field.options if getattr(one, attribute) == value[by]), None)
    if found is None:
        raise wrong_field(field.id, f"Option {by} '{value[by]}' is not valid")
    return found.id


def _number(field: Field, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong_field(field.id, "Operation value must be a number")
    return float(value)


def _date(field: Field, value: Any) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise wrong_field(field.id, "Error parsing date string: use the format yyyy-MM-dd") from error
