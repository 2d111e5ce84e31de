"""The control API's Jira side: everything about an issue, acting as a person, setting Jira up."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from sandbox.server import Sandbox


def test_everything_about_an_issue(connect: Callable[[], JIRA], control: httpx.Client) -> None:
    """The control API shows an issue with its comments, files, links, properties and changes."""
    client = connect()
    bug = {"project": {"key": "SHOP"}, "issuetype": {"name": "Bug"}, "summary": "All of it"}
    key = client.create_issue(fields=bug, prefetch=False).key
    client.add_comment(key, "hello")
    client.add_attachment(key, BytesIO(b"content"), filename="a.txt")
    client.add_simple_link(key, {"url": "https://x.example", "title": "Thread"})
    client.add_issue_property(key, "bugle", 1)
    client.transition_issue(key, "21")
    shown = control.get(f"/jira/issues/{key}").json()
    assert shown["fields"]["comment"]["comments"][0]["body"] == "hello"
    assert shown["remoteLinks"][0]["object"]["title"] == "Thread"
    assert shown["properties"] == {"bugle": 1}
    assert [item["field"] for one in shown["changelog"] for item in one["items"]] == [
        "Attachment", "RemoteIssueLink", "status",
    ]  # fmt: skip
    assert [one["to"] for one in shown["transitions"]] == ["To Do", "In Review", "Done"]
    (file,) = shown["fields"]["attachment"]
    assert control.get(f"/jira/attachments/{file['id']}").content == b"content"
    assert [one["key"] for one in control.get("/jira/issues").json()["issues"]] == [key]


def test_people_act_in_jira(control: httpx.Client) -> None:
    """A person creates, takes, moves, edits, comments and deletes, and is named as who did it."""
    made = control.post(
        "/jira/as/grace/issues", json={"project": "SHOP", "summary": "By hand", "type": "Task"}
    )
    assert made.status_code == 201
    key = made.json()["key"]
    assert made.json()["fields"]["reporter"]["displayName"] == "Grace Okafor"
    acts = f"/jira/as/diego@harbor.example/issues/{key}"
    assert control.post(f"{acts}/assign", json={"to": "diego"}).json()["fields"]["assignee"]["displayName"]
    control.post(
        f"{acts}/edit", json={"fields": {"summary": "By Diego"}, "update": {"labels": [{"add": "x"}]}}
    )
    control.post(f"{acts}/comment", json={"body": "on it", "internal": True})
    done = control.post(f"{acts}/transition", json={"to": "Done", "resolution": "Won't Do"}).json()
    assert (done["fields"]["summary"], done["fields"]["labels"]) == ("By Diego", ["x"])
    assert (done["fields"]["status"]["name"], done["fields"]["resolution"]["name"]) == ("Done", "Won't Do")
    assert {one["author"]["displayName"] for one in done["changelog"]} == {"Diego Mora"}
    assert done["fields"]["comment"]["comments"][0]["jsdPublic"] is False
    assert control.post(f"{acts}/assign", json={"to": None}).json()["fields"]["assignee"] is None
    assert control.post(f"{acts}/delete").json() == {"deleted": key}
    assert control.get(f"/jira/issues/{key}").status_code == 404


def test_a_moved_issue_is_found_by_both_keys(control: httpx.Client, connect: Callable[[], JIRA]) -> None:
    """A move gives a new key; Jira answers to the old one, and with the new one."""
    control.post("/jira/as/ana/issues", json={"project": "SHOP", "summary": "To be moved"})
    moved = control.post("/jira/as/iris/issues/SHOP-1/move", json={"project": "PAY"}).json()
    assert moved["key"] == "PAY-1"
    client = connect()
    assert client.issue("SHOP-1").key == client.issue("PAY-1").key == "PAY-1"
    client.add_comment("SHOP-1", "by its old name")
    assert client.issue("PAY-1").fields.comment.comments[0].body == "by its old name"
    refused = control.post("/jira/as/iris/issues/PAY-1/move", json={"project": "PAY"})
    assert (refused.status_code, "another one than PAY" in refused.json()["error"]) == (400, True)


def test_a_screen_may_ask_before_done(control: httpx.Client, connect: Callable[[], JIRA]) -> None:
    """What the screen of a step to Done requires is told beforehand, and refused by name where it lacks."""
    control.post("/jira/as/ana/issues", json={"project": "SHOP", "summary": "To be closed"})
    control.post("/jira/projects/SHOP", json={"require_to_close": ["fixVersions", "resolution"]})
    client = connect()
    done = next(one for one in client.transitions("SHOP-1", expand="transitions.fields") if one["id"] == "41")
    required = {name for name, field in done["fields"].items() if field["required"]}
    assert required == {"fixVersions", "resolution"}
    with pytest.raises(JIRAError, match="Resolution is required"):
        client.transition_issue("SHOP-1", "41")
    with pytest.raises(JIRAError, match="Fix versions is required"):
        client.transition_issue("SHOP-1", "41", fields={"resolution": {"name": "Fixed"}})
    fields = {"resolution": {"name": "Duplicate"}, "fixVersions": [{"name": "2026.10"}]}
    client.transition_issue("SHOP-1", "41", fields=fields)
    assert client.issue("SHOP-1").fields.resolution.name == "Duplicate"


def test_a_workflow_may_lack_a_step(control: httpx.Client, connect: Callable[[], JIRA]) -> None:
    """A step that the project's workflow does not have is neither offered nor taken."""
    control.post("/jira/as/ana/issues", json={"project": "SHOP", "summary": "Never done"})
    control.post("/jira/projects/SHOP", json={"withhold_steps": ["Done"]})
    client = connect()
    assert [one["name"] for one in client.transitions("SHOP-1")] == ["Start progress"]
    with pytest.raises(JIRAError, match="not valid for the current state"):
        client.transition_issue("SHOP-1", "41")
    control.post(
        "/jira/projects/SHOP", json={"offer_steps": ["Done"], "not_required_to_close": ["resolution"]}
    )
    client.transition_issue("SHOP-1", "41")


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("/jira/as/ben/issues", {"project": "SHOP", "summary": "x"}, 404, "ben has no Jira account"),
    ("/jira/as/ana/issues", {"project": "SHOP"}, 400, "summary"),
    ("/jira/as/ana/issues/SHOP-9/comment", {"body": "x"}, 404, "There is no issue SHOP-9"),
    ("/jira/as/ana/issues/SHOP-1/dance", {}, 404, "A person can transition"),
    ("/jira/as/ana/issues/SHOP-1/transition", {"to": "Moon"}, 400, "In Progress, Done"),
    ("/jira/as/ana/issues/SHOP-1/comment", {"body": ""}, 400, "can not be empty"),
    ("/jira/as/ana/issues/SHOP-1/assign", {"to": "ben"}, 400, "no Jira account"),
    ("/jira", {"deployment": "moon"}, 400, "cloud or server"),
    ("/jira", {"colour": "red"}, 400, "Leave out colour"),
    ("/jira", {"index_delay": -1}, 400, "0 or more"),
    ("/jira/projects/NOPE", {}, 404, "SHOP, PAY"),
    ("/jira/projects/SHOP", {"revoke": ["FLY"]}, 400, "There is no permission FLY"),
    ("/jira/projects/SHOP", {"require": ["shoes"]}, 400, "There is no field shoes"),
    ("/jira/projects/SHOP", {"withhold_steps": ["Fly"]}, 400, "There is no step Fly"),
    ("/jira/projects/SHOP", {"remove_components": ["Shoes"]}, 404, "There is no Shoes"),
    ("/jira/projects/SHOP", {"revoke": "CREATE_ISSUES"}, 400, "list"),
]


