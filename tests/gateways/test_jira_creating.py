"""Making issues: each once, with what Jira takes, whatever happens to the answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.effects import Never, TryAgain, Unsure
from gateways.jira import Account, Jira, NewIssue
from sandbox.jira.model import Issue as Kept
from sandbox.server import Sandbox
from tests.gateways.stage import calls, doubt

pytestmark = pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)

BUG = NewIssue(
    project="SHOP",
    issue_type="Bug",
    summary="Checkout › Payment: the card is charged twice",
    description="*Steps to reproduce*\n# Pay 陳怡婷's order",
    priority="High",
    components=("Checkout", "Payment"),
    labels=("from-support",),
)
LABEL = "bugle-01jdv7m3c4h5k6n7p8q9r0s1t2"


def kept(sandbox: Sandbox) -> list[Kept]:
    """Return the issues there are, oldest first."""
    return list(sandbox.jira.issues.values())


def elsa(jira: Jira) -> Account:
    """Return an account that the service account may make reporter and assignee in SHOP."""
    found = jira.account(email="elsa@harbor.example")
    assert found is not None
    return found


def test_an_issue_holds_what_it_was_made_of(jira: Jira, sandbox: Sandbox) -> None:
    """A new issue has summary, description, priority, components and labels, and its unique label."""
    key = jira.create_issue(BUG, label=LABEL, doubt=None)
    (issue,) = kept(sandbox)
    assert (issue.key, issue.type.name) == (key, "Bug")
    assert (issue.values["summary"], issue.values["description"]) == (BUG.summary, BUG.description)
    assert set(issue.values["labels"]) == {"from-support", LABEL}
    assert issue.values["priority"] == "2"
    names = {one.id: one.name for one in issue.project.components}
    assert [names[one] for one in issue.values["components"]] == ["Checkout", "Payment"]


def test_making_an_issue_is_one_call(jira: Jira, sandbox: Sandbox) -> None:
    """Once connected, an issue without people on it takes one call to Jira."""
    jira.myself()
    before = sandbox.core.calls.last
    jira.create_issue(BUG, label=LABEL, doubt=None)
    assert [call.method for call in sandbox.core.calls.since(before)] == ["POST issue"]


def test_people_are_set_where_the_screen_has_them(jira: Jira, sandbox: Sandbox) -> None:
    """Reporter and assignee are real people where Bugle may set them."""
    who = elsa(jira)
    jira.create_issue(replace(BUG, reporter=who, assignee=who), label=LABEL, doubt=None)
    (issue,) = kept(sandbox)
    account = sandbox.jira.find_account("elsa@harbor.example")
    assert (issue.values["reporter"], issue.values["assignee"]) == (account.id, account.id)


def test_people_are_left_out_where_the_screen_lacks_them(jira: Jira, sandbox: Sandbox) -> None:
    """Where Bugle may not set the reporter, the issue is made without one, in one call."""
    who = elsa(jira)
    region = {"customfield_10050": {"id": "10120"}}
    new = replace(BUG, project="PAY", components=("Refunds",), reporter=who, assignee=who, fields=region)
    jira.create_issue(new, label=LABEL, doubt=None)
    (issue,) = kept(sandbox)
    assert issue.values["reporter"] == sandbox.jira.service.id
    assert issue.values["assignee"] == sandbox.jira.find_account("elsa@harbor.example").id
    assert len(calls(sandbox, "POST issue")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"priority": "Sky-high"},
        {"components": ("Checkout", "Warehouse")},
        {"reporter": Account(id="nobody")},
        {"assignee": Account(id="nobody")},
        {"priority": "Sky-high", "components": ("Warehouse",), "reporter": Account(id="nobody")},
    ],
    ids="+".join,
)
def test_an_issue_is_made_without_what_jira_refuses(
    jira: Jira, sandbox: Sandbox, wrong: dict[str, Any]
) -> None:
    """Where Jira refuses only people, priority or components, the issue is made without exactly those."""
    jira.create_issue(replace(BUG, **wrong), label=LABEL, doubt=None)
    (issue,) = kept(sandbox)
    assert issue.values["summary"] == BUG.summary
    sent = [set(call.request["fields"]) for call in calls(sandbox, "POST issue")]
    assert len(sent) == 2
    assert sent[0] - sent[1] == set(wrong)


def test_what_jira_cannot_do_without_is_never_dropped(jira: Jira, sandbox: Sandbox) -> None:
    """A refusal of anything else is Never, with Jira's own words, and no second request is made."""
    new = replace(BUG, project="PAY", components=("Warehouse",))
    with pytest.raises(Never, match="Affected region is required") as raised:
        jira.create_issue(new, label=LABEL, doubt=None)
    assert "answered 400" in raised.value.reason
    assert BUG.summary not in raised.value.reason
    assert (kept(sandbox), len(calls(sandbox, "POST issue"))) == ([], 1)


