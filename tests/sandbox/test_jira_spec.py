"""Cloud's answers against Atlassian's published OpenAPI document, when it is at hand."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from sandbox.server import Sandbox

DOCUMENT = (
    Path(__file__).parents[2].parent / "shared" / "specs" / "jira" / "jira-cloud-platform-v3.openapi.json"
)


# A changelog item has null at an end where there was nothing, though the document says a string.
EMPTY_END = re.compile(r"\.items\[\d+\]\.(from|fromString|to|toString)$")


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    """Return the published document."""
    if not DOCUMENT.exists():
        pytest.skip("The published OpenAPI document of Jira Cloud is not beside this repository.")
    return json.loads(DOCUMENT.read_text())


@pytest.fixture
def v3(sandbox: Sandbox) -> httpx.Client:
    """Return a client of REST v3, as the document describes it."""
    login = (sandbox.jira.email, sandbox.jira.token)
    with httpx.Client(base_url=f"{sandbox.url}/jira/rest/api/3", auth=login, timeout=10) as client:
        yield client


def described(spec: dict[str, Any], method: str, path: str, status: int) -> dict[str, Any] | None:
    """Return the schema of a call's answer, None where it has no body; fail where there is no such call."""
    for template, operations in spec["paths"].items():
        pattern = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template))
        if "{" in template and path.removeprefix("/rest/api/3") in spec["paths"]:
            continue
        if re.fullmatch(pattern, path) and method.lower() in operations:
            answers = operations[method.lower()]["responses"]
            assert str(status) in answers, f"{method} {path} is not said to answer {status}"
            content = answers[str(status)].get("content", {}).get("application/json", {})
            return content.get("schema")
    raise AssertionError(f"{method} {path} is not described")


def check(spec: dict[str, Any], answer: httpx.Response) -> None:
    """Fail unless *answer* is as the document describes it."""
    request = answer.request
    path = request.url.path.removeprefix("/jira")
    schema = described(spec, request.method, path, answer.status_code)
    if schema in (None, {}):
        assert answer.is_error or not answer.content
        return
    whole = {"components": spec["components"], **schema}
    errors = list(jsonschema.Draft202012Validator(whole).iter_errors(answer.json()))
    wrong = [(error.json_path, error.message[:200]) for error in errors]
    assert [one for one in wrong if not EMPTY_END.search(one[0])] == []


