"""The JSON Jira answers with, as Cloud or Data Center shapes it for REST version 2 or 3."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sandbox.jira import adf
from sandbox.jira.model import (
    Account,
    Category,
    Component,
    LinkType,
    Named,
    Project,
    Status,
    Version,
)
from sandbox.jira.state import Jira

Shape = dict[str, Any]
CATEGORIES = {
    Category.NEW: (2, "To Do", "blue-gray"),
    Category.INDETERMINATE: (4, "In Progress", "yellow"),
    Category.DONE: (3, "Done", "green"),
}


_SIZES = ("16x16", "24x24", "32x32", "48x48")


@dataclass(frozen=True)
class Shapes:
    """Shapes things for *reader*, in whose zone times are written."""

    jira: Jira
    version: int
    reader: Account

    def link(self, path: str) -> str:
        """Return the REST address of *path*."""
        return f"{self.jira.url}/rest/api/{self.version}/{path}"

    def time(self, at: datetime | None) -> str | None:
        """Return a time as Jira writes it, in the reader's zone."""
        if at is None:
            return None
        local = at.astimezone(ZoneInfo(self.reader.zone))
        return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{local:%z}"

    def text(self, text: str | None) -> Any:
        """Return a text: wiki markup in v2, a document in v3."""
        return adf.to_document(text) if self.version == 3 and text is not None else text

    def user(self, account_id: str | None) -> Shape | None:
        """Return a person, without a hidden e-mail address."""
        account = self.jira.accounts.get(account_id or "")
        if account is None:
            return None
        if self.jira.cloud:
            who: Shape = {
                "self": self.link(f"user?accountId={quote(account.id)}"),
                "accountId": account.id,
                "accountType": "atlassian",
            }
        else:
            who = {
                "self": self.link(f"user?username={quote(account.name)}"),
                "name": account.name,
                "key": account.key,
            }
        if not account.email_hidden:
            who["emailAddress"] = account.email
        pictures = {size: f"{self.jira.url}/avatar/{account.name}?size={size}" for size in _SIZES}
        return who | {
            "avatarUrls": pictures,
            "displayName": account.display_name,
            "active": account.active,
            "timeZone": account.zone,
        }

    def status(self, status: Status) -> Shape:
        """Return a status with its category."""
        return {
            "self": self.link(f"status/{status.id}"),
            "description": "",
            "iconUrl": f"{self.jira.url}/images/icons/statuses/generic.png",
            "name": status.name,
            "id": status.id,
            "statusCategory": self.category(status.category),
        }

    def category(self, category: Category) -> Shape:
        """Return a status category."""
        number, name, colour = CATEGORIES[category]
        return {
            "self": self.link(f"statuscategory/{number}"),
            "id": number,
            "key": category.value,
            "colorName": colour,
            "name": name,
        }

    def named(self, kind: str, named: Named | None) -> Shape | None:
        """Return a priority, resolution or issue type; *kind* is its resource's name."""
        if named is None:
            return None
        shown: Shape = {"self": self.link(f"{kind}/{named.id}"), "id": named.id, "name": named.name}
        shown["description"] = named.description
        if kind == "priority":
            shown["iconUrl"] = f"{self.jira.url}/images/icons/priorities/{named.name.lower()}.svg"
        if kind == "issuetype":
            shown |= {"subtask": False, "iconUrl": f"{self.jira.url}/images/icons/issuetypes/{named.id}.svg"}
        return shown

    def project(self, project: Project) -> Shape:
        """Return a project as issues refer to it."""
        return {
            "self": self.link(f"project/{project.id}"),
            "id": project.id,
            "key": project.key,
            "name": project.name,
            "projectTypeKey": "software",
            "simplified": False,
        }

    def component(self, component: Component, project: Project | None = None) -> Shape:
        """Return a component, with its project where it stands alone."""
        shown: Shape = {"self": self.link(f"component/{component.id}"), "id": component.id}
        shown |= {"name": component.name, "description": component.description}
        if project is not None:
            shown |= {"project": project.key, "projectId": int(project.id), "isAssigneeTypeValid": False}
        return shown

    def release(self, version: Version, project: Project | None = None) -> Shape:
        """Return a version, with its project where it stands alone."""
        shown: Shape = {
            "self": self.link(f"version/{version.id}"),
            "id": version.id,
            "name": version.name,
            "description": version.description,
            "archived": version.archived,
            "released": version.released,
        }
        if version.release_date:
            shown["releaseDate"] = version.release_date
        if project is not None:
            shown["projectId"] = int(project.id)
        return shown

    def link_type(self, kind: LinkType) -> Shape:
        """Return a kind of link."""
        return {
            "id": kind.id,
            "name": kind.name,
            "inward": kind.inward,
            "outward": kind.outward,
            "self": self.link(f"issueLinkType/{kind.id}"),
        }

    def option(self, option: Named | None) -> Shape | None:
        """Return a choice of a select field."""
        if option is None:
            return None
        return {
            "self": self.link(f"customFieldOption/{option.id}"),
            "value": option.name,
            "id": option.id,
        }
