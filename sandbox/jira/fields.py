"""The fields issues have: what each is called and what sort of value it holds."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from sandbox.jira import seed
from sandbox.jira.model import Named


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
