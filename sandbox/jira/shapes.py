"""The JSON Jira answers with, as Cloud or Data Center shapes it for REST version 2 or 3."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sandbox.jira import adf, seed
from sandbox.jira.fields import FIELDS, Field, Kind
from sandbox.jira.model import (
    Account,
    Attachment,
    Category,
    Change,
    Comment,
    Component,
    Issue,
    LinkType,
    Named,
    Project,
    RemoteLink,
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
NAVIGABLE = ("project", "status", "resolution", "resolutiondate", "created", "updated", "creator", "watches")


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

    def comment(self, issue: Issue, comment: Comment) -> Shape:
        """Return a comment."""
        shown: Shape = {
            "self": self.link(f"issue/{issue.id}/comment/{comment.id}"),
            "id": comment.id,
            "author": self.user(comment.author),
            "body": self.text(comment.body),
            "updateAuthor": self.user(comment.update_author),
            "created": self.time(comment.created),
            "updated": self.time(comment.updated),
        }
        if self.jira.cloud:
            shown["jsdPublic"] = comment.public
        if comment.visibility:
            shown["visibility"] = comment.visibility
        return shown

    def attachment(self, attachment: Attachment) -> Shape:
        """Return what is known of a file."""
        content = (
            self.link(f"attachment/content/{attachment.id}")
            if self.jira.cloud
            else f"{self.jira.url}/secure/attachment/{attachment.id}/{quote(attachment.filename)}"
        )
        return {
            "self": self.link(f"attachment/{attachment.id}"),
            "id": attachment.id,
            "filename": attachment.filename,
            "author": self.user(attachment.author),
            "created": self.time(attachment.created),
            "size": len(attachment.content),
            "mimeType": attachment.media_type,
            "content": content,
        }

    def remote_link(self, issue: Issue, link: RemoteLink) -> Shape:
        """Return a remote link."""
        shown: Shape = {"id": link.id, "self": self.link(f"issue/{issue.key}/remotelink/{link.id}")}
        if link.global_id is not None:
            shown["globalId"] = link.global_id
        shown["application"] = link.application or {}
        if link.relationship is not None:
            shown["relationship"] = link.relationship
        return shown | {"object": link.object}

    def link_type(self, kind: LinkType) -> Shape:
        """Return a kind of link."""
        return {
            "id": kind.id,
            "name": kind.name,
            "inward": kind.inward,
            "outward": kind.outward,
            "self": self.link(f"issueLinkType/{kind.id}"),
        }

    def links_of(self, issue: Issue) -> list[Shape]:
        """Return an issue's links, each showing the other end."""
        shown: list[Shape] = []
        for link in self.jira.links:
            if issue.id not in (link.inward, link.outward):
                continue
            end, other = (
                ("outwardIssue", link.outward) if issue.id == link.inward else ("inwardIssue", link.inward)
            )
            shown.append(
                {
                    "id": link.id,
                    "self": self.link(f"issueLink/{link.id}"),
                    "type": self.link_type(link.type),
                    end: self.brief(self.jira.issues[other]),
                }
            )
        return shown

    def brief(self, issue: Issue) -> Shape:
        """Return an issue as others refer to it."""
        fields = {
            "summary": issue.values["summary"],
            "status": self.status(issue.status),
            "priority": self.value(issue, FIELDS["priority"]),
            "issuetype": self.named("issuetype", issue.type),
        }
        return {"id": issue.id, "key": issue.key, "self": self.link(f"issue/{issue.id}"), "fields": fields}

    def change(self, change: Change) -> Shape:
        """Return a changelog entry."""
        return {
            "id": change.id,
            "author": self.user(change.author),
            "created": self.time(change.created),
            "items": list(change.items),
        }

    def issue(self, issue: Issue, wanted: Iterable[str] = ("*all",)) -> Shape:
        """Return an issue with the *wanted* fields: ids, *all, *navigable, and -id to leave one out."""
        asked = list(wanted) or ["*all"]
        fields = {name: self.field(issue, name) for name in _chosen(issue, asked)}
        return {
            "expand": "renderedFields,names,schema,operations,editmeta,changelog",
            "id": issue.id,
            "self": self.link(f"issue/{issue.id}"),
            "key": issue.key,
            "fields": fields,
        }

    def field(self, issue: Issue, name: str) -> Any:
        """Return the value of one of an issue's fields."""
        field = FIELDS[name]
        if field.kind is not Kind.OTHER:
            return self.value(issue, field)
        match name:
            case "issuetype":
                return self.named("issuetype", issue.type)
            case "project":
                return self.project(issue.project)
            case "status":
                return self.status(issue.status)
            case "resolution":
                return self.named("resolution", issue.resolution)
            case "created" | "updated":
                return self.time(getattr(issue, name))
            case "resolutiondate":
                return self.time(issue.resolved)
            case "creator":
                return self.user(issue.creator)
            case "attachment":
                return [self.attachment(one) for one in issue.attachments]
            case "issuelinks":
                return self.links_of(issue)
            case "watches":
                return self.watches(issue)
            case _:
                return self.comments(issue)

    def watches(self, issue: Issue) -> Shape:
        """Return how many watch an issue."""
        return {
            "self": self.link(f"issue/{issue.key}/watchers"),
            "watchCount": len(issue.watchers),
            "isWatching": self.reader.id in issue.watchers,
        }

    def comments(self, issue: Issue) -> Shape:
        """Return an issue's comments as its comment field holds them."""
        shown = [self.comment(issue, one) for one in issue.comments]
        return {
            "comments": shown,
            "self": self.link(f"issue/{issue.id}/comment"),
            "maxResults": len(shown),
            "total": len(shown),
            "startAt": 0,
        }

    def value(self, issue: Issue, field: Field) -> Any:
        """Return what a field that can be set holds."""
        held = issue.values.get(field.id)
        match field.kind:
            case Kind.TEXT:
                return self.text(held)
            case Kind.PRIORITY:
                return self.named("priority", next((one for one in seed.PRIORITIES if one.id == held), None))
            case Kind.COMPONENTS:
                known = issue.project.components
                return [self.component(one) for one in known if one.id in (held or [])]
            case Kind.VERSIONS:
                return [self.release(one) for one in issue.project.versions if one.id in (held or [])]
            case Kind.LABELS:
                return held or []
            case Kind.USER:
                return self.user(held)
            case Kind.OPTION:
                return next((self.option(one) for one in field.options if one.id == held), None)
            case _:
                return held

    def option(self, option: Named) -> Shape:
        """Return a choice of a select field."""
        return {
            "self": self.link(f"customFieldOption/{option.id}"),
            "value": option.name,
            "id": option.id,
        }


_SIZES = ("16x16", "24x24", "32x32", "48x48")


def _chosen(issue: Issue, asked: list[str]) -> list[str]:
    """Return the ids of the fields that *asked* names, among those the issue has."""
    has = [
        name for name in FIELDS if name in issue.project.edit_screen or name in NAVIGABLE or name == "comment"
    ]
    left_out = {name[1:] for name in asked if name.startswith("-")}
    named = {name for name in asked if not name.startswith("-")}
    if "*all" in named or not named:
        named |= set(has)
    if "*navigable" in named:
        named |= set(has) - {"comment", "attachment"}
    return [name for name in has if name in named and name not in left_out]
