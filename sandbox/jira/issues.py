"""Issues: creating, reading, editing, assigning and deleting them, and their changelog."""

from typing import Any

from sandbox.answer import Reply
from sandbox.jira import meta, workflow
from sandbox.jira.ask import CLOUD, Ask, Endpoint
from sandbox.jira.comments import add_comment
from sandbox.jira.editing import read_create, read_edit
from sandbox.jira.errors import JiraError
from sandbox.jira.fields import FIELDS
from sandbox.jira.model import Issue
from sandbox.jira.seed import TO_DO
from sandbox.jira.values import changed_items


def create(ask: Ask) -> Reply:
    """Create an issue."""
    made = _make(ask, ask.object())
    return Reply({"id": made.id, "key": made.key, "self": ask.shapes.link(f"issue/{made.id}")}, 201)


def create_many(ask: Ask) -> Reply:
    """Create up to fifty issues, each succeeding or failing on its own."""
    updates = ask.object().get("issueUpdates")
    if not isinstance(updates, list) or not 0 < len(updates) <= 50:
        raise JiraError(400, "Specify between 1 and 50 issues in 'issueUpdates'.")
    made: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for number, update in enumerate(updates):
        try:
            issue = _make(ask, update if isinstance(update, dict) else {})
        except JiraError as error:
            failed.append(
                {
                    "status": error.status,
                    "elementErrors": error.reply().body,
                    "failedElementNumber": number,
                }
            )
        else:
            made.append({"id": issue.id, "key": issue.key, "self": ask.shapes.link(f"issue/{issue.id}")})
    return Reply({"issues": made, "errors": failed}, 201 if made else 400)


def _make(ask: Ask, body: dict[str, Any]) -> Issue:
    draft = read_create(ask, body)
    project = draft.project
    project.last_number += 1
    now = ask.jira.now()
    issue = Issue(
        id=ask.jira.next_id("issue"), key=f"{project.key}-{project.last_number}", project=project,
        type=draft.type, status=TO_DO, creator=ask.account.id, created=now, updated=now, values=draft.values,
        properties=draft.properties,
    )  # fmt: skip
    ask.jira.issues[issue.id] = issue
    ask.jira.changed(issue, ask.account, (), "issue_created")
    return issue


def read(ask: Ask) -> Reply:
    """Return an issue, with the fields and expansions asked for."""
    issue = ask.issue()
    shown = ask.shapes.issue(issue, ask.many("fields"))
    expand = ask.many("expand")
    if "changelog" in expand:
        histories = [ask.shapes.change(change) for change in reversed(issue.changes)]
        shown["changelog"] = {
            "startAt": 0,
            "maxResults": len(histories),
            "total": len(histories),
            "histories": histories,
        }
    if "names" in expand:
        shown["names"] = {name: FIELDS[name].name for name in shown["fields"]}
    if "schema" in expand:
        shown["schema"] = {name: FIELDS[name].schema() for name in shown["fields"]}
    if "transitions" in expand:
        shown["transitions"] = workflow.available(ask, issue)
    if "editmeta" in expand:
        shown["editmeta"] = {"fields": meta.edit_fields(ask, issue)}
    if wanted := ask.many("properties"):
        every = "*all" in wanted
        shown["properties"] = {
            key: value for key, value in issue.properties.items() if every or key in wanted
        }
    return Reply(shown)


def edit(ask: Ask) -> Reply:
    """Change fields of an issue."""
    issue = ask.issue()
    ask.require("EDIT_ISSUES", issue.project, "You do not have permission to edit issues in this project.")
    written = read_edit(ask, issue, ask.object(), issue.project.edit_screen)
    before = dict(issue.values)
    issue.values.update(written.values)
    for comment in written.comments:
        add_comment(ask, issue, comment)
    items = changed_items(ask.jira, issue, before)
    if items:
        ask.jira.changed(issue, ask.account, items, "issue_updated")
    return Reply(ask.shapes.issue(issue)) if ask.one("returnIssue") == "true" else Reply(status=204)


def assign(ask: Ask) -> Reply:
    """Assign an issue to somebody, to nobody (null) or automatically (-1)."""
    issue = ask.issue()
    message = "You do not have permission to assign this issue."
    ask.require("ASSIGN_ISSUES", issue.project, message)
    written = read_edit(ask, issue, {"fields": {"assignee": ask.object()}}, ["assignee"])
    before = dict(issue.values)
    issue.values.update(written.values)
    if items := changed_items(ask.jira, issue, before):
        ask.jira.changed(issue, ask.account, items, "issue_assigned")
    return Reply(status=204)


def delete(ask: Ask) -> Reply:
    """Delete an issue and its links."""
    issue = ask.issue()
    ask.require(
        "DELETE_ISSUES", issue.project, "You do not have permission to delete issues in this project."
    )
    ask.jira.links[:] = [one for one in ask.jira.links if issue.id not in (one.inward, one.outward)]
    ask.jira.tell("issue_deleted", ask.account, issue=issue)
    del ask.jira.issues[issue.id]
    ask.jira.index.forget(issue)
    return Reply(status=204)


def changelog(ask: Ask) -> Reply:
    """Return a page of an issue's changes, oldest first."""
    issue = ask.issue()
    start, length = ask.page(100)
    shown = [ask.shapes.change(change) for change in issue.changes]
    return Reply(
        {
            "self": ask.shapes.link(f"issue/{issue.key}/changelog"),
            "maxResults": length,
            "startAt": start,
            "total": len(shown),
            "isLast": start + length >= len(shown),
            "values": shown[start : start + length],
        }
    )


def edit_meta(ask: Ask) -> Reply:
    """Return the fields that can be edited."""
    return Reply({"fields": meta.edit_fields(ask, ask.issue())})


ENDPOINTS = (
    Endpoint("POST", "issue", create),
    Endpoint("POST", "issue/bulk", create_many),
    Endpoint("GET", "issue/{issue}", read),
    Endpoint("PUT", "issue/{issue}", edit),
    Endpoint("DELETE", "issue/{issue}", delete),
    Endpoint("PUT", "issue/{issue}/assignee", assign),
    Endpoint("GET", "issue/{issue}/changelog", changelog, CLOUD),
    Endpoint("GET", "issue/{issue}/editmeta", edit_meta),
)
