"""What happens to an issue after it is made: read, assigned, commented on, linked back, files attached."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from domain.effects import Doubt, Never, TryAgain, Unsure
from domain.files import Loss, Lost
from gateways.jira import Account, Jira, NewIssue
from sandbox.jira.model import Category, Status
from sandbox.jira.model import Issue as Kept
from sandbox.server import Sandbox
from tests.gateways.stage import calls, doubt

pytestmark = pytest.mark.parametrize("sandbox", ["cloud", "server"], indirect=True)


@pytest.fixture
def kept(jira: Jira, sandbox: Sandbox) -> Kept:
    """Return an issue as Jira keeps it: SHOP-1."""
    jira.create_issue(NewIssue("SHOP", "Bug", "Charged twice", "So it is"), label="bugle-1", doubt=None)
    (made,) = sandbox.jira.issues.values()
    return made


def diego(jira: Jira) -> Account:
    """Return Diego's account."""
    found = jira.account(email="diego@harbor.example")
    assert found is not None
    return found


def attach(jira: Jira, name: str, content: bytes, doubt: Doubt | None = None) -> str:
    """Attach a file of this content to the issue."""
    return jira.attach("SHOP-1", name, BytesIO(content), len(content), doubt=doubt)


def test_an_issue_tells_how_it_stands(jira: Jira, kept: Kept, sandbox: Sandbox) -> None:
    """An issue tells its summary, status, category, priority, address and when it changed, in UTC."""
    issue = jira.issue("SHOP-1")
    assert (issue.key, issue.summary, issue.status, issue.category) == (
        "SHOP-1",
        "Charged twice",
        "To Do",
        "new",
    )
    assert (issue.assignee, issue.priority, issue.resolution) == (None, "Medium", None)
    assert issue.url == f"{sandbox.url}/jira/browse/SHOP-1"
    assert issue.updated == kept.updated
    assert issue.updated.tzinfo is UTC


def test_an_issue_tells_how_it_ended(jira: Jira, kept: Kept) -> None:
    """A done issue tells its category by key, whatever its status is called, and its resolution."""
    kept.status = Status("10009", "Released to shops", Category.DONE)
    kept.resolution = kept.type.__class__("10000", "Fixed")
    issue = jira.issue("SHOP-1")
    assert (issue.status, issue.category, issue.resolution) == ("Released to shops", "done", "Fixed")


def test_an_issue_that_is_not_there_is_never(jira: Jira) -> None:
    """An issue that is not there is Never, in Jira's words."""
    with pytest.raises(Never, match=r"(?i)GET issue: Jira answered 404; issue does not exist"):
        jira.issue("SHOP-404")


@pytest.mark.usefixtures("kept")
def test_an_issue_is_assigned_and_let_go(jira: Jira) -> None:
    """An issue is made somebody's, then nobody's."""
    who = diego(jira)
    jira.assign("SHOP-1", who)
    assert jira.issue("SHOP-1").assignee == who
    jira.assign("SHOP-1", None)
    assert jira.issue("SHOP-1").assignee is None


@pytest.mark.usefixtures("kept")
def test_an_assignee_jira_does_not_know_is_never(jira: Jira) -> None:
    """Assigning to somebody Jira does not know is Never, naming the field."""
    with pytest.raises(Never, match="assignee"):
        jira.assign("SHOP-1", Account(id="nobody"))


def test_a_comment_is_made_once(jira: Jira, kept: Kept) -> None:
    """A comment holds its text; its marker is not part of what people read."""
    made = jira.comment("SHOP-1", "*Ana Ruiz*: it happened again", marker="comment-1", doubt=None)
    assert [(one.id, one.body) for one in kept.comments] == [(made, "*Ana Ruiz*: it happened again")]


def test_a_lost_comment_is_found(jira: Jira, kept: Kept, sandbox: Sandbox) -> None:
    """A comment whose answer was lost is found by its marker among others, and stays the only one."""
    jira.comment("SHOP-1", "Again", marker="comment-0", doubt=None)
    sandbox.core.troubles.add(service="jira", method="POST issue/{issue}/comment", kind="cut_after", times=1)
    before = doubt()
    with pytest.raises(Unsure):
        jira.comment("SHOP-1", "Again", marker="comment-1", doubt=None)
    jira.comment("SHOP-1", "Again", marker="comment-2", doubt=None)
    found = jira.comment("SHOP-1", "Again", marker="comment-1", doubt=before)
    assert found == kept.comments[1].id
    assert len(kept.comments) == 3


def test_a_comment_that_never_arrived_is_made(jira: Jira, kept: Kept, sandbox: Sandbox) -> None:
    """In doubt, a comment that is not there is made, though another says the same."""
    jira.comment("SHOP-1", "Again", marker="comment-1", doubt=None)
    sandbox.core.troubles.add(service="jira", method="POST issue/{issue}/comment", kind="cut_before", times=1)
    before = doubt()
    with pytest.raises(Unsure):
        jira.comment("SHOP-1", "Again", marker="comment-2", doubt=None)
    jira.comment("SHOP-1", "Again", marker="comment-2", doubt=before)
    assert [one.body for one in kept.comments] == ["Again", "Again"]


