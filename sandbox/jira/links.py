"""Links between issues, and from issues to things outside Jira."""

from typing import Any

from sandbox.answer import Reply
from sandbox.jira import seed
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.comments import add_comment
from sandbox.jira.errors import NO_ISSUE, JiraError, wrong_field
from sandbox.jira.model import Issue, Link, LinkType, RemoteLink
from sandbox.jira.values import link_item, remote_link_item

_NO_LINKING = "You do not have permission to link issues in this project."


def create_link(ask: Ask) -> Reply:
    """Link two issues; linking them again the same way changes nothing."""
    body = ask.object()
    kind = _kind(body.get("type"))
    inward, outward = _end(ask, body.get("inwardIssue")), _end(ask, body.get("outwardIssue"))
    ask.require("LINK_ISSUES", inward.project, _NO_LINKING, 404)
    same = (kind, inward.id, outward.id)
    if inward is outward:
        raise JiraError(400, "You cannot link an issue to itself.")
    if same not in [(one.type, one.inward, one.outward) for one in ask.jira.links]:
        link = Link(ask.jira.next_id("link"), *same)
        ask.jira.links.append(link)
        _record(ask, link)
        ask.jira.tell("issuelink_created", ask.account, link=link)
    if body.get("comment"):
        add_comment(ask, outward, body["comment"])
    return Reply(status=201)


def _kind(sent: Any) -> LinkType:
    by = "id" if isinstance(sent, dict) and "id" in sent else "name"
    value = sent.get(by) if isinstance(sent, dict) else None
    found = next((one for one in seed.LINK_TYPES if getattr(one, by) == value), None)
    if found is None:
        raise JiraError(404, f"No issue link type with {by} '{value}' found.")
    return found


def _end(ask: Ask, sent: Any) -> Issue:
    named = (sent.get("key") or sent.get("id")) if isinstance(sent, dict) else None
    issue = ask.jira.find_issue(str(named)) if named else None
    if issue is None or not ask.may("BROWSE_PROJECTS", issue.project):
        raise JiraError(404, NO_ISSUE)
    return issue


def _record(ask: Ask, link: Link, *, removed: bool = False) -> None:
    """Write a link made or removed into both issues' changelogs."""
    inward, outward = ask.jira.issues[link.inward], ask.jira.issues[link.outward]
    for issue, other, relation in (
        (inward, outward, link.type.outward),
        (outward, inward, link.type.inward),
    ):
        item = link_item(other.key, f"This issue {relation} {other.key}", removed=removed)
        ask.jira.changed(issue, ask.account, [item], "issue_updated")


def _find_link(ask: Ask) -> Link:
    wanted = ask.path["link"]
    found = next((one for one in ask.jira.links if one.id == wanted), None)
    if found is None:
        raise JiraError(404, f"No issue link with id '{wanted}' exists.")
    return found


def read_link(ask: Ask) -> Reply:
    """Return a link between two issues."""
    link = _find_link(ask)
    return Reply(
        {
            "id": link.id,
            "self": ask.shapes.link(f"issueLink/{link.id}"),
            "type": ask.shapes.link_type(link.type),
            "inwardIssue": ask.shapes.brief(ask.jira.issues[link.inward]),
            "outwardIssue": ask.shapes.brief(ask.jira.issues[link.outward]),
        }
    )


def delete_link(ask: Ask) -> Reply:
    """Remove a link between two issues."""
    link = _find_link(ask)
    ask.require("LINK_ISSUES", ask.jira.issues[link.inward].project, _NO_LINKING, 404)
    ask.jira.links.remove(link)
    _record(ask, link, removed=True)
    ask.jira.tell("issuelink_deleted", ask.account, link=link)
    return Reply(status=204)


