"""What apps keep on issues: entity properties; and who watches them."""

import json

from sandbox.answer import Reply
from sandbox.jira.ask import Ask, Endpoint
from sandbox.jira.errors import JiraError, wrong_field

LONGEST_KEY = 255
LONGEST_VALUE = 32_768


def keys(ask: Ask) -> Reply:
    """Return the keys of an issue's properties."""
    issue = ask.issue()
    shown = [
        {"key": key, "self": ask.shapes.link(f"issue/{issue.key}/properties/{key}")}
        for key in issue.properties
    ]
    return Reply({"keys": shown})


def read(ask: Ask) -> Reply:
    """Return one of an issue's properties."""
    issue, key = ask.issue(), ask.path["key"]
    if key not in issue.properties:
        raise JiraError(404, f"The property with key '{key}' does not exist.")
    return Reply({"key": key, "value": issue.properties[key]})


def write(ask: Ask) -> Reply:
    """Set one of an issue's properties: 201 when new, 200 when replaced."""
    issue, key = ask.issue(), ask.path["key"]
    ask.require("EDIT_ISSUES", issue.project, "You do not have permission to edit issues in this project.")
    if len(key) > LONGEST_KEY:
        raise wrong_field("key", f"The property key must be at most {LONGEST_KEY} characters long.")
    if len(json.dumps(ask.body)) > LONGEST_VALUE:
        raise JiraError(400, f"The property value must be at most {LONGEST_VALUE} characters long.")
    new = key not in issue.properties
    issue.properties[key] = ask.body
    return Reply(None, 201 if new else 200)


def delete(ask: Ask) -> Reply:
    """Remove one of an issue's properties."""
    issue, key = ask.issue(), ask.path["key"]
    ask.require("EDIT_ISSUES", issue.project, "You do not have permission to edit issues in this project.")
    if key not in issue.properties:
        raise JiraError(404, f"The property with key '{key}' does not exist.")
    del issue.properties[key]
    return Reply(status=204)


def watchers(ask: Ask) -> Reply:
    """Return who watches an issue."""
    issue = ask.issue()
    shown = [ask.shapes.user(one) for one in issue.watchers]
    return Reply(ask.shapes.watches(issue) | {"watchers": shown})


def watch(ask: Ask) -> Reply:
    """Make somebody (the body: an accountId or user name) watch an issue, or oneself without a body."""
    issue = ask.issue()
    account = ask.account if ask.body is None else ask.jira.find_account(str(ask.body))
    if account is None:
        raise JiraError(404, f"User '{ask.body}' does not exist.")
    if account.id not in issue.watchers:
        issue.watchers.append(account.id)
    return Reply(status=204)


def unwatch(ask: Ask) -> Reply:
    """Make somebody stop watching an issue."""
    issue = ask.issue()
    wanted = ask.one("accountId" if ask.jira.cloud else "username")
    account = ask.jira.find_account(wanted or "")
    if account is None:
        raise JiraError(404, f"User '{wanted}' does not exist.")
    issue.watchers[:] = [one for one in issue.watchers if one != account.id]
    return Reply(status=204)


ENDPOINTS = (
    Endpoint("GET", "issue/{issue}/properties", keys),
    Endpoint("GET", "issue/{issue}/properties/{key}", read),
    Endpoint("PUT", "issue/{issue}/properties/{key}", write),
    Endpoint("DELETE", "issue/{issue}/properties/{key}", delete),
    Endpoint("GET", "issue/{issue}/watchers", watchers),
    Endpoint("POST", "issue/{issue}/watchers", watch),
    Endpoint("DELETE", "issue/{issue}/watchers", unwatch),
)
