"""The rest of Jira's REST API: access, create metadata, people, projects, permissions, unknown routes, v3."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from jira import JIRA, JIRAError

from sandbox.jira.model import Deployment
from sandbox.server import Sandbox

BUG: dict[str, Any] = {"project": {"key": "SHOP"}, "issuetype": {"name": "Bug"}, "summary": "A bug"}


def test_cloud_refuses_wrong_tokens(sandbox: Sandbox, rest: httpx.Client) -> None:
    """Wrong and foreign credentials are a 401 with Seraph's reason; serverInfo answers all the same."""
    for auth in (("bugle@harbor.example", "old"), ("ana@harbor.example", sandbox.jira.token)):
        refused = rest.get("/myself", auth=auth)
        assert refused.status_code == 401
        assert refused.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"
        assert "Client must be authenticated" in refused.text
        open_ = rest.get("/serverInfo", auth=auth)
        assert (open_.status_code, open_.headers["X-Seraph-LoginReason"]) == (200, "AUTHENTICATED_FAILED")
    bearer = rest.get("/myself", auth=None, headers={"Authorization": f"Bearer {sandbox.jira.pat}"})
    assert bearer.status_code == 401


def test_data_center_takes_only_its_token(sandbox: Sandbox, rest: httpx.Client) -> None:
    """Data Center takes the personal access token, and refuses even serverInfo to a wrong one."""
    sandbox.jira.deployment = Deployment.SERVER
    right = {"Authorization": f"Bearer {sandbox.jira.pat}"}
    plain = httpx.Client(base_url=rest.base_url)
    with plain:
        assert plain.get("/myself", headers=right).json()["name"] == "bugle"
        assert plain.get("/serverInfo").json()["deploymentType"] == "Server"
        for path in ("/myself", "/serverInfo"):
            refused = plain.get(path, headers={"Authorization": "Bearer wrong"})
            assert (refused.status_code, refused.json()["status-code"]) == (401, 401)


def test_token_is_replaced(connect: Callable[[], JIRA], control: httpx.Client) -> None:
    """A token that stops working fails the client that holds it; one with the new token works."""
    old = connect()
    control.post("/jira", json={"token": "fresh"})
    with pytest.raises(JIRAError) as refused:
        old.myself()
    assert refused.value.status_code == 401
    assert connect().myself()["emailAddress"] == "bugle@harbor.example"


def test_auth_trouble_is_a_401(connect: Callable[[], JIRA], sandbox: Sandbox) -> None:
    """The auth trouble refuses right credentials for as long as it lasts."""
    client = connect()
    sandbox.core.troubles.add(service="jira", kind="auth", times=1)
    with pytest.raises(JIRAError) as refused:
        client.myself()
    assert refused.value.status_code == 401
    assert client.myself()["displayName"] == "Bugle"


def test_rate_limit_and_errors_have_jiras_shape(client: JIRA, sandbox: Sandbox) -> None:
    """A rate limit is a 429 with Retry-After, a 503 an HTML page, and neither has an effect."""
    sandbox.core.troubles.add(service="jira", kind="rate_limit", retry_after=3, times=1)
    sandbox.core.troubles.add(service="jira", kind="error", status=503, times=1)
    with pytest.raises(JIRAError) as limited:
        client.create_issue(fields=BUG)
    assert (limited.value.status_code, limited.value.response.headers["Retry-After"]) == (429, "3")
    with pytest.raises(JIRAError) as down:
        client.create_issue(fields=BUG)
    assert (down.value.status_code, "<html>" in down.value.response.text) == (503, True)
    assert sandbox.jira.issues == {}


def test_create_metadata_on_cloud(rest: httpx.Client) -> None:
    """Cloud's create metadata names its lists, and says what is required and what is allowed."""
    types = rest.get("/issue/createmeta/PAY/issuetypes").json()
    assert [one["name"] for one in types["issueTypes"]] == ["Bug", "Task"]
    bug = types["issueTypes"][0]["id"]
    fields = rest.get(f"/issue/createmeta/PAY/issuetypes/{bug}").json()["fields"]
    known = {one["fieldId"]: one for one in fields}
    assert {name for name, one in known.items() if one["required"]} == {
        "summary", "issuetype", "project", "customfield_10050",
    }  # fmt: skip
    region = known["customfield_10050"]
    assert (region["name"], [one["value"] for one in region["allowedValues"]]) == (
        "Affected region", ["Europe", "Americas", "Asia"],
    )  # fmt: skip
    assert "reporter" not in known  # may not be set in PAY
    old = rest.get(
        "/issue/createmeta", params={"projectKeys": "SHOP", "expand": "projects.issuetypes.fields"}
    ).json()
    (shop,) = old["projects"]
    assert "reporter" in shop["issuetypes"][0]["fields"]


