"""Searching: JQL, the index that lags, pages and tokens, and what Cloud refuses."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from jira import JIRA, JIRAError

from sandbox.jira.jql import Joined, Negated, Query, Term, Value, parse
from sandbox.server import Sandbox

HOUR = timedelta(hours=1)


def create(client: JIRA, summary: str, **fields: Any) -> str:
    """Create a bug in SHOP and return its key."""
    bug = {"project": {"key": "SHOP"}, "issuetype": {"name": "Bug"}, "summary": summary}
    return client.create_issue(fields=bug | fields, prefetch=False).key


def keys(issues: Iterable[Any]) -> list[str]:
    """Return the keys of what was found."""
    return [issue.key for issue in issues]


def test_query_is_read_with_its_precedence() -> None:
    """AND binds closer than OR, NOT closest, and parentheses as they stand."""
    read = parse('not a = 1 and b in (x, "y z") or (c != d) order by e desc, f')
    a, b, c = Term("a", "=", (Value("1"),)), Term("b", "in", (Value("x"), Value("y z", quoted=True))), None
    c = Term("c", "!=", (Value("d"),))
    assert read == Query(Joined("or", (Joined("and", (Negated(a), b)), c)), (("e", True), ("f", False)))


def test_quoted_text_is_unescaped() -> None:
    """Backslashes in quoted text stand for quotes, newlines and characters by number."""
    read = parse(r'summary ~ "say \"hi\" \u00e9\\"')
    assert read.clause == Term("summary", "~", (Value('say "hi" é\\', quoted=True),))


@pytest.mark.parametrize(
    ("jql", "message"),
    [
        ("project", "Expecting operator but the query ended"),
        ("project SHOP", "Expecting operator but got 'SHOP'"),
        ("project = ", "but got the end of the query"),
        ("project = SHOP status = Done", "Expecting either 'OR' or 'AND' but got 'status'"),
        ("(project = SHOP", r"Expecting '\)'"),
        ('summary ~ "open', "cannot be understood"),
        ("project = SHOP order updated", "Expecting 'by'"),
        ("project in SHOP, PAY", "Expecting either 'OR' or 'AND'"),
    ],
)
def test_broken_queries_are_told_where(jql: str, message: str) -> None:
    """A query that cannot be read is refused with what was expected and where."""
    with pytest.raises(Exception, match=message) as refused:
        parse(jql)
    assert getattr(refused.value, "status", None) == 400


def test_queries_find_what_they_say(client: JIRA, subtests: pytest.Subtests) -> None:
    """Each clause finds exactly the issues it describes."""
    one = create(client, "Card charged twice at checkout", labels=["bugle-1"], priority={"name": "High"})
    two = create(client, "Search finds nothing", labels=["Bugle-2"], components=[{"name": "Search"}])
    pay = client.create_issue(
        fields={
            "project": {"key": "PAY"}, "issuetype": {"name": "Task"}, "summary": "Refund in euros",
            "customfield_10050": {"value": "Asia"}, "description": "The terminal prints nothing",
        }, prefetch=False,
    ).key  # fmt: skip
    client.assign_issue(two, "elsa")
    client.add_comment(two, "Reproduced on staging")
    client.transition_issue(one, "41", resolution={"name": "Fixed"})
    elsa = client.issue(two).fields.assignee
    who = elsa.accountId if client._is_cloud else elsa.name
    expected = {
        "project = SHOP": {one, two},
        'project in (SHOP, "pay")': {one, two, pay},
        f"key = {two}": {two},
        f'issuekey in ("{one}", {pay})': {one, pay},
        'labels = "bugle-1"': {one},
        "labels in (bugle-1, bugle-2)": {one, two},
        "labels is empty": {pay},
        "status = Done": {one},
        'status != "To Do" and project is not EMPTY': {one},
        "statusCategory = done": {one},
        'project = SHOP and statusCategory != "Done"': {two},
        "statusCategory in (new, indeterminate)": {two, pay},
        "issuetype = Task": {pay},
        f"assignee = '{who}'": {two},
        "assignee is EMPTY": {one, pay},
        "assignee = currentUser()": set(),
        "reporter = currentUser()": {one, two, pay},
        "priority = High": {one},
        "component = Search": {two},
        "resolution = Fixed": {one},
        "resolution is EMPTY": {two, pay},
        'summary ~ "charged"': {one},
        'summary ~ "charge"': set(),
        'summary ~ "charg*"': {one},
        'text ~ "nothing"': {two, pay},
        'text ~ "staging"': {two},
        'text ~ "\\"finds nothing\\""': {two},
        "text ~ nothing and not project = PAY": {two},
        "project = PAY or labels = bugle-1": {one, pay},
        "project = SHOP and (labels = bugle-1 or labels = bugle-2) and resolution is empty": {two},
        'created >= "-15m"': {one, two, pay},
        "created < -15m": set(),
        "created <= now()": {one, two, pay},
        "updated >= startOfDay() or updated < now()": {one, two, pay},
    }
    for jql, wanted in expected.items():
        with subtests.test(jql=jql):
            assert set(keys(client.search_issues(jql, fields="summary"))) == wanted


def test_dates_in_queries(client: JIRA, sandbox: Sandbox) -> None:
    """Epoch milliseconds are instants; quoted dates are minutes in the zone of who asks."""
    sandbox.core.clock.move(2 * HOUR)
    key = create(client, "Late")
    made = sandbox.jira.find_issue(key).created
    epoch = int(made.timestamp() * 1000)
    assert keys(client.search_issues(f"created >= {epoch}", fields="summary")) == [key]
    assert keys(client.search_issues(f"created > {epoch}", fields="summary")) == []
    zone = client.issue(key).fields.created[-5:]
    assert zone in ("+0100", "+0200")  # Madrid, where the service account is
    local = client.issue(key).fields.created[:16].replace("T", " ")
    assert keys(client.search_issues(f'created >= "{local}"', fields="summary")) == [key]
    in_utc = f"{made - timedelta(minutes=1):%Y-%m-%d %H:%M}"
    minute_before_in_utc = f'created <= "{in_utc}"'
    assert keys(client.search_issues(minute_before_in_utc, fields="summary")) == []


@pytest.mark.parametrize(
    ("jql", "message"),
    [
        ("colour = red", "Field 'colour' does not exist"),
        ("project = NOPE", "The value 'NOPE' does not exist for the field 'project'"),
        ("status = Nowhere", "The value 'Nowhere' does not exist for the field 'status'"),
        ("key = SHOP-99", "An issue with key 'SHOP-99' does not exist"),
        ("assignee = nobody", "does not exist for the field 'assignee'"),
        ("labels > a", "The operator '>' is not supported by the 'labels' field"),
        ("summary = x", "The operator '=' is not supported by the 'summary' field"),
        ("updated >= soon", "Date value 'soon' for field 'updated' is invalid"),
        ("project = SHOP order by colour", "Field 'colour' does not exist"),
    ],
)
def test_senseless_queries_are_refused(rest: httpx.Client, jql: str, message: str) -> None:
    """A query Jira cannot make sense of is a 400 with one message."""
    refused = rest.get("/search/jql", params={"jql": jql})
    assert refused.status_code == 400
    assert message in refused.json()["errorMessages"][0]


def test_order_and_whole_result(client: JIRA) -> None:
    """Results come in the order asked for, and all of them over several pages."""
    made = [create(client, f"Bug {number}", priority={"name": name})
            for number, name in enumerate(("Low", "Highest", "Medium"))]  # fmt: skip
    ordered = client.search_issues("project = SHOP order by priority desc, key asc", fields="summary")
    assert keys(ordered) == [made[1], made[2], made[0]]
    for number in range(3, 105):
        create(client, f"Bug {number}")
    everything = client.search_issues("project = SHOP order by key", maxResults=False, fields="summary")
    assert keys(everything) == [f"SHOP-{number}" for number in range(1, 106)]


def test_index_lags_behind(client: JIRA, sandbox: Sandbox, control: httpx.Client) -> None:
    """A search sees a new issue and a change only after the index delay; a read by key sees both at once."""
    control.post("/jira", json={"index_delay": 60})
    key = create(client, "New", labels=["early"])
    assert client.issue(key).fields.labels == ["early"]
    assert client.search_issues("labels = early", fields="labels") == []
    control.post("/clock", json={"advance": 61})
    assert keys(client.search_issues("labels = early", fields="labels")) == [key]
    client.issue(key).update(fields={"labels": ["late"]})
    assert keys(client.search_issues("labels = early", fields="labels")) == [key]
    assert client.search_issues("labels = late", fields="labels") == []
    sandbox.core.clock.move(timedelta(seconds=61))
    assert keys(client.search_issues("labels = late", fields="labels")) == [key]
    assert client.search_issues("labels = early", fields="labels") == []


def test_reconciled_issues_are_seen_at_once(rest: httpx.Client, control: httpx.Client) -> None:
    """Cloud's reconcileIssues makes a search see named issues as they are now."""
    control.post("/jira", json={"index_delay": 3600})
    bug = {"project": {"key": "SHOP"}, "issuetype": {"name": "Bug"}, "summary": "New"}
    made = rest.post("/issue", json={"fields": bug}).json()
    asked = {"jql": "project = SHOP", "fields": ["summary"]}
    assert rest.post("/search/jql", json=asked).json()["issues"] == []
    seen = rest.post("/search/jql", json=asked | {"reconcileIssues": [int(made["id"])]}).json()["issues"]
    assert [one["key"] for one in seen] == [made["key"]]


