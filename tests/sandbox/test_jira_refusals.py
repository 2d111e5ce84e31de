"""What Jira refuses, call by call: the status and the words."""

from typing import Any

import httpx
import pytest

from sandbox.jira.model import Deployment
from sandbox.server import Sandbox

BUG: dict[str, Any] = {"project": {"key": "SHOP"}, "issuetype": {"name": "Bug"}, "summary": "A bug"}
ISSUE = "/issue/SHOP-1"
GONE = "Issue does not exist or you do not have permission to see it."


def bug(**fields: Any) -> dict[str, Any]:
    """Return the body that creates a bug with *fields*."""
    return {"fields": BUG | fields}


def update(**operations: Any) -> dict[str, Any]:
    """Return the body that edits by *operations*."""
    return {"update": operations}


def link(type_: Any, inward: Any, outward: Any) -> dict[str, Any]:
    """Return the body that links two issues."""
    return {"type": type_, "inwardIssue": inward, "outwardIssue": outward}


HERE, THERE = {"key": "SHOP-1"}, {"key": "SHOP-2"}
REFUSED: list[tuple[str, str, Any, int, str]] = [
    ("POST", "/issue", {"fields": []}, 400, "Specify a valid project"),
    ("POST", "/issue", {"fields": "text"}, 400, "must be an object"),
    ("POST", "/issue", {"fields": {"project": {"key": "SHOP"}}}, 400, "Specify an issue type"),
    ("POST", "/issue", bug(summary=5), 400, "must be a string"),
    ("POST", "/issue", bug(priority="High"), 400, "Specify a valid 'id' or 'name' for Priority"),
    ("POST", "/issue", bug(priority={"id": 3}), 400, "Specify the Priority (id) in the string format"),
    ("POST", "/issue", bug(components="Search"), 400, "data was not an array"),
    ("POST", "/issue", bug(components=["Search"]), 400, "expected 'id' or 'name' property for Component"),
    ("POST", "/issue", bug(labels=[5]), 400, "string expected"),
    ("POST", "/issue", bug(labels=["x" * 256]), 400, "exceeds the maximum length"),
    ("POST", "/issue", bug(assignee="ana"), 400, "data was not an object"),
    ("POST", "/issue", bug(assignee={"name": "ana"}), 400, "Specify the user by 'accountId'"),
    ("POST", "/issue", bug(attachment=[]), 400, "cannot be set"),
    ("POST", "/issue/bulk", {"issueUpdates": []}, 400, "between 1 and 50"),
    ("PUT", ISSUE, update(colour=[{"set": "red"}]), 400, "'colour' cannot be set"),
    ("PUT", ISSUE, update(summary=[{"add": "x"}]), 400, "does not support the operation 'add'"),
    ("PUT", ISSUE, update(labels=[{"double": "x"}]), 400, "does not support the operation 'double'"),
    ("PUT", ISSUE, update(labels=["x"]), 400, "Each operation is an object"),
    ("PUT", ISSUE, update(components=[{"add": {"name": "Refunds"}}]), 400, "'Refunds' is not valid"),
    ("POST", f"{ISSUE}/transitions", {}, 400, "Missing 'transition' identifier"),
    (
        "POST", f"{ISSUE}/transitions", {"transition": {"id": "21"}, "fields": {"resolution": {"id": "1"}}},
        400, "'resolution' cannot be set",
    ),
    ("GET", f"{ISSUE}/comment/1", None, 404, "Can not find a comment for the id: 1"),
    ("POST", f"{ISSUE}/comment", {"body": "x", "visibility": {"type": "mood"}}, 400, "role or group"),
    ("POST", f"{ISSUE}/comment", {"body": "x" * 32_768}, 400, "exceeds the allowed limit"),
    ("GET", "/attachment/1", None, 404, "The attachment with id '1' does not exist"),
    ("GET", "/attachment/content/1", None, 404, "The attachment with id '1' does not exist"),
    ("POST", "/issueLink", link({"name": "Likes"}, HERE, THERE), 404, "No issue link type with name 'Likes'"),
    ("POST", "/issueLink", link({"name": "Blocks"}, HERE, {"key": "SHOP-9"}), 404, GONE),
    ("POST", "/issueLink", link({"name": "Blocks"}, HERE, HERE), 400, "cannot link an issue to itself"),
    ("GET", "/issueLink/1", None, 404, "No issue link with id '1' exists"),
    ("POST", f"{ISSUE}/remotelink", {}, 400, "'object' is required"),
    ("POST", f"{ISSUE}/remotelink", {"object": {"url": "https://x"}}, 400, "'title' is required"),
    (
        "POST", f"{ISSUE}/remotelink", {"globalId": "x" * 256, "object": {"url": "https://x", "title": "x"}},
        400, "at most 255 characters",
    ),
    ("GET", f"{ISSUE}/remotelink?globalId=x", None, 404, "No remote issue link exists with globalId 'x'"),
    ("GET", f"{ISSUE}/remotelink/1", None, 404, "Issue remote link with ID '1' does not exist"),
    ("DELETE", f"{ISSUE}/remotelink?globalId=x", None, 404, "No remote issue link exists with globalId 'x'"),
    ("GET", f"{ISSUE}/properties/none", None, 404, "The property with key 'none' does not exist"),
    ("DELETE", f"{ISSUE}/properties/none", None, 404, "The property with key 'none' does not exist"),
    ("PUT", f"{ISSUE}/properties/{'k' * 256}", 1, 400, "at most 255 characters"),
    ("PUT", f"{ISSUE}/properties/big", "x" * 32_768, 400, "at most 32768 characters"),
    ("POST", f"{ISSUE}/watchers", "nobody", 404, "User 'nobody' does not exist"),
    ("DELETE", f"{ISSUE}/watchers?accountId=nobody", None, 404, "User 'nobody' does not exist"),
    ("GET", "/user", None, 400, "query parameter 'accountId'"),
    ("GET", "/user?accountId=nobody", None, 404, "Specified user does not exist"),
    ("GET", "/user/assignable/search?project=NOPE&query=a", None, 404, "No project could be found"),
    ("GET", "/user/assignable/search?issueKey=SHOP-9&query=a", None, 404, GONE),
    ("GET", "/component/1", None, 404, "The component with id 1 does not exist"),
    ("GET", "/version/1", None, 404, "Could not find version for id '1'"),
    ("GET", "/status/none", None, 404, "The status with id 'none' does not exist"),
    ("GET", "/mypermissions?permissions=CREATE_ISSUES&projectKey=NOPE", None, 404, "No project"),
    ("GET", "/issue/createmeta/SHOP/issuetypes/1", None, 404, "Issue type with id '1' does not exist"),
    ("GET", "/search/jql?jql=project=SHOP&nextPageToken=x", None, 400, "next page token is invalid"),
    ("GET", "/search/jql?jql=project=SHOP&maxResults=many", None, 404, "is not a number"),
    ("POST", "/search/jql", {"jql": "key = SHOP-1", "reconcileIssues": [1] * 51}, 400, "At most 50"),
    ("POST", "/search/approximate-count", {"jql": ""}, 400, "Unbounded"),
]  # fmt: skip