def test_a_required_field_is_filled(jira: Jira, sandbox: Sandbox) -> None:
    """A required custom field, read from the create screen, is sent as Jira wants it."""
    (region,) = jira.screen("PAY", "Bug").asked
    asia = next(choice for choice in region.allowed if choice.name == "Asia")
    new = replace(BUG, project="PAY", components=(), fields={region.id: region.value(asia.id)})
    assert jira.create_issue(new, label=LABEL, doubt=None) == "PAY-1"
    assert kept(sandbox)[0].values[region.id] == asia.id


def test_a_lost_answer_does_not_make_a_second_issue(jira: Jira, sandbox: Sandbox) -> None:
    """An issue whose answer was lost is found by its label once Jira's search shows it, and stays alone."""
    sandbox.jira.index_delay = timedelta(seconds=90)
    sandbox.core.troubles.add(service="jira", method="POST issue", kind="cut_after", times=1)
    with pytest.raises(Unsure):
        jira.create_issue(BUG, label=LABEL, doubt=None)
    with pytest.raises(Unsure) as early:
        jira.create_issue(BUG, label=LABEL, doubt=doubt(timedelta(seconds=5)))
    assert early.value.ask_again == timedelta(seconds=3)
    sandbox.core.clock.move(timedelta(seconds=91))
    assert jira.create_issue(BUG, label=LABEL, doubt=doubt(timedelta(seconds=91))) == "SHOP-1"
    assert len(kept(sandbox)) == 1
    assert len(calls(sandbox, "POST issue")) == 1


def test_an_issue_that_never_arrived_is_made_after_ten_minutes(jira: Jira, sandbox: Sandbox) -> None:
    """In doubt an issue is made only when Jira's search has not shown it for ten minutes."""
    sandbox.core.troubles.add(service="jira", method="POST issue", kind="cut_before", times=1)
    with pytest.raises(Unsure):
        jira.create_issue(BUG, label=LABEL, doubt=None)
    with pytest.raises(Unsure):
        jira.create_issue(BUG, label=LABEL, doubt=doubt(timedelta(minutes=9, seconds=59)))
    assert jira.create_issue(BUG, label=LABEL, doubt=doubt(timedelta(minutes=10))) == "SHOP-1"
    assert len(kept(sandbox)) == 1


@pytest.mark.parametrize(
    ("age", "again"), [(0, 3), (6, 3), (20, 10), (60, 30), (120, 60), (599, 60)], ids=str
)
def test_asking_again_takes_longer_each_time(jira: Jira, age: int, again: int) -> None:
    """While Jira's search does not show the issue, it is asked after 3 s at first and each minute at last."""
    with pytest.raises(Unsure) as raised:
        jira.create_issue(BUG, label=LABEL, doubt=doubt(timedelta(seconds=age)))
    assert raised.value.ask_again == timedelta(seconds=again)


def test_another_label_is_another_issue(jira: Jira, sandbox: Sandbox) -> None:
    """An issue with another label is not taken for the lost one."""
    jira.create_issue(BUG, label=LABEL, doubt=None)
    other = LABEL.replace("01", "02")
    assert jira.create_issue(BUG, label=other, doubt=doubt(timedelta(minutes=11))) == "SHOP-2"
    assert jira.create_issue(BUG, label=other, doubt=doubt(timedelta(minutes=11))) == "SHOP-2"
    assert len(kept(sandbox)) == 2


def test_a_search_that_fails_makes_no_issue(jira: Jira, sandbox: Sandbox) -> None:
    """In doubt, no issue is made while Jira's search does not answer."""
    for method in ("GET search", "GET search/jql"):
        sandbox.core.troubles.add(service="jira", method=method, kind="error", status=503)
    with pytest.raises(TryAgain):
        jira.create_issue(BUG, label=LABEL, doubt=doubt(timedelta(minutes=11)))
    assert kept(sandbox) == []


def test_a_screen_that_cannot_be_read_is_no_doubt(jira: Jira, sandbox: Sandbox) -> None:
    """Where Jira fails before the issue is asked for, nothing was made: TryAgain and not Unsure."""
    who = elsa(jira)
    method = "GET issue/createmeta/{project}/issuetypes"
    sandbox.core.troubles.add(service="jira", method=method, kind="error", status=502)
    with pytest.raises(TryAgain):
        jira.create_issue(replace(BUG, reporter=who), label=LABEL, doubt=None)


def test_a_label_that_cannot_be_set_is_never(jira: Jira, sandbox: Sandbox) -> None:
    """A create screen without labels cannot be used safely: Never, naming the field."""
    sandbox.jira.find_project("SHOP").create_screen.remove("labels")
    with pytest.raises(Never, match="labels"):
        jira.create_issue(BUG, label=LABEL, doubt=None)
    assert kept(sandbox) == []