def test_answers_are_as_published(
    spec: dict[str, Any], v3: httpx.Client, sandbox: Sandbox, subtests: pytest.Subtests
) -> None:
    """Every kind of answer, right or refused, has the published shape."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "It broke"}]}
    document = {"type": "doc", "version": 1, "content": [paragraph]}
    bug = {
        "project": {"key": "SHOP"}, "issuetype": {"name": "Bug"}, "summary": "A bug", "description": document,
        "labels": ["a"], "components": [{"name": "Payment"}], "versions": [{"name": "2026.9"}],
    }  # fmt: skip
    made = v3.post("/issue", json={"fields": bug})
    other = v3.post("/issue", json={"fields": bug}).json()["key"]
    key, ids = made.json()["key"], [one.id for one in sandbox.jira.issues.values()]
    remote = {"globalId": "x", "object": {"url": "https://x.example", "title": "Thread"}}
    file = {"file": ("a.txt", BytesIO(b"content"))}
    who = sandbox.jira.service.id
    comment = v3.post(f"/issue/{key}/comment", json={"body": document})
    uploaded = v3.post(f"/issue/{key}/attachments", files=file, headers={"X-Atlassian-Token": "no-check"})
    ends = {"inwardIssue": {"key": key}, "outwardIssue": {"key": other}}
    answers = [
        made,
        v3.post("/issue", json={"fields": bug | {"colour": "red"}}),
        v3.post("/issue/bulk", json={"issueUpdates": [{"fields": bug}]}),
        v3.get(f"/issue/{key}"),
        v3.get(f"/issue/{key}", params={"expand": "changelog,names,schema,transitions,editmeta"}),
        v3.get("/issue/SHOP-404"),
        v3.put(f"/issue/{key}", json={"fields": {"summary": "Shorter"}}),
        v3.put(f"/issue/{key}", json={"fields": {"colour": "red"}}),
        v3.put(f"/issue/{key}/assignee", json={"accountId": who}),
        v3.get(f"/issue/{key}/editmeta"),
        v3.get(f"/issue/{key}/changelog"),
        comment,
        v3.get(f"/issue/{key}/comment"),
        v3.get(f"/issue/{key}/comment/{comment.json()['id']}"),
        v3.put(f"/issue/{key}/comment/{comment.json()['id']}", json={"body": document}),
        v3.get(f"/issue/{key}/transitions", params={"expand": "transitions.fields"}),
        v3.post(f"/issue/{key}/transitions", json={"transition": {"id": "41"}}),
        v3.post(f"/issue/{key}/transitions", json={"transition": {"id": "999"}}),
        uploaded,
        v3.get(f"/attachment/{uploaded.json()[0]['id']}"),
        v3.get("/attachment/meta"),
        v3.post("/issueLink", json={"type": {"name": "Duplicate"}, **ends}),
        v3.get(f"/issueLink/{sandbox.jira.links[0].id}"),
        v3.get("/issueLinkType"),
        v3.post(f"/issue/{key}/remotelink", json=remote),
        v3.post(f"/issue/{key}/remotelink", json=remote),
        v3.get(f"/issue/{key}/remotelink"),
        v3.put(f"/issue/{key}/properties/bugle", json={"report": 1}),
        v3.get(f"/issue/{key}/properties/bugle"),
        v3.get(f"/issue/{key}/properties"),
        v3.get(f"/issue/{key}/watchers"),
        v3.get("/search/jql", params={"jql": "project = SHOP", "fields": "*all", "maxResults": 1}),
        v3.post("/search/jql", json={"jql": f"id = {ids[0]}", "fields": ["summary"]}),
        v3.get("/search/jql", params={"jql": "colour = red"}),
        v3.post("/search/approximate-count", json={"jql": "project = SHOP"}),
        v3.get("/issue/createmeta", params={"expand": "projects.issuetypes.fields"}),
        v3.get("/issue/createmeta/PAY/issuetypes"),
        v3.get("/issue/createmeta/PAY/issuetypes/10004"),
        v3.get("/myself"),
        v3.get("/myself", auth=("bugle@harbor.example", "wrong")),
        v3.get("/serverInfo"),
        v3.get("/field"),
        v3.get("/priority"),
        v3.get("/resolution"),
        v3.get("/issuetype"),
        v3.get("/status"),
        v3.get("/status/10000"),
        v3.get("/statuscategory"),
        v3.get("/mypermissions", params={"projectKey": "SHOP", "permissions": "CREATE_ISSUES"}),
        v3.get("/user", params={"accountId": who}),
        v3.get("/user/search", params={"query": "e"}),
        v3.get("/user/assignable/search", params={"project": "SHOP", "query": "elsa"}),
        v3.get("/project"),
        v3.get("/project/search"),
        v3.get("/project/SHOP"),
        v3.get("/project/NOPE"),
        v3.get("/project/SHOP/components"),
        v3.get("/project/SHOP/versions"),
        v3.get("/project/SHOP/statuses"),
        v3.get(f"/component/{sandbox.jira.projects[0].components[0].id}"),
        v3.get(f"/version/{sandbox.jira.projects[0].versions[0].id}"),
        v3.delete(f"/issue/{key}/remotelink", params={"globalId": "x"}),
    ]
    for answer in answers:
        said = f"{answer.request.method} {answer.request.url.path} {answer.status_code}"
        with subtests.test(said):
            check(spec, answer)
