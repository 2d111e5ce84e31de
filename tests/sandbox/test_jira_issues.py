"""Issues through the jira library, on Cloud and on Data Center: create, edit, transition, comment, attach."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
import requests
from jira import JIRA, JIRAError

from sandbox.server import Sandbox

BUG: dict[str, Any] = {
    "project": {"key": "SHOP"},
    "issuetype": {"name": "Bug"},
    "summary": "Checkout: the card is charged twice",
}


def create(client: JIRA, **fields: Any) -> str:
    """Create a bug in SHOP and return its key."""
    return client.create_issue(fields=BUG | fields, prefetch=False).key


def test_created_issue_reads_as_written(client: JIRA) -> None:
    """What create sends is what a read by key returns, with Jira's own defaults beside it."""
    key = create(
        client, description="h2. Steps\n# pay", labels=["b", "a"], priority={"name": "High"},
        components=[{"name": "Payment"}], versions=[{"name": "2026.9"}],
    )  # fmt: skip
    fields = client.issue(key).fields
    assert (fields.summary, fields.description) == (BUG["summary"], "h2. Steps\n# pay")
    assert (fields.labels, fields.priority.name) == (["a", "b"], "High")
    assert [one.name for one in fields.components + fields.versions] == ["Payment", "2026.9"]
    assert (fields.status.name, fields.status.statusCategory.key) == ("To Do", "new")
    assert (fields.reporter.displayName, fields.creator.displayName) == ("Bugle", "Bugle")
    assert (fields.resolution, fields.assignee) == (None, None)


def test_names_are_looked_up_by_the_library(client: JIRA) -> None:
    """The library's slow way with a project key and type name as strings works, too."""
    issue = client.create_issue(project="SHOP", issuetype="Task", summary="Tidy up")
    assert (issue.key, issue.fields.issuetype.name) == ("SHOP-1", "Task")


def test_several_issues_succeed_or_fail_apart(client: JIRA) -> None:
    """A bulk create makes the right ones and names what is wrong with the others."""
    made = client.create_issues([BUG, BUG | {"summary": ""}], prefetch=False)
    assert [one["status"] for one in made] == ["Success", "Error"]
    assert "summary" in str(made[1]["error"])


WRONG = [
    ({"shoe_size": 44}, "shoe_size", "It is not on the appropriate screen, or unknown"),
    ({"customfield_10051": 5}, "customfield_10051", "It is not on the appropriate screen, or unknown"),
    ({"fixVersions": [{"name": "2026.9"}]}, "fixVersions", "It is not on the appropriate screen"),
    ({"summary": ""}, "summary", "You must specify a summary"),
    ({"summary": "two\nlines"}, "summary", "contains newline characters"),
    ({"summary": "x" * 256}, "summary", "255"),
    ({"description": "x" * 32_768}, "description", "exceeds the allowed limit of 32,767 characters"),
    ({"description": {"type": "doc"}}, "description", "must be a string"),
    ({"labels": ["two words"]}, "labels", "contains spaces"),
    ({"labels": "one"}, "labels", "not an array"),
    ({"priority": {"name": "Urgent"}}, "priority", "Priority name 'Urgent' is not valid"),
    ({"priority": {"id": "99"}}, "priority", "The priority selected is invalid"),
    ({"components": [{"name": "Refunds"}]}, "components", "Component name 'Refunds' is not valid"),
    ({"versions": [{"id": "1"}]}, "versions", "Version id '1' is not valid"),
    ({"issuetype": {"name": "Epic"}}, "issuetype", ""),
    ({"project": {"key": "NOPE"}}, "project", ""),
    ({"duedate": "soon"}, "duedate", "yyyy-MM-dd"),
    ({"reporter": {"accountId": "nobody", "name": "nobody"}}, "reporter", "is not a user"),
    ({"assignee": {"accountId": "nobody", "name": "nobody"}}, "assignee", "does not exist"),
    ({"issuelinks": []}, "issuelinks", "cannot be set"),
]


def test_wrong_fields_are_named(client: JIRA, subtests: pytest.Subtests) -> None:
    """A create with a wrong field is refused with 400 and that field's name, and makes nothing."""
    for fields, named, message in WRONG:
        with subtests.test(named=named, message=message):
            with pytest.raises(JIRAError) as refused:
                create(client, **fields)
            answer = refused.value.response.json()
            assert (refused.value.status_code, answer["errorMessages"]) == (400, [])
            assert list(answer["errors"]) == [named]
            assert message in answer["errors"][named]
    assert create(client) == "SHOP-1"


