"""Searching: the paged search of Data Center, and Cloud's with tokens, bounded queries and few fields."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from sandbox.answer import Reply
from sandbox.jira.ask import CLOUD, Ask, Endpoint
from sandbox.jira.errors import JiraError
from sandbox.jira.jql import Query, parse
from sandbox.jira.model import Issue
from sandbox.jira.query import Meaning

REMOVED = (
    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration "
    "guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046"
)
UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
LONGEST_PAGE = 100
MOST_RECONCILED = 50


@dataclass(frozen=True)
class Wanted:
    """What a search request asks for, from its query string or its body."""

    jql: str
    fields: list[str]
    length: int
    start: int = 0
    token: str | None = None
    reconcile: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()


def _wanted(ask: Ask, fields: list[str]) -> Wanted:
    """Return what is asked for; *fields* where the request names none."""
    if ask.body is None:
        start, length = ask.page()
        return Wanted(
            ask.one("jql") or "", ask.many("fields") or fields, length, start, ask.one("nextPageToken"),
            tuple(ask.many("reconcileIssues")), tuple(ask.many("expand")),
        )  # fmt: skip
    body = ask.object()
    expand = body.get("expand") or []
    return Wanted(
        str(body.get("jql") or ""), list(body.get("fields") or fields), int(body.get("maxResults") or 50),
        int(body.get("startAt") or 0), body.get("nextPageToken"),
        tuple(str(one) for one in body.get("reconcileIssues") or []),
        tuple(expand.split(",") if isinstance(expand, str) else expand),
    )  # fmt: skip


def _found(ask: Ask, query: Query, reconcile: tuple[str, ...] = ()) -> list[Issue]:
    """Return the issues the query finds in the index, in order, taking those reconciled as they are now."""
    meaning = Meaning(ask.jira, ask.account)
    matches = meaning.match(query)
    now = ask.jira.now()
    found: list[Issue] = []
    for issue in ask.jira.issues.values():
        known: Issue | None = issue
        if issue.id not in reconcile:
            known = ask.jira.index.visible(issue, now, ask.jira.index_delay)
        if known is not None and ask.may("BROWSE_PROJECTS", issue.project) and matches(known):
            found.append(issue)
    return meaning.sorted(query, found)


def _shown(ask: Ask, issue: Issue, wanted: Wanted) -> dict[str, Any]:
    shown = ask.shapes.issue(issue, wanted.fields)
    if wanted.fields == ["id"]:
        return {"id": issue.id}
    if "changelog" in wanted.expand:
        histories = [ask.shapes.change(change) for change in reversed(issue.changes)]
        total = len(histories)
        shown["changelog"] = {
            "startAt": 0,
            "maxResults": total,
            "total": total,
            "histories": histories,
        }
    return shown


def search(ask: Ask) -> Reply:
    """Return a numbered page of what a query finds: Data Center's search, which Cloud no longer has."""
    if ask.jira.cloud:
        raise JiraError(410, REMOVED)
    wanted = _wanted(ask, ["*navigable"])
    issues = _found(ask, parse(wanted.jql))
    page = issues[wanted.start : wanted.start + wanted.length]
    return Reply(
        {
            "expand": "schema,names",
            "startAt": wanted.start,
            "maxResults": wanted.length,
            "total": len(issues),
            "issues": [_shown(ask, issue, wanted) for issue in page],
        }
    )


def search_jql(ask: Ask) -> Reply:
    """Return a page of what a bounded query finds and the token of the next: Cloud's search."""
    wanted = _wanted(ask, ["id"])
    query = parse(wanted.jql)
    if query.clause is None:
        raise JiraError(400, UNBOUNDED)
    if len(wanted.reconcile) > MOST_RECONCILED:
        raise JiraError(400, f"At most {MOST_RECONCILED} issues can be reconciled.")
    issues = _found(ask, query, wanted.reconcile)
    start = _token_start(wanted) if wanted.token else 0
    end = start + max(1, min(wanted.length, LONGEST_PAGE if wanted.fields != ["id"] else 5000))
    page: dict[str, Any] = {"issues": [_shown(ask, one, wanted) for one in issues[start:end]]}
    if end < len(issues):
        return Reply(page | {"isLast": False, "nextPageToken": _token(wanted.jql, end)})
    return Reply(page | {"isLast": True})


def _token(jql: str, start: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([jql, start]).encode()).decode()


def _token_start(wanted: Wanted) -> int:
    """Return where the page of a token begins; JiraError where it is not of this query."""
    try:
        jql, start = json.loads(base64.urlsafe_b64decode(wanted.token or ""))
    except ValueError as error:
        raise JiraError(400, "The provided next page token is invalid or expired.") from error
    if jql != wanted.jql or not isinstance(start, int):
        raise JiraError(400, "The provided next page token is invalid or expired.")
    return start


def count(ask: Ask) -> Reply:
    """Return about how many issues a bounded query finds."""
    query = parse(str(ask.object().get("jql") or ""))
    if query.clause is None:
        raise JiraError(400, UNBOUNDED)
    return Reply({"count": len(_found(ask, query))})


ENDPOINTS = (
    Endpoint("GET", "search", search),
    Endpoint("POST", "search", search),
    Endpoint("GET", "search/jql", search_jql, CLOUD),
    Endpoint("POST", "search/jql", search_jql, CLOUD),
    Endpoint("POST", "search/approximate-count", count, CLOUD),
)