def test_create_metadata_on_data_center(sandbox: Sandbox, connect: Callable[[], JIRA]) -> None:
    """Data Center's create metadata is `values` in pages, and the old route is gone."""
    sandbox.jira.deployment = Deployment.SERVER
    client = connect()
    types = client.project_issue_types("SHOP")
    assert [one.name for one in types] == ["Bug", "Task"]
    fields = {one.fieldId: one for one in client.project_issue_fields("SHOP", types[0].id, maxResults=False)}
    assert [one.name for one in fields["priority"].allowedValues][:2] == ["Highest", "High"]
    with pytest.raises(JIRAError) as gone:
        client._get_json("issue/createmeta")
    assert gone.value.status_code == 404


def test_create_metadata_hides_what_may_not_be_created(rest: httpx.Client, control: httpx.Client) -> None:
    """A project in which nothing may be created has no create metadata."""
    control.post("/jira/projects/SHOP", json={"revoke": ["CREATE_ISSUES"]})
    assert rest.get("/issue/createmeta/SHOP/issuetypes").status_code == 404
    assert [one["key"] for one in rest.get("/issue/createmeta").json()["projects"]] == ["PAY"]


def test_field_can_be_made_required_and_hidden(rest: httpx.Client, control: httpx.Client) -> None:
    """A field made required is refused when missing; a hidden one cannot be set."""
    control.post("/jira/projects/SHOP", json={"require": ["components"], "hide_fields": ["priority"]})
    refused = rest.post("/issue", json={"fields": BUG | {"priority": {"name": "High"}}}).json()["errors"]
    assert set(refused) == {"components", "priority"}


def test_people_are_found_unless_hidden(client: JIRA) -> None:
    """People are found by e-mail or name; a hidden e-mail finds nobody and is not shown; Ben is not there."""
    find = (lambda text: client.search_users(query=text)) if client._is_cloud else client.search_users
    assert [one.displayName for one in find("elsa@harbor.example")] == ["Elsa Lind"]
    assert [one.displayName for one in find("Grace")] == ["Grace Okafor"]
    assert find("fang@harbor.example") == []
    (fang,) = find("Fang")
    assert not hasattr(fang, "emailAddress")
    assert find("ben@harbor.example") == []
    who = fang.accountId if client._is_cloud else fang.name
    assert client.user(who).displayName == fang.displayName


def test_each_deployment_has_its_own_people_search(client: JIRA) -> None:
    """Cloud searches by `query` and Data Center by `username`; the other's is a 400."""
    wrong = "username" if client._is_cloud else "query"
    with pytest.raises(JIRAError) as refused:
        client._get_json("user/search", params={wrong: "elsa"})
    assert refused.value.status_code == 400


def test_assignable_people_are_found(client: JIRA) -> None:
    """People to whom a project's issues can be assigned are found by the deployment's own parameter."""
    by = {"query": "elsa"} if client._is_cloud else {"username": "elsa"}
    found = client.search_assignable_users_for_issues(project="SHOP", **by)
    assert [one.displayName for one in found] == ["Elsa Lind"]


def test_project_has_components_versions_and_statuses(client: JIRA) -> None:
    """A project shows its parts, and one that is not there is a 404."""
    assert [one.key for one in client.projects()] == ["SHOP", "PAY"]
    shop = client.project("SHOP")
    assert [one.name for one in client.project_components("SHOP")][:2] == ["Catalogue", "Checkout"]
    released = {one.name: one.released for one in client.project_versions("SHOP")}
    assert released == {"2026.8": True, "2026.9": True, "2026.10": False}
    assert client.component(shop.components[0].id).name == "Catalogue"
    assert client.version(shop.versions[0].id).name == "2026.8"
    assert [one.name for one in client.issue_types_for_project("SHOP")] == ["Bug", "Task"]
    with pytest.raises(JIRAError, match="No project could be found with key 'NOPE'"):
        client.project("NOPE")


def test_lists_of_the_site(client: JIRA) -> None:
    """The site lists priorities, statuses with categories, resolutions, types, link types and fields."""
    assert [one.name for one in client.priorities()] == ["Highest", "High", "Medium", "Low", "Lowest"]
    assert {one.name: one.statusCategory.key for one in client.statuses()} == {
        "To Do": "new", "In Progress": "indeterminate", "In Review": "indeterminate", "Done": "done",
    }  # fmt: skip
    assert [one.name for one in client.resolutions()] == [
        "Fixed",
        "Won't Do",
        "Duplicate",
        "Cannot Reproduce",
    ]
    assert {one.name for one in client.issue_types()} == {"Bug", "Task"}
    assert {one.name for one in client.issue_link_types()} >= {"Duplicate", "Relates"}
    assert "Affected region" in {one["name"] for one in client.fields()}