def test_all_wrong_fields_are_named_at_once(client: JIRA) -> None:
    """Several wrong fields are told of in one answer, the required custom field of PAY among them."""
    with pytest.raises(JIRAError) as refused:
        client.create_issue(
            fields={"project": {"key": "PAY"}, "issuetype": {"name": "Bug"}, "labels": ["a b"]},
            prefetch=False,
        )
    errors = refused.value.response.json()["errors"]
    assert set(errors) == {"labels", "summary", "customfield_10050"}
    assert errors["customfield_10050"] == "Affected region is required."


def test_required_select_takes_value_or_id(client: JIRA) -> None:
    """PAY's affected region is set by value or by id, and refuses others."""
    pay = BUG | {"project": {"key": "PAY"}}
    region = "customfield_10050"
    by_value = client.create_issue(fields=pay | {region: {"value": "Asia"}})
    assert by_value.fields.customfield_10050.value == "Asia"
    asia = by_value.fields.customfield_10050.id
    assert client.create_issue(fields=pay | {region: {"id": asia}}).fields.customfield_10050.value == "Asia"
    with pytest.raises(JIRAError, match="Option value 'Mars' is not valid"):
        client.create_issue(fields=pay | {region: {"value": "Mars"}})


def test_reporter_is_a_person_only_where_permitted(client: JIRA) -> None:
    """SHOP lets the service account name the reporter; PAY, without that permission, has no such field."""
    (ana,) = (
        client.search_users(query="ana@harbor.example") if client._is_cloud else client.search_users("ana")
    )
    who = {"accountId": ana.accountId} if client._is_cloud else {"name": ana.name}
    assert client.issue(create(client, reporter=who)).fields.reporter.displayName == "Ana Ruiz"
    pay = BUG | {"project": {"key": "PAY"}, "customfield_10050": {"value": "Asia"}, "reporter": who}
    with pytest.raises(JIRAError, match="'reporter' cannot be set"):
        client.create_issue(fields=pay)


def test_revoked_permission_is_a_403(client: JIRA, control: httpx.Client) -> None:
    """Without CREATE_ISSUES a create is refused with 403 until the permission is back."""
    control.post("/jira/projects/SHOP", json={"revoke": ["CREATE_ISSUES"]})
    with pytest.raises(JIRAError, match="do not have permission to create issues") as refused:
        create(client)
    assert refused.value.status_code == 403
    control.post("/jira/projects/SHOP", json={"grant": ["CREATE_ISSUES"]})
    assert create(client) == "SHOP-1"


def test_missing_issue_is_a_404(client: JIRA) -> None:
    """An issue that is not there, or may not be seen, is a 404 with a message."""
    with pytest.raises(JIRAError) as missing:
        client.issue("SHOP-404")
    assert missing.value.status_code == 404
    assert "exist" in missing.value.text.lower()


def test_edit_changes_fields_and_writes_the_changelog(client: JIRA) -> None:
    """An edit sets and adds, and the changelog says from what to what."""
    issue = client.issue(create(client, labels=["a"], components=[{"name": "Search"}]))
    issue.update(
        fields={"summary": "Shorter", "components": [{"name": "Payment"}]}, update={"labels": [{"add": "z"}]}
    )
    assert (issue.fields.summary, issue.fields.labels) == ("Shorter", ["a", "z"])
    (history,) = client.issue(issue.key, expand="changelog").changelog.histories
    told = {(one.field, one.fromString, one.toString) for one in history.items}
    assert told == {
        ("summary", BUG["summary"], "Shorter"), ("labels", "a", "a z"),
        ("Component", "Search", None), ("Component", None, "Payment"),
    }  # fmt: skip


def test_edit_is_strict(client: JIRA) -> None:
    """An edit of an unknown field, or one that empties a required one, is refused."""
    issue = client.issue(create(client))
    for fields in ({"colour": "red"}, {"summary": " "}, {"resolution": {"name": "Fixed"}}):
        with pytest.raises(JIRAError) as refused:
            issue.update(fields=fields)
        assert refused.value.status_code == 400


