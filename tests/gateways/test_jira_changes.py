"""Reading a project's issues in the order in which they changed, on Cloud and on Data Center."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.effects import Never
from gateways.jira import Jira, NewIssue, Told
from sandbox.jira import deeds
from sandbox.jira.ask import Ask
from sandbox.server import Sandbox
from tests.gateways.stage import calls

pytestmark = pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)

BUG = NewIssue("SHOP", "Bug", "The card is charged twice", "Press *Pay* again", labels=("from-support",))
MINUTE = timedelta(minutes=1)


def make(jira: Jira, sandbox: Sandbox, number: int, new: NewIssue = BUG) -> list[str]:
    """Make so many issues, a minute of business time apart, and return their keys."""
    keys = []
    for each in range(number):
        sandbox.core.clock.move(MINUTE)
        keys.append(jira.create_issue(new, label=f"bugle-{new.project.lower()}{each}", doubt=None))
    return keys


def all_of(jira: Jira, **options: datetime | bool | None) -> list[Told]:
    """Return the issues on all pages of one search."""
    told: list[Told] = []
    after = None
    while True:
        page = jira.changes("SHOP", **{"since": None, **options}, after=after)
        told += page.issues
        if page.after is None:
            return told
        after = page.after


def test_an_issue_is_told_with_its_text_and_status(jira: Jira, sandbox: Sandbox) -> None:
    """What is searched and shown of an issue comes with it, and its times are Jira's, in UTC."""
    (key,) = make(jira, sandbox, 1)
    (told,) = jira.changes("SHOP", since=None).issues
    kept = sandbox.jira.issues[told.id]
    assert (told.key, told.summary, told.description) == (key, BUG.summary, BUG.description)
    assert (told.facts.status, told.facts.category) == ("To Do", "new")
    assert set(told.labels) == {"from-support", "bugle-shop0"}
    assert abs(told.updated - kept.updated) < timedelta(milliseconds=1)


def test_what_changed_first_comes_first(jira: Jira, sandbox: Sandbox) -> None:
    """An issue that changes again goes to the end; other projects are left out."""
    first, second, third = make(jira, sandbox, 3)
    make(jira, sandbox, 1, replace(BUG, project="PAY", fields={"customfield_10050": {"value": "Asia"}}))
    sandbox.core.clock.move(MINUTE)
    jira.comment(second, "Seen too", marker="m", doubt=None)
    assert [told.key for told in all_of(jira)] == [first, third, second]


def test_changes_since_a_time_begin_with_that_very_time(jira: Jira, sandbox: Sandbox) -> None:
    """What changed at the instant that is named is told again, what changed before is not."""
    keys = make(jira, sandbox, 4)
    since = all_of(jira)[2].updated
    assert [told.key for told in all_of(jira, since=since)] == keys[2:]
    assert all_of(jira, since=since + 10 * MINUTE) == []


def test_only_open_issues_are_told_where_that_is_asked(jira: Jira, sandbox: Sandbox) -> None:
    """Done issues are left out by their status's category, whatever the status is called."""
    one, two = make(jira, sandbox, 2)
    jira.comment(two, "Still there", marker="m", doubt=None)
    close(sandbox, one)
    assert [told.key for told in all_of(jira, only_open=True)] == [two]
    assert {told.key: told.facts.category for told in all_of(jira)} == {one: "done", two: "new"}


def test_pages_follow_each_other_to_the_end(
    jira: Jira, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every issue is on one page, and after the last there is none."""
    monkeypatch.setattr("gateways.jira.changes.PAGE", 2)
    keys = make(jira, sandbox, 5)
    assert [told.key for told in all_of(jira)] == keys
    method = "GET search/jql" if jira.changes("SHOP", since=None).after != "2" else "GET search"
    assert len(calls(sandbox, method)) == 4


def test_the_last_change_of_a_project(jira: Jira, sandbox: Sandbox) -> None:
    """It is that of the issue that changed last; a project without issues has none."""
    assert jira.last_change("SHOP") is None
    first, _ = make(jira, sandbox, 2)
    sandbox.core.clock.move(MINUTE)
    jira.comment(first, "Again", marker="m", doubt=None)
    assert jira.last_change("SHOP") == max(told.updated for told in all_of(jira))


def test_a_project_that_is_not_there_is_refused(jira: Jira) -> None:
    """Jira says so, and nothing is taken for an empty project."""
    with pytest.raises(Never):
        jira.changes("NOPE", since=None)
    with pytest.raises(Never):
        jira.last_change("NOPE")


def test_an_address_is_told_without_a_call(jira: Jira, sandbox: Sandbox) -> None:
    """The address of an issue for people is known from the start where Jira's own is that of people."""
    before = sandbox.core.calls.last
    assert jira.known_url("SHOP-1") == f"{sandbox.jira.connection()['url']}/browse/SHOP-1"
    assert sandbox.core.calls.since(before) == []


def close(sandbox: Sandbox, key: str) -> None:
    """Have somebody finish an issue."""
    issue = sandbox.jira.find_issue(key)
    assert issue is not None
    deeds.transition(Ask(sandbox.jira, sandbox.jira.service, path={"issue": issue.id}), issue, {"to": "Done"})