@pytest.mark.usefixtures("kept")
def test_older_comments_are_not_looked_through(jira: Jira, sandbox: Sandbox) -> None:
    """In doubt, only comments made since it began (and a minute before) are looked at."""
    for number in range(5):
        jira.comment("SHOP-1", f"Old {number}", marker=f"old-{number}", doubt=None)
    sandbox.core.clock.move(timedelta(hours=1))
    later = doubt(timedelta(0))
    since = later.since + timedelta(hours=1)
    before = sandbox.core.calls.last
    jira.comment("SHOP-1", "New", marker="new", doubt=type(later)(since=since, age=later.age))
    methods = [call.method for call in sandbox.core.calls.since(before)]
    assert methods == ["GET issue/{issue}/comment", "POST issue/{issue}/comment"]


def test_a_link_back_is_made_once(jira: Jira, kept: Kept, sandbox: Sandbox) -> None:
    """A link back to Slack whose answer was lost is made again, and changes the link that is there."""
    method = "POST issue/{issue}/remotelink"
    sandbox.core.troubles.add(service="jira", method=method, kind="cut_after", times=1)
    link = {"url": "https://harbor.slack.example/p1", "global_id": "bugle-report-1"}
    with pytest.raises(TryAgain):
        jira.link_back("SHOP-1", title="The thread", **link)
    jira.link_back("SHOP-1", title="The thread in #shop-bugs", **link)
    (made,) = kept.remote_links
    assert (made.global_id, made.object["url"]) == (link["global_id"], link["url"])
    assert made.object["title"] == "The thread in #shop-bugs"


def test_a_file_is_attached_once(jira: Jira, kept: Kept, sandbox: Sandbox) -> None:
    """A file whose answer was lost is found by name and size; its bytes and its name arrive whole."""
    content = bytes(range(256)) * 40
    sandbox.core.troubles.add(
        service="jira", method="POST issue/{issue}/attachments", kind="cut_after", times=1
    )
    before = doubt()
    with pytest.raises(Unsure):
        attach(jira, "截圖 1.png", content)
    found = attach(jira, "截圖 1.png", content, doubt=before)
    assert [(one.id, one.filename, one.content) for one in kept.attachments] == [
        (found, "截圖 1.png", content)
    ]


def test_another_file_is_not_taken_for_it(jira: Jira, kept: Kept) -> None:
    """In doubt, a file with another name or size is not taken for the lost one."""
    attach(jira, "a.png", b"123")
    attach(jira, "a.png", b"1234", doubt=doubt())
    attach(jira, "b.png", b"1234", doubt=doubt())
    assert [(one.filename, len(one.content)) for one in kept.attachments] == [
        ("a.png", 3),
        ("a (2).png", 4),
        ("b.png", 4),
    ]


def test_a_name_that_is_there_gets_a_number(jira: Jira, kept: Kept) -> None:
    """Two different screenshots of one name are both there; a lost one is found by its number."""
    attach(jira, "image.png", b"123")
    second = attach(jira, "image.png", b"1234")
    assert [one.filename for one in kept.attachments] == ["image.png", "image (2).png"]
    assert attach(jira, "image.png", b"1234", doubt=doubt()) == second


def test_an_old_file_is_not_taken_for_a_lost_one(jira: Jira, kept: Kept) -> None:
    """A file of the same name and size that was there long before the try is another one."""
    attach(jira, "a.png", b"123")
    old = kept.attachments[0]
    kept.attachments[0] = replace(old, created=old.created - timedelta(hours=1))
    attach(jira, "a.png", b"456", doubt=doubt())
    assert [one.content for one in kept.attachments] == [b"123", b"456"]


def test_jiras_limit_is_known_before_a_file_is_sent(jira: Jira, kept: Kept, sandbox: Sandbox) -> None:
    """Jira says how large a file may be, and is asked once."""
    sandbox.jira.attachment_limit = 1234
    assert [jira.attachment_limit(), jira.attachment_limit()] == [1234, 1234]
    assert len(calls(sandbox, "GET attachment/meta")) == 1


def test_files_jira_does_not_take_are_never(jira: Jira, kept: Kept, sandbox: Sandbox) -> None:
    """A file that is too large (413) or empty is lost, which is for its owner to mend."""
    sandbox.jira.attachment_limit = 10
    with pytest.raises(Lost, match=r"answered 413; .*maximum permitted size") as large:
        attach(jira, "large.png", b"x" * 11)
    assert large.value.loss is Loss.TOO_LARGE
    with pytest.raises(Lost, match="empty") as empty:
        attach(jira, "empty.png", b"")
    assert empty.value.loss is Loss.EMPTY
    assert kept.attachments == []


@pytest.mark.usefixtures("kept")
def test_times_are_utc_whatever_the_accounts_zone(jira: Jira, sandbox: Sandbox) -> None:
    """Jira writes times in the account's zone; they are told in UTC."""
    raw = calls(sandbox, "POST issue")[0].at
    assert abs(jira.issue("SHOP-1").updated - raw) < timedelta(seconds=5)
    assert datetime.now(UTC) - jira.issue("SHOP-1").updated < timedelta(minutes=1)
