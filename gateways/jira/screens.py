"""Asking Jira for a project's create screen: the new addresses first, the old one where they are missing."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from domain.effects import Never
from gateways.jira.connection import Connection
from gateways.jira.errors import Call
from gateways.jira.fields import CreateScreen, fields_from

CREATEMETA = Call("GET issue/createmeta", permission="CREATE_ISSUES")
PAGE = 200


def ask_screen(jira: Connection, project: str, issue_type: str) -> CreateScreen:
    """Return the create screen of *issue_type* (by name) in *project* (by key).

    Never where the project or the type is not there, or the account may not create issues in it. The jira
    library's own methods are no use here: some raise on Cloud, others on Data Center 9.
    """
    address = f"issue/createmeta/{quote(project, safe='')}/issuetypes"
    try:
        types = list(_pages(jira, address, "issueTypes"))
    except Never as refusal:
        return _ask_the_old_way(jira, project, issue_type, refusal)
    found = _named(types, project, issue_type)
    fields = fields_from(_pages(jira, f"{address}/{found['id']}", "fields"))
    return CreateScreen(project, issue_type, str(found["id"]), fields)


def _pages(jira: Connection, address: str, key: str) -> Iterator[Mapping[str, Any]]:
    """Read all pages: Cloud calls the list *key*, Data Center `values`."""
    start = 0
    while True:
        page = jira.send(CREATEMETA, "GET", address, startAt=start, maxResults=PAGE)
        entries = page.get(key) or page.get("values") or []
        yield from entries
        start += len(entries)
        if not entries or page.get("isLast") or start >= page.get("total", 0):
            return


def _ask_the_old_way(jira: Connection, project: str, issue_type: str, refusal: Never) -> CreateScreen:
    """Ask as before Data Center 8.4; where that brings no more, raise the first *refusal*."""
    query = {"projectKeys": project, "expand": "projects.issuetypes.fields"}
    try:
        projects = jira.send(CREATEMETA, "GET", "issue/createmeta", **query)["projects"]
    except Never:
        raise refusal from None
    if not projects:
        raise refusal
    found = _named(projects[0]["issuetypes"], project, issue_type)
    fields = [{"fieldId": field_id, **raw} for field_id, raw in found["fields"].items()]
    return CreateScreen(project, issue_type, str(found["id"]), fields_from(fields))


def _named(types: list[Any], project: str, issue_type: str) -> Mapping[str, Any]:
    for raw in types:
        if raw["name"] == issue_type:
            return dict(raw)
    names = ", ".join(raw["name"] for raw in types) or "none"
    raise Never(f"project {project} has no issue type {issue_type}; it has {names}")