def test_refusals_say_what_to_do(control: httpx.Client, subtests: pytest.Subtests) -> None:
    """Each wrong request is refused with a sentence that helps."""
    control.post("/jira/as/ana/issues", json={"project": "SHOP", "summary": "there"})
    for path, body, status, said in REFUSED:
        with subtests.test(path=path, body=body):
            refused = control.post(path, json=body)
            assert refused.status_code == status
            assert said in refused.json()["error"]


def test_settings_are_shown_and_changed(control: httpx.Client, sandbox: Sandbox) -> None:
    """Jira's settings are shown, and change for whoever connects next."""
    shown = control.get("/jira").json()
    assert (shown["deployment"], shown["index_delay"]) == ("cloud", 0.0)
    assert [one["name"] for one in shown["accounts"] if one["service"]] == ["bugle"]
    control.post("/jira", json={"deployment": "server", "pat": "other", "index_delay": 2.5})
    connection = control.get("/app").json()["jira"]
    assert connection == {"url": sandbox.jira.url, "deployment": "server", "pat": "other"}
    assert control.get("/jira").json()["index_delay"] == 2.5


def test_projects_change(control: httpx.Client, connect: Callable[[], JIRA]) -> None:
    """Components and versions come and go, as a bot then reads them."""
    control.post(
        "/jira/projects/SHOP",
        json={
            "add_components": ["Gift cards"], "remove_components": ["Search"], "add_versions": ["2026.11"],
            "remove_versions": ["2026.8"], "archive_versions": ["2026.9"],
        },
    )  # fmt: skip
    client = connect()
    components = [one.name for one in client.project_components("SHOP")]
    assert ("Gift cards" in components, "Search" in components) == (True, False)
    assert {one.name: one.archived for one in client.project_versions("SHOP")} == {
        "2026.9": True, "2026.10": False, "2026.11": False,
    }  # fmt: skip


def test_changes_in_jira_are_live(control: httpx.Client) -> None:
    """The live stream tells of what happens in Jira, by issue key."""
    with control.stream("GET", "/live") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: ready"
        control_again = httpx.Client(base_url=control.base_url)
        with control_again:
            control_again.post("/jira/as/ana/issues", json={"project": "PAY", "summary": "x",
                               "customfield_10050": {"value": "Asia"}})  # fmt: skip
        seen = [next(lines) for _ in range(4)]
    assert seen[2:] == ["event: jira", 'data: {"event": "issue_created", "key": "PAY-1"}']