def test_assign_and_unassign(client: JIRA) -> None:
    """The library's assign finds the person and sets them; None clears."""
    key = create(client)
    client.assign_issue(key, "elsa")
    assert client.issue(key).fields.assignee.displayName == "Elsa Lind"
    client.assign_issue(key, None)
    assert client.issue(key).fields.assignee is None


def test_transitions_follow_the_workflow(client: JIRA) -> None:
    """Each status offers its own transitions; Done sets the resolution, and Reopen clears it."""
    key = create(client)
    assert {one["to"]["name"] for one in client.transitions(key)} == {"In Progress", "Done"}
    client.transition_issue(key, "Start progress")
    client.transition_issue(key, "Ready for review", comment="please look")
    assert client.issue(key).fields.status.statusCategory.key == "indeterminate"
    client.transition_issue(key, "Done", resolution={"name": "Cannot Reproduce"})
    done = client.issue(key).fields
    assert (done.status.name, done.resolution.name) == ("Done", "Cannot Reproduce")
    assert done.resolutiondate <= done.updated
    client.transition_issue(key, "Reopen")
    again = client.issue(key, expand="changelog")
    assert (again.fields.resolution, again.fields.resolutiondate) == (None, None)
    statuses = [
        item.toString for one in again.changelog.histories for item in one.items if item.field == "status"
    ]
    assert statuses == ["To Do", "Done", "In Review", "In Progress"]
    assert [one.body for one in client.comments(key)] == ["please look"]


def test_transition_out_of_turn_is_refused(client: JIRA) -> None:
    """A transition that another status has, one that nobody has, and a wrong resolution are refused."""
    key = create(client)
    with pytest.raises(JIRAError, match="not valid for the current state of this issue SHOP-1"):
        client.transition_issue(key, "51")
    with pytest.raises(JIRAError, match="Transition id '999' is not valid"):
        client.transition_issue(key, "999")
    with pytest.raises(JIRAError, match="Resolution name 'Magic' is not valid"):
        client.transition_issue(key, "41", resolution={"name": "Magic"})
    assert client.issue(key).fields.status.name == "To Do"


def test_concurrent_transition_is_a_409_when_told(client: JIRA, sandbox: Sandbox) -> None:
    """A trouble with status 409 answers as Jira does when two change an issue at once."""
    key = create(client)
    sandbox.core.troubles.add(
        service="jira", method="POST issue/{issue}/transitions", kind="error", status=409, times=1
    )
    with pytest.raises(JIRAError, match="somebody has changed the issue recently") as refused:
        client.transition_issue(key, "41")
    assert refused.value.status_code == 409
    client.transition_issue(key, "41")


def test_comments_can_be_added_changed_and_hidden(client: JIRA) -> None:
    """Comments keep author, text and visibility; the newest can come first; an empty one is refused."""
    key = create(client)
    first = client.add_comment(key, "first")
    client.add_comment(key, "second", visibility={"type": "role", "value": "Administrators"})
    client.add_comment(key, "third", is_internal=True)
    first.update(body="first, mended")
    shown = client.comments(key, order_by="-created")
    assert [one.body for one in shown] == ["third", "second", "first, mended"]
    assert (shown[1].visibility.value, shown[2].author.displayName) == ("Administrators", "Bugle")
    if client._is_cloud:
        assert [one.jsdPublic for one in shown] == [False, True, True]
    shown[0].delete()
    assert len(client.comments(key)) == 2
    with pytest.raises(JIRAError, match="Comment body can not be empty"):
        client.add_comment(key, " ")


def test_files_are_attached_and_downloaded(client: JIRA) -> None:
    """A file is attached with its name and comes back byte for byte."""
    key = create(client)
    made = client.add_attachment(key, BytesIO(b"\x89PNG\x00bytes"), filename="écran 1.png")
    (held,) = client.issue(key).fields.attachment
    assert (held.filename, held.size, held.id) == ("écran 1.png", 10, made.id)
    assert held.get() == b"\x89PNG\x00bytes"


def test_attachment_limits_hold(client: JIRA, control: httpx.Client) -> None:
    """A file above the limit is a 413, one without the XSRF header a 403; neither is kept."""
    key = create(client)
    control.post("/jira", json={"attachment_limit": 4})
    with pytest.raises(JIRAError) as refused:
        client.add_attachment(key, BytesIO(b"12345"), filename="a.txt")
    assert refused.value.status_code == 413
    form = {"Content-Type": "multipart/form-data; boundary=x", "X-Atlassian-Token": ""}
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nab\r\n--x--\r\n'
    with pytest.raises(JIRAError, match="XSRF") as forged:
        client._session.post(client._get_url(f"issue/{key}/attachments"), data=body, headers=form)
    assert forged.value.status_code == 403
    assert client.issue(key).fields.attachment == []


