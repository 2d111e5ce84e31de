"""The JSON of issues and what hangs on them."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from sandbox.jira import custom, seed
from sandbox.jira.fields import FIELDS, Field, Kind
from sandbox.jira.model import Attachment, Change, Comment, Issue, Named, RemoteLink
from sandbox.jira.shapes import Shape, Shapes

NAVIGABLE = ("project", "status", "resolution", "resolutiondate", "created", "updated", "creator", "watches")


class IssueShapes(Shapes):
    """Shapes issues, too."""

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
        return _SYSTEM[name](self, issue) if name in _SYSTEM else self.value(issue, FIELDS[name])

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
        if field.custom and field.kind is not Kind.TEXT and field.kind is not Kind.USER:
            return custom.shown(self, field, held)
        shape = _HELD.get(field.kind)
        return held if shape is None else shape(self, issue, held)


_SYSTEM: dict[str, Callable[[IssueShapes, Issue], Any]] = {
    "issuetype": lambda shapes, issue: shapes.named("issuetype", issue.type),
    "project": lambda shapes, issue: shapes.project(issue.project),
    "status": lambda shapes, issue: shapes.status(issue.status),
    "resolution": lambda shapes, issue: shapes.named("resolution", issue.resolution),
    "resolutiondate": lambda shapes, issue: shapes.time(issue.resolved),
    "created": lambda shapes, issue: shapes.time(issue.created),
    "updated": lambda shapes, issue: shapes.time(issue.updated),
    "creator": lambda shapes, issue: shapes.user(issue.creator),
    "attachment": lambda shapes, issue: [shapes.attachment(one) for one in issue.attachments],
    "issuelinks": lambda shapes, issue: shapes.links_of(issue),
    "watches": lambda shapes, issue: shapes.watches(issue),
    "comment": lambda shapes, issue: shapes.comments(issue),
}
_HELD: dict[Kind, Callable[[IssueShapes, Issue, Any], Any]] = {
    Kind.TEXT: lambda shapes, _, held: shapes.text(held),
    Kind.PRIORITY: lambda shapes, _, held: shapes.named("priority", _among(seed.PRIORITIES, held)),
    Kind.COMPONENTS: lambda shapes, issue, held: [
        shapes.component(one) for one in issue.project.components if one.id in (held or [])
    ],
    Kind.VERSIONS: lambda shapes, issue, held: [
        shapes.release(one) for one in issue.project.versions if one.id in (held or [])
    ],
    Kind.LABELS: lambda _, __, held: held or [],
    Kind.USER: lambda shapes, _, held: shapes.user(held),
}


def _among(known: tuple[Named, ...], id_: str | None) -> Named | None:
    return next((one for one in known if one.id == id_), None)


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
