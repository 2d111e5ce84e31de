"""What Jira holds: plain data, with ids as Jira gives them (strings) and business times in aware UTC."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Deployment(StrEnum):
    """Which Jira it is: `server` stands for Data Center 9 and later, as Jira itself calls it."""

    CLOUD = "cloud"
    SERVER = "server"


class Category(StrEnum):
    """The key of a status category."""

    NEW = "new"
    INDETERMINATE = "indeterminate"
    DONE = "done"


@dataclass(frozen=True)
class Account:
    """Somebody with a Jira login; `id` is Cloud's accountId, `name` and `key` are Data Center's."""

    id: str
    name: str
    key: str
    display_name: str
    email: str
    zone: str
    locale: str
    email_hidden: bool = False
    active: bool = True


@dataclass(frozen=True)
class Status:
    """A status of the workflow."""

    id: str
    name: str
    category: Category


@dataclass(frozen=True)
class Named:
    """A priority, resolution or issue type: an id, a name and what it is for."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class LinkType:
    """A kind of link between issues, as read from either end."""

    id: str
    name: str
    inward: str
    outward: str


@dataclass
class Component:
    """A part of a project."""

    id: str
    name: str
    description: str = ""


@dataclass
class Version:
    """A version of a project's product; `release_date` is an ISO date."""

    id: str
    name: str
    released: bool = False
    archived: bool = False
    release_date: str | None = None
    description: str = ""


@dataclass
class Project:
    """A project: its screens (field ids), required fields and what the service account may not do in it.

    `closing` are fields that the screen of a step to Done requires; `withheld` are names of steps that this
    project's workflow does not have; `unassignable` are ids of accounts that get no issues of it.
    """

    id: str
    key: str
    name: str
    lead: str
    issue_types: tuple[Named, ...]
    components: list[Component]
    versions: list[Version]
    create_screen: list[str]
    edit_screen: list[str]
    required: set[str]
    revoked: set[str] = field(default_factory=set)
    closing: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    unassignable: set[str] = field(default_factory=set)
    last_number: int = 0


@dataclass
class Comment:
    """A comment; `visibility` restricts it to a role or group, `public` is False for internal ones."""

    id: str
    author: str
    body: str
    created: datetime
    updated: datetime
    update_author: str
    visibility: dict[str, str] | None = None
    public: bool = True
    properties: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Attachment:
    """A file on an issue."""

    id: str
    author: str
    filename: str
    media_type: str
    content: bytes
    created: datetime


@dataclass
class RemoteLink:
    """A link from an issue to something outside Jira; `global_id` makes it unique within the issue."""

    id: int
    object: dict[str, Any]
    global_id: str | None = None
    application: dict[str, Any] | None = None
    relationship: str | None = None


@dataclass(frozen=True)
class Link:
    """A link between two issues, by their ids: `inward` is what Jira calls the inward issue."""

    id: str
    type: LinkType
    inward: str
    outward: str


@dataclass(frozen=True)
class Change:
    """One entry of an issue's changelog; `items` are as Jira shows them."""

    id: str
    author: str
    created: datetime
    items: tuple[dict[str, Any], ...]


@dataclass
class Issue:
    """An issue; `values` hold what its fields have (ids and text, not JSON), by field id.

    `former_keys` are those it had in other projects: it is found by them for ever.
    """

    id: str
    key: str
    project: Project
    type: Named
    status: Status
    creator: str
    created: datetime
    updated: datetime
    values: dict[str, Any]
    resolution: Named | None = None
    resolved: datetime | None = None
    comments: list[Comment] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    remote_links: list[RemoteLink] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    watchers: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    former_keys: list[str] = field(default_factory=list)
