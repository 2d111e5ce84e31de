"""Comments on issues."""

from typing import Any

from sandbox.answer import Reply
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.errors import JiraError, wrong_field
from sandbox.jira.model import Comment, Issue
from sandbox.jira.reading import read_text


def add_comment(ask: Ask, issue: Issue, body: dict[str, Any]) -> Comment:
    """Add a comment to *issue* as the request's account; JiraError where it may not or says nothing."""
    message = "You do not have the permission to comment on this issue."
    ask.require("ADD_COMMENTS", issue.project, message)
    properties = body.get("properties") or []
    now = ask.jira.now()
    comment = Comment(
        id=ask.jira.next_id("comment"), author=ask.account.id, body=_body(ask, body), created=now,
        updated=now, update_author=ask.account.id, visibility=_visibility(body),
        public=not _internal(properties), properties=properties,
    )  # fmt: skip
    issue.comments.append(comment)
    ask.jira.changed(issue, ask.account, (), "comment_created", comment=comment)
    return comment


def _body(ask: Ask, body: dict[str, Any]) -> str:
    text = read_text("comment", body.get("body"), ask.version)
    if not text or not text.strip():
        raise wrong_field("comment", "Comment body can not be empty!")
    return text


def _visibility(body: dict[str, Any]) -> dict[str, str] | None:
    visibility = body.get("visibility")
    if visibility is None:
        return None
    if not isinstance(visibility, dict) or visibility.get("type") not in ("role", "group"):
        raise wrong_field("commentLevel", "Specify the type of visibility as role or group.")
    return {key: str(visibility[key]) for key in ("type", "value", "identifier") if key in visibility}


def _internal(properties: list[dict[str, Any]]) -> bool:
    return any(
        one.get("key") == "sd.public.comment" and one.get("value", {}).get("internal") for one in properties
    )


def _find(ask: Ask, issue: Issue) -> Comment:
    wanted = ask.path["comment"]
    comment = next((one for one in issue.comments if one.id == wanted), None)
    if comment is None:
        raise JiraError(404, f"Can not find a comment for the id: {wanted}.")
    return comment


def _writable(ask: Ask, issue: Issue, verb: str) -> Comment:
    """Return the comment the path names, when the account may *verb* (EDIT or DELETE) it."""
    comment = _find(ask, issue)
    whose = "OWN" if comment.author == ask.account.id else "ALL"
    message = f"You do not have permission to {verb.lower()} comment with id: {comment.id}."
    ask.require(f"{verb}_{whose}_COMMENTS", issue.project, message, 400)
    return comment


def create(ask: Ask) -> Reply:
    """Add a comment."""
    issue = ask.issue()
    return Reply(ask.shapes.comment(issue, add_comment(ask, issue, ask.object())), 201)


def read_all(ask: Ask) -> Reply:
    """Return a page of an issue's comments, in the order asked for."""
    issue = ask.issue()
    start, length = ask.page(5000 if ask.jira.cloud else 1_000_000)
    ordered = list(reversed(issue.comments)) if ask.one("orderBy") == "-created" else issue.comments
    shown = [_shown(ask, issue, one) for one in ordered[start : start + length]]
    return Reply({"startAt": start, "maxResults": length, "total": len(ordered), "comments": shown})


def read(ask: Ask) -> Reply:
    """Return one comment."""
    issue = ask.issue()
    return Reply(_shown(ask, issue, _find(ask, issue)))


def _shown(ask: Ask, issue: Issue, comment: Comment) -> dict[str, Any]:
    """Return a comment, with its properties where they are asked for."""
    more = {"properties": comment.properties} if "properties" in ask.many("expand") else {}
    return ask.shapes.comment(issue, comment) | more


def edit(ask: Ask) -> Reply:
    """Change the text of a comment."""
    issue = ask.issue()
    comment = _writable(ask, issue, "EDIT")
    comment.body = _body(ask, ask.object())
    comment.visibility = _visibility(ask.object()) or comment.visibility
    for given in ask.object().get("properties") or []:
        comment.properties = [one for one in comment.properties if one["key"] != given["key"]] + [given]
    comment.public = not _internal(comment.properties)
    comment.updated, comment.update_author = ask.jira.now(), ask.account.id
    ask.jira.changed(issue, ask.account, (), "comment_updated", comment=comment)
    return Reply(ask.shapes.comment(issue, comment))


def delete(ask: Ask) -> Reply:
    """Delete a comment."""
    issue = ask.issue()
    comment = _writable(ask, issue, "DELETE")
    issue.comments.remove(comment)
    ask.jira.changed(issue, ask.account, (), "comment_deleted", comment=comment)
    return Reply(status=204)


def property_keys(ask: Ask) -> Reply:
    """Return the keys of a comment's properties; the path names no issue."""
    wanted = ask.path["comment"]
    for issue in ask.jira.issues.values():
        for comment in issue.comments:
            if comment.id == wanted and ask.may("BROWSE_PROJECTS", issue.project):
                keys = [one["key"] for one in comment.properties]
                link = ask.shapes.link
                shown = [{"key": key, "self": link(f"comment/{wanted}/properties/{key}")} for key in keys]
                return Reply({"keys": shown})
    raise JiraError(404, f"Can not find a comment for the id: {wanted}.")


ENDPOINTS = (
    Endpoint("GET", "comment/{comment}/properties", property_keys),
    Endpoint("GET", "issue/{issue}/comment", read_all),
    Endpoint("POST", "issue/{issue}/comment", create),
    Endpoint("GET", "issue/{issue}/comment/{comment}", read),
    Endpoint("PUT", "issue/{issue}/comment/{comment}", edit),
    Endpoint("DELETE", "issue/{issue}/comment/{comment}", delete),
)