def test_issue_links_show_at_both_ends(client: JIRA) -> None:
    """A link is told of from both issues, made once however often it is asked for, and can be removed."""
    one, other = create(client), create(client)
    for _ in range(2):
        client.create_issue_link("Duplicate", one, other)
    (here,), (there,) = client.issue(one).fields.issuelinks, client.issue(other).fields.issuelinks
    assert (here.type.outward, here.outwardIssue.key) == ("duplicates", other)
    assert (there.type.inward, there.inwardIssue.key) == ("is duplicated by", one)
    assert client.issue_link(here.id).type.name == "Duplicate"
    client.delete_issue_link(here.id)
    assert client.issue(one).fields.issuelinks == []


def test_remote_link_is_upserted_by_global_id(client: JIRA) -> None:
    """The same globalId replaces the link, another adds one."""
    key = create(client)
    url = client._get_url(f"issue/{key}/remotelink")
    for title, global_id in (("Thread", "a"), ("The thread", "a"), ("Other", "b")):
        link = {"globalId": global_id, "object": {"url": "https://x.example/", "title": title}}
        client._session.post(url, json=link)
    shown = {one.globalId: one.object.title for one in client.remote_links(key)}
    assert shown == {"a": "The thread", "b": "Other"}
    client.delete_remote_link(key, global_id="a")
    assert [one.globalId for one in client.remote_links(key)] == ["b"]
    histories = reversed(client.issue(key, expand="changelog").changelog.histories)
    told = [(item.fromString, item.toString) for one in histories for item in one.items]
    thread, the_thread, other = (f'This issue links to "{one}"' for one in ("Thread", "The thread", "Other"))
    assert told == [(None, thread), (None, other), (the_thread, None)]


def test_edit_without_a_change_changes_nothing(client: JIRA, sandbox: Sandbox) -> None:
    """Setting what is there already leaves the update time and the changelog alone."""
    key = create(client)
    before = client.issue(key).fields.updated
    sandbox.core.clock.move(timedelta(hours=1))
    client.issue(key).update(fields={"summary": BUG["summary"]})
    after = client.issue(key, expand="changelog")
    assert (after.fields.updated, after.changelog.histories) == (before, [])


def test_properties_are_kept(client: JIRA) -> None:
    """An issue property is written, read and listed."""
    key = create(client)
    assert client.add_issue_property(key, "bugle", {"report": 7}).status_code == 201
    assert client.add_issue_property(key, "bugle", {"report": 8}).status_code == 200
    assert client.issue_property(key, "bugle").value.report == 8
    assert [one.key for one in client.issue_properties(key)] == ["bugle"]


def test_deleting_needs_permission(client: JIRA, control: httpx.Client) -> None:
    """The service account may not delete until it is granted, then the issue is gone."""
    issue = client.issue(create(client))
    with pytest.raises(JIRAError) as refused:
        issue.delete()
    assert refused.value.status_code == 403
    control.post("/jira/projects/SHOP", json={"grant": ["DELETE_ISSUES"]})
    issue.delete()
    with pytest.raises(JIRAError):
        client.issue(issue.key)


def test_watchers_come_and_go(client: JIRA) -> None:
    """People watch an issue and stop."""
    key = create(client)
    client.add_watcher(key, "elsa")
    assert [one.displayName for one in client.watchers(key).watchers] == ["Elsa Lind"]
    client.remove_watcher(key, "elsa")
    assert client.watchers(key).watchCount == 0


def test_lost_answer_leaves_the_issue(
    sandbox: Sandbox, connect: Callable[[], JIRA], rest: httpx.Client
) -> None:
    """When the connection is cut after the create, the issue is there and its label finds it."""
    client = connect()
    sandbox.core.troubles.add(service="jira", method="POST issue", kind="cut_after", match="bugle-7", times=1)
    with pytest.raises(requests.ConnectionError):
        create(client, labels=["bugle-7"])
    found = rest.get("/search/jql", params={"jql": "labels = 'bugle-7'", "fields": "labels"}).json()["issues"]
    assert [one["key"] for one in found] == ["SHOP-1"]