def words(answer: httpx.Response) -> str:
    """Return everything a refusal says."""
    told = answer.json()
    return " ".join([*told["errorMessages"], *told["errors"].values()])


def test_cloud_refuses(rest: httpx.Client, sandbox: Sandbox, subtests: pytest.Subtests) -> None:
    """Each call that cannot be done is refused with Jira's status and words, and changes nothing."""
    for _ in range(2):
        rest.post("/issue", json=bug())
    before = rest.get(ISSUE, params={"expand": "changelog"}).json()
    for verb, path, body, status, said in REFUSED:
        with subtests.test(f"{verb} {path} {said}"):
            answer = rest.request(verb, path, json=body) if body is not None else rest.request(verb, path)
            assert (answer.status_code, said in words(answer)) == (status, True), answer.text
    assert rest.get(ISSUE, params={"expand": "changelog"}).json() == before
    assert len(sandbox.jira.issues) == 2


def test_data_center_refuses_in_its_own_words(
    rest: httpx.Client, sandbox: Sandbox, subtests: pytest.Subtests
) -> None:
    """Data Center names what is missing differently, and people by name."""
    sandbox.jira.deployment = Deployment.SERVER
    login = {"Authorization": f"Bearer {sandbox.jira.pat}"}
    refused = [
        ("POST", "/issue", {"fields": {}}, 400, "project is required"),
        ("POST", "/issue", {"fields": {"project": {"key": "NOPE"}}}, 400, "valid project is required"),
        ("POST", "/issue", {"fields": {"project": {"key": "SHOP"}}}, 400, "issue type is required"),
        ("POST", "/issue", bug(issuetype={"name": "Epic"}), 400, "The issue type selected is invalid"),
        ("POST", "/issue", bug(assignee={"accountId": "x"}), 400, "Specify the user by 'name'"),
        ("GET", "/issue/SHOP-1", None, 404, "Issue Does Not Exist"),
        ("GET", "/issue/createmeta", None, 404, "Issue Does Not Exist"),
        ("GET", "/user", None, 400, "query parameter 'username'"),
        ("GET", "/user?username=nobody", None, 404, "The user named 'nobody' does not exist"),
        ("GET", "/user/search?query=ana", None, 400, "The username query parameter was not provided"),
    ]
    plain = httpx.Client(base_url=rest.base_url, headers=login)
    with plain:
        for verb, path, body, status, said in refused:
            with subtests.test(f"{verb} {path} {said}"):
                answer = (
                    plain.request(verb, path, json=body) if body is not None else plain.request(verb, path)
                )
                assert (answer.status_code, said in words(answer)) == (status, True), answer.text


