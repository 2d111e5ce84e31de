"""What a person does in Jira, told simply: each deed goes through the same code as the REST API."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox.control import ControlError
from sandbox.jira import comments, issues, links, workflow
from sandbox.jira.ask import Ask
from sandbox.jira.model import Issue
from sandbox.jira.values import moved_items

Asked = dict[str, Any]


def create(ask: Ask, asked: Asked) -> Issue:
    """Create an issue from {"project", "summary", "type"?, other fields by id}."""
    fields = dict(asked)
    fields["project"] = {"key": fields.get("project", "")}
    fields["issuetype"] = {"name": fields.pop("type", "Bug")}
    reply = issues.create(replace(ask, body={"fields": fields}))
    return ask.jira.issues[reply.body["id"]]


def transition(ask: Ask, issue: Issue, asked: Asked) -> None:
    """Take the transition to the status {"to"}, with {"resolution"?} and {"comment"?}."""
    to = str(asked.get("to"))
    found = next((one for one in workflow.possible(issue) if to in (one.to.name, one.name, one.id)), None)
    if found is None:
        names = ", ".join(one.to.name for one in workflow.possible(issue))
        raise ControlError(f'Give "to" as one of {names}; {issue.key} is {issue.status.name}.')
    body: Asked = {"transition": {"id": found.id}, "fields": {}}
    if "resolution" in asked:
        body["fields"]["resolution"] = {"name": asked["resolution"]}
    if "comment" in asked:
        body["update"] = {"comment": [{"add": {"body": asked["comment"]}}]}
    workflow.take(replace(ask, body=body))


def comment(ask: Ask, issue: Issue, asked: Asked) -> None:
    """Comment with {"body"}, {"visibility"?} and {"internal"?}."""
    comments.add_comment(ask, issue, _said(asked))


def _said(asked: Asked) -> Asked:
    """Return a comment as the REST API takes it."""
    body: Asked = {name: asked[name] for name in ("body", "visibility") if name in asked}
    if "internal" in asked:
        body["properties"] = [{"key": "sd.public.comment", "value": {"internal": asked["internal"]}}]
    return body


def edit_comment(ask: Ask, issue: Issue, asked: Asked) -> None:
    """Change the comment {"comment"} to {"body"}, {"visibility"?} and {"internal"?}."""
    path = {"issue": issue.id, "comment": str(asked.get("comment"))}
    comments.edit(replace(ask, path=path, body=_said(asked)))


def delete_comment(ask: Ask, issue: Issue, asked: Asked) -> None:
    """Delete the comment {"comment"}."""
    comments.delete(replace(ask, path={"issue": issue.id, "comment": str(asked.get("comment"))}))


def assign(ask: Ask, _: Issue, asked: Asked) -> None:
    """Assign to {"to"}: an account's id, user name or e-mail, or null for nobody."""
    to = asked.get("to")
    account = ask.jira.find_account(str(to)) if to is not None else None
    if to is not None and account is None:
        raise ControlError(f"{to} has no Jira account; GET /control/jira lists who has.")
    by = "accountId" if ask.jira.cloud else "name"
    who = (account.id if ask.jira.cloud else account.name) if account else None
    issues.assign(replace(ask, body={by: who}))


def edit(ask: Ask, _: Issue, asked: Asked) -> None:
    """Edit with {"fields"?} and {"update"?} as the REST API takes them."""
    issues.edit(replace(ask, body=asked))


def link(ask: Ask, issue: Issue, asked: Asked) -> None:
    """Link to the issue {"to"}, which this one e.g. duplicates, by {"type"}."""
    ends = {"inwardIssue": {"key": issue.key}, "outwardIssue": {"key": str(asked.get("to"))}}
    links.create_link(replace(ask, body={"type": {"name": asked.get("type", "Relates")}, **ends}))


def move(ask: Ask, issue: Issue, asked: Asked) -> None:
    """Move the issue to the project {"project"}: it gets a new key there and is found by the old one too."""
    project = ask.jira.find_project(str(asked.get("project")))
    if project is None or project is issue.project:
        raise ControlError(f'Give "project" as another one than {issue.project.key}.')
    before, key = issue.project, issue.key
    project.last_number += 1
    issue.former_keys.append(key)
    issue.project, issue.key = project, f"{project.key}-{project.last_number}"
    for parts in ("components", "versions", "fixVersions"):
        issue.values.pop(parts, None)
    items = moved_items((before.id, before.name), (project.id, project.name), key, issue.key)
    ask.jira.changed(issue, ask.account, items, "issue_updated")


def delete(ask: Ask, _: Issue, __: Asked) -> None:
    """Delete the issue."""
    issues.delete(ask)


Deed = Callable[[Ask, Issue, Asked], None]
DEEDS: dict[str, Deed] = {
    "transition": transition,
    "comment": comment,
    "edit_comment": edit_comment,
    "delete_comment": delete_comment,
    "assign": assign,
    "edit": edit,
    "link": link,
    "move": move,
    "delete": delete,
}