def test_cloud_has_no_old_search(rest: httpx.Client) -> None:
    """Cloud's old search is gone with 410 and says where to go."""
    gone = rest.get("/search", params={"jql": "project = SHOP"})
    assert (gone.status_code, "/rest/api/3/search/jql" in gone.json()["errorMessages"][0]) == (410, True)


def test_cloud_wants_bounded_queries(rest: httpx.Client) -> None:
    """Cloud refuses a query without a restriction."""
    for jql in ("", "order by updated desc"):
        refused = rest.get("/search/jql", params={"jql": jql})
        assert (refused.status_code, "Unbounded" in refused.json()["errorMessages"][0]) == (400, True)


def test_cloud_answers_ids_unless_asked_for_fields(rest: httpx.Client) -> None:
    """Cloud's search returns bare ids by default, and pages with tokens that belong to their query."""
    bug = {"project": {"key": "SHOP"}, "issuetype": {"name": "Bug"}, "summary": "New"}
    made = [rest.post("/issue", json={"fields": bug}).json()["id"] for _ in range(3)]
    page = rest.get("/search/jql", params={"jql": "project = SHOP", "maxResults": 2}).json()
    assert (page["issues"], page["isLast"]) == ([{"id": made[2]}, {"id": made[1]}], False)
    token = page["nextPageToken"]
    last = rest.get("/search/jql", params={"jql": "project = SHOP", "nextPageToken": token}).json()
    assert last == {"issues": [{"id": made[0]}], "isLast": True}
    stolen = rest.get("/search/jql", params={"jql": "project = PAY", "nextPageToken": token})
    assert stolen.status_code == 400


def test_count_is_told(rest: httpx.Client) -> None:
    """Cloud tells about how many issues a bounded query finds."""
    assert rest.post("/search/approximate-count", json={"jql": "project = SHOP"}).json() == {"count": 0}


def test_projects_that_may_not_be_seen_are_not_found(client: JIRA, control: httpx.Client) -> None:
    """Without BROWSE_PROJECTS neither the project nor its issues can be searched."""
    create(client, "Hidden", labels=["x"])
    control.post("/jira/projects/SHOP", json={"revoke": ["BROWSE_PROJECTS"]})
    assert client.search_issues("labels = x", fields="summary") == []
    with pytest.raises(JIRAError, match="The value 'SHOP' does not exist"):
        client.search_issues("project = SHOP", fields="summary")