REVOKED = [
    ("EDIT_ISSUES", "PUT", ISSUE, {"fields": {"summary": "x"}}, 403),
    ("EDIT_ISSUES", "PUT", f"{ISSUE}/properties/x", 1, 403),
    ("ASSIGN_ISSUES", "PUT", f"{ISSUE}/assignee", {"accountId": None}, 403),
    ("TRANSITION_ISSUES", "POST", f"{ISSUE}/transitions", {"transition": {"id": "21"}}, 403),
    ("ADD_COMMENTS", "POST", f"{ISSUE}/comment", {"body": "x"}, 403),
    ("LINK_ISSUES", "POST", "/issueLink", link({"name": "Blocks"}, HERE, THERE), 404),
    ("LINK_ISSUES", "POST", f"{ISSUE}/remotelink", {"object": {"url": "https://x", "title": "x"}}, 403),
    ("SCHEDULE_ISSUES", "PUT", ISSUE, {"fields": {"duedate": "2026-12-24"}}, 400),
    ("CREATE_ATTACHMENTS", "POST", f"{ISSUE}/attachments", None, 403),
    ("BROWSE_PROJECTS", "GET", ISSUE, None, 404),
    ("BROWSE_PROJECTS", "GET", "/project/SHOP", None, 404),
    ("BROWSE_PROJECTS", "POST", "/issue", bug(), 400),
    ("CREATE_ISSUES", "POST", "/issue", bug(), 403),
]


def test_each_permission_is_needed(
    rest: httpx.Client, control: httpx.Client, subtests: pytest.Subtests
) -> None:
    """A call is refused without its permission and done, or refused for another reason, with it."""
    for _ in range(2):
        rest.post("/issue", json=bug())
    header = {"X-Atlassian-Token": "no-check"}
    for permission, verb, path, body, status in REVOKED:
        with subtests.test(f"{permission} {verb} {path}"):
            control.post("/jira/projects/SHOP", json={"revoke": [permission]})
            without = rest.request(verb, path, headers=header, json=body)
            control.post("/jira/projects/SHOP", json={"grant": [permission]})
            assert without.status_code == status
            assert rest.request(verb, path, headers=header, json=body).status_code != status


def test_own_files_and_links_can_be_removed(rest: httpx.Client) -> None:
    """What the service account attached or linked it can remove, properties and watching too."""
    rest.post("/issue", json=bug())
    header = {"X-Atlassian-Token": "no-check"}
    (file,) = rest.post(f"{ISSUE}/attachments", files={"file": ("a.txt", b"x")}, headers=header).json()
    assert rest.delete(f"/attachment/{file['id']}").status_code == 204
    remote = {"object": {"url": "https://x.example", "title": "x"}}
    number = rest.post(f"{ISSUE}/remotelink", json=remote).json()["id"]
    remote["object"]["title"] = "y"
    assert rest.put(f"{ISSUE}/remotelink/{number}", json=remote).status_code == 204
    assert rest.get(f"{ISSUE}/remotelink/{number}").json()["object"]["title"] == "y"
    assert rest.delete(f"{ISSUE}/remotelink/{number}").status_code == 204
    assert rest.get(f"{ISSUE}/remotelink").json() == []
    rest.put(f"{ISSUE}/properties/x", json=1)
    assert rest.delete(f"{ISSUE}/properties/x").status_code == 204
    assert rest.get(f"{ISSUE}/properties").json() == {"keys": []}


def test_searches_show_changes(rest: httpx.Client) -> None:
    """A search can carry each issue's changelog."""
    rest.post("/issue", json=bug())
    rest.put(ISSUE, json={"fields": {"summary": "Shorter"}})
    asked = {"jql": "key = SHOP-1", "fields": ["summary"], "expand": "changelog"}
    (found,) = rest.post("/search/jql", json=asked).json()["issues"]
    assert [item["toString"] for one in found["changelog"]["histories"] for item in one["items"]] == [
        "Shorter"
    ]