def put_remote(ask: Ask) -> Reply:
    """Add a remote link, or replace the one with the same globalId: 201 or 200."""
    issue, body = ask.issue(), ask.object()
    ask.require("LINK_ISSUES", issue.project, _NO_LINKING)
    given = _remote_parts(body)
    known = None
    if given["global_id"] is not None:
        known = next((one for one in issue.remote_links if one.global_id == given["global_id"]), None)
    link = known or RemoteLink(int(ask.jira.next_id("remote link")), {})
    _fill(link, given)
    if known is None:
        issue.remote_links.append(link)
        item = remote_link_item(link.id, link.object["title"])
        ask.jira.changed(issue, ask.account, [item], "issue_updated")
    answer = {"id": link.id, "self": ask.shapes.link(f"issue/{issue.key}/remotelink/{link.id}")}
    return Reply(answer, 200 if known else 201)


def _remote_parts(body: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a remote link as sent; JiraError where they are not one."""
    target = body.get("object")
    if not isinstance(target, dict):
        raise wrong_field("object", "'object' is required.")
    for name in ("url", "title"):
        if not isinstance(target.get(name), str) or not target[name]:
            raise wrong_field(name, f"'{name}' is required.")
    global_id = body.get("globalId")
    if global_id is not None and len(str(global_id)) > 255:
        raise wrong_field("globalId", "'globalId' must be at most 255 characters long.")
    return {
        "object": target,
        "global_id": global_id,
        "application": body.get("application"),
        "relationship": body.get("relationship"),
    }


def _fill(link: RemoteLink, parts: dict[str, Any]) -> None:
    for name, value in parts.items():
        setattr(link, name, value)


def read_remotes(ask: Ask) -> Reply:
    """Return an issue's remote links, or the one with the globalId asked for."""
    issue = ask.issue()
    wanted = ask.one("globalId")
    if wanted is None:
        return Reply([ask.shapes.remote_link(issue, one) for one in issue.remote_links])
    return Reply(ask.shapes.remote_link(issue, _find_by_global_id(issue, wanted)))


def _find_by_global_id(issue: Issue, wanted: str | None) -> RemoteLink:
    found = next((one for one in issue.remote_links if one.global_id == wanted), None)
    if found is None or wanted is None:
        raise JiraError(404, f"No remote issue link exists with globalId '{wanted}'.")
    return found


def _find_remote(ask: Ask, issue: Issue) -> RemoteLink:
    wanted = ask.path["link"]
    found = next((one for one in issue.remote_links if str(one.id) == wanted), None)
    if found is None:
        raise JiraError(404, f"Issue remote link with ID '{wanted}' does not exist.")
    return found


def read_remote(ask: Ask) -> Reply:
    """Return one remote link."""
    issue = ask.issue()
    return Reply(ask.shapes.remote_link(issue, _find_remote(ask, issue)))


def edit_remote(ask: Ask) -> Reply:
    """Replace a remote link."""
    issue = ask.issue()
    ask.require("LINK_ISSUES", issue.project, _NO_LINKING)
    _fill(_find_remote(ask, issue), _remote_parts(ask.object()))
    return Reply(status=204)


def delete_remote(ask: Ask) -> Reply:
    """Remove a remote link, by its id in the path or its globalId in the query."""
    issue = ask.issue()
    ask.require("LINK_ISSUES", issue.project, _NO_LINKING)
    by_path = "link" in ask.path
    link = _find_remote(ask, issue) if by_path else _find_by_global_id(issue, ask.one("globalId"))
    issue.remote_links.remove(link)
    item = remote_link_item(link.id, link.object["title"], removed=True)
    ask.jira.changed(issue, ask.account, [item], "issue_updated")
    return Reply(status=204)


ENDPOINTS = (
    Endpoint("POST", "issueLink", create_link),
    Endpoint("GET", "issueLink/{link}", read_link),
    Endpoint("DELETE", "issueLink/{link}", delete_link),
    Endpoint("GET", "issue/{issue}/remotelink", read_remotes),
    Endpoint("POST", "issue/{issue}/remotelink", put_remote),
    Endpoint("DELETE", "issue/{issue}/remotelink", delete_remote),
    Endpoint("GET", "issue/{issue}/remotelink/{link}", read_remote),
    Endpoint("PUT", "issue/{issue}/remotelink/{link}", edit_remote),
    Endpoint("DELETE", "issue/{issue}/remotelink/{link}", delete_remote),
)