def test_permissions_are_told(client: JIRA, control: httpx.Client) -> None:
    """Mypermissions tells what the account may do in a project."""
    control.post("/jira/projects/SHOP", json={"revoke": ["CREATE_ISSUES"]})
    asked = "CREATE_ISSUES,BROWSE_PROJECTS,ADMINISTER"
    told = client.my_permissions(projectKey="SHOP", permissions=asked)["permissions"]
    assert {name: one["havePermission"] for name, one in told.items()} == {
        "CREATE_ISSUES": False, "BROWSE_PROJECTS": True, "ADMINISTER": False,
    }  # fmt: skip


def test_cloud_wants_permissions_named(rest: httpx.Client) -> None:
    """Cloud refuses mypermissions without names, or with unknown ones."""
    assert rest.get("/mypermissions").status_code == 400
    assert rest.get("/mypermissions", params={"permissions": "FLY"}).status_code == 400


def test_times_are_in_the_readers_zone(client: JIRA) -> None:
    """Times carry the zone of the service account, which myself names."""
    assert client.myself()["timeZone"] == "Europe/Madrid"
    created = client.create_issue(fields=BUG).fields.created
    assert created[-5:] in ("+0100", "+0200")


def test_unknown_routes_are_404_and_marked(rest: httpx.Client, sandbox: Sandbox) -> None:
    """An address Jira does not have is a 404 and stands out in the call log."""
    assert rest.get("/nonsense").status_code == 404
    assert rest.patch("/issue/SHOP-1", json={}).status_code == 404
    sandbox.jira.deployment = Deployment.SERVER
    assert rest.get("/search/jql", params={"jql": "project = SHOP"}).status_code == 404
    assert [call.outcome for call in sandbox.core.calls.since()] == ["unknown", "unknown", "unknown"]


def test_bodies_must_be_json(rest: httpx.Client) -> None:
    """A body of another kind is a 415, broken JSON and JSON that is no object a 400."""
    assert rest.post("/issue", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    json_kind = {"Content-Type": "application/json"}
    assert rest.post("/issue", content=b"{", headers=json_kind).status_code == 400
    assert rest.post("/issue", content=b"[1]", headers=json_kind).status_code == 400


def test_v3_speaks_documents(rest: httpx.Client, sandbox: Sandbox) -> None:
    """REST v3 wants and returns documents where v2 has strings, and only Cloud has it."""
    v3 = rest.base_url.copy_with(path="/jira/rest/api/3/")
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "It broke"}]}
    document = {"type": "doc", "version": 1, "content": [paragraph]}
    made = rest.post(f"{v3}issue", json={"fields": BUG | {"description": document}}).json()
    assert rest.get(f"{v3}issue/{made['key']}").json()["fields"]["description"] == document
    assert rest.get(f"/issue/{made['key']}").json()["fields"]["description"] == "It broke"
    refused = rest.post(f"{v3}issue", json={"fields": BUG | {"description": "text"}})
    assert "Atlassian Document" in refused.json()["errors"]["description"]
    sandbox.jira.deployment = Deployment.SERVER
    assert rest.get(f"{v3}serverInfo", auth=None).status_code == 404


def test_browse_leads_to_the_page(rest: httpx.Client, sandbox: Sandbox) -> None:
    """An issue's address for people leads to the sandbox's page."""
    led = rest.get(f"{sandbox.jira.url}/browse/SHOP-1")
    assert (led.status_code, led.headers["location"]) == (307, "/?issue=SHOP-1")


def test_expansions_of_an_issue(rest: httpx.Client) -> None:
    """An issue can be read with some fields, names, transitions and edit metadata."""
    key = rest.post("/issue", json={"fields": BUG}).json()["key"]
    some = rest.get(f"/issue/{key}", params={"fields": "summary,status"}).json()
    assert set(some["fields"]) == {"summary", "status"}
    most = rest.get(
        f"/issue/{key}", params={"fields": "*all,-comment", "expand": "names,transitions,editmeta"}
    )
    shown = most.json()
    assert ("comment" in shown["fields"], shown["names"]["summary"]) == (False, "Summary")
    assert {one["name"] for one in shown["transitions"]} == {"Start progress", "Done"}
    assert "fixVersions" in shown["editmeta"]["fields"]
    assert rest.get(f"/issue/{key}/editmeta").json() == shown["editmeta"]
