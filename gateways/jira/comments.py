"""Comments on issues: reading them with all that says who may see them, changing and removing our own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.effects import Never
from gateways.jira.connection import Connection
from gateways.jira.errors import Call, is_missing
from gateways.jira.issues import moment
from gateways.jira.people import account_from
from gateways.jira.search import PROPERTIES, newest_comments

EDIT = Call("PUT issue/comment", permission="EDIT_OWN_COMMENTS")
DELETE = Call("DELETE issue/comment", permission="DELETE_OWN_COMMENTS")
DETACH = Call("DELETE attachment", permission="DELETE_OWN_ATTACHMENTS")
INTERNAL = "sd.public.comment"
OURS = "bugle."
# All at once: pages shift when a comment is deleted meanwhile, and one that is missed would count as deleted.
ALL = 5000


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; times are aware UTC by Jira's clock, `body` is wiki markup.

    `author_id` and `changed_by` are what Jira knows accounts by. `is_private` says that not everybody who
    sees the issue may read it. `is_marked` that it carries a marker of Bugle's.
    """

    id: str
    author: str
    author_id: str
    body: str
    created: datetime
    updated: datetime
    changed_by: str
    is_private: bool
    is_marked: bool

    @property
    def stamp(self) -> str:
        """When it was last changed, so that later ones compare greater."""
        return self.updated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_comments(jira: Connection, key: str) -> tuple[Comment, ...]:
    """Return all comments of an issue that our account sees, oldest first."""
    found = [_comment(jira, raw) for raw in newest_comments(jira, key, ALL, expand="properties")]
    return tuple(sorted(found, key=lambda each: (each.created, int(each.id))))


def edit_comment(jira: Connection, key: str, comment: str, body: str) -> bool:
    """Replace the text of a comment of ours; False where it is gone."""
    return _there(lambda: jira.send(EDIT, "PUT", f"issue/{key}/comment/{comment}", {"body": body}))


def delete_comment(jira: Connection, key: str, comment: str) -> None:
    """Remove a comment of ours; one that is gone is fine."""
    _there(lambda: jira.send(DELETE, "DELETE", f"issue/{key}/comment/{comment}"))


def detach(jira: Connection, attachment: str) -> None:
    """Remove a file of ours from its issue; one that is gone is fine."""
    _there(lambda: jira.send(DETACH, "DELETE", f"attachment/{attachment}"))


def _there(ask: Any) -> bool:
    try:
        ask()
    except Never as refusal:
        if not is_missing(refusal.__cause__):
            raise
        return False
    return True


def _comment(jira: Connection, raw: Mapping[str, Any]) -> Comment:
    cloud = jira.is_cloud()
    properties = {each["key"]: each.get("value") for each in raw.get("properties") or ()}
    # An account that was removed leaves its comments without an author.
    author = account_from(raw["author"], cloud=cloud) if raw.get("author") else None
    changed_by = account_from(raw["updateAuthor"], cloud=cloud) if raw.get("updateAuthor") else author
    return Comment(
        id=str(raw["id"]),
        author=(author.name or author.id) if author else "",
        author_id=author.id if author else "",
        body=raw.get("body") or "",
        created=moment(raw["created"]),
        updated=moment(raw["updated"]),
        changed_by=changed_by.id if changed_by else "",
        is_private=bool(raw.get("visibility")) or _is_internal(jira, raw, properties),
        is_marked=any(name.startswith(OURS) for name in properties),
    )


def _is_internal(jira: Connection, raw: Mapping[str, Any], properties: Mapping[str, Any]) -> bool:
    """Tell whether a service desk's customers may not read a comment. What does not say so is asked for."""
    if raw.get("jsdPublic") is False:
        return True
    if "properties" not in raw and "jsdPublic" not in raw:
        listed = jira.send(PROPERTIES, "GET", f"comment/{raw['id']}/properties")
        return any(each["key"] == INTERNAL for each in listed["keys"])  # in doubt it stays inside
    value = properties.get(INTERNAL)
    return isinstance(value, dict) and value.get("internal") in (True, "true")
