"""The fields issues have: what each is called and what sort of value it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    SHORT = auto()
    URL = auto()
    MOMENT = auto()
    USERS = auto()
    OPTIONS = auto()
    CASCADE = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Field:
    """A field: its id, names (for people, in the changelog, in JQL), kind and JSON type.

    `sort` is a custom field's type as Jira calls it; `inner` are the options below each option, by its id.
    """

    id: str
    name: str
    kind: Kind
    type: str
    items: str | None = None
    changelog: str = ""
    clauses: tuple[str, ...] = ()
    options: tuple[Named, ...] = ()
    sort: str = ""
    inner: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)

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
            made["custom"] = f"com.atlassian.jira.plugin.system.customfieldtypes:{self.sort}"
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
        clauses=("cf[10050]", "Affected region"), sort="select",
    ),
    Field(
        "customfield_10051", "Story Points", Kind.NUMBER, "number", clauses=("cf[10051]", "Story Points"),
        sort="float",
    ),
    Field("customfield_10060", "Order reference", Kind.SHORT, "string", sort="textfield"),
    Field("customfield_10061", "Log excerpt", Kind.TEXT, "string", sort="textarea"),
    Field("customfield_10062", "First seen on", Kind.DATE, "date", sort="datepicker"),
    Field("customfield_10063", "Last seen at", Kind.MOMENT, "datetime", sort="datetime"),
    Field("customfield_10064", "Account manager", Kind.USER, "user", sort="userpicker"),
    Field("customfield_10065", "To be told", Kind.USERS, "array", "user", sort="multiuserpicker"),
    Field(
        "customfield_10066", "Sales channels", Kind.OPTIONS, "array", "option", sort="multiselect",
        options=seed.CHANNELS,
    ),
    Field(
        "customfield_10067", "Contract", Kind.OPTION, "option", sort="radiobuttons", options=seed.CONTRACTS
    ),
    Field(
        "customfield_10068", "Devices", Kind.OPTIONS, "array", "option", sort="multicheckboxes",
        options=seed.DEVICES,
    ),
    Field(
        "customfield_10069", "Place", Kind.CASCADE, "option-with-child", sort="cascadingselect",
        options=seed.PLACES, inner=seed.TOWNS,
    ),
    Field("customfield_10070", "Page", Kind.URL, "string", sort="url"),
    Field("customfield_10071", "Keywords", Kind.LABELS, "array", "string", sort="labels"),
)  # fmt: skip
FIELDS = {field.id: field for field in _ALL}
