"""Whatever people say and whatever is lost, late or told twice: both sides end as each remark stands."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.databases import PostgresServer, SqliteFiles
from tests.harness.cards import Card
from tests.workflows.meeting import Meeting, meeting

PEOPLE = ("U0GRACE", "U0HUGO", "U0IRIS")
TROUBLES = (
    ("jira", "down", {}),
    ("slack", "down", {}),
    ("jira", "cut_after", {"times": 2}),
    ("slack", "cut_after", {"times": 2}),
    ("jira", "error_after", {"times": 1, "status": 503}),
    ("slack", "rate_limit", {"times": 2}),
    ("jira", "rate_limit", {"times": 2}),
)
DEEDS = (
    *("reply", "reply", "edit_reply", "delete_reply", "keep_reply", "file"),
    *("comment", "comment", "edit_comment", "delete_comment", "hide_comment", "show_comment"),
    *("edit_copy", "delete_copy", "deliver", "deliver", "deliver_twice", "deliver_last", "lose"),
    *("minute", "trouble", "no_trouble", "restart"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 30), st.sampled_from((False, False, True))),
    min_size=20,
    max_size=45,
)


@dataclass
class Reply:
    """A reply as it stands; `token` is in its text and in nothing else."""

    card: Card
    token: str
    is_private: bool
    files: list[str] = field(default_factory=list)
    is_kept: bool = False
    is_deleted: bool = False
    leaves_files: bool = False  # only its comment was taken away


@dataclass
class Comment:
    """A comment as it stands."""

    id: str
    token: str
    is_private: bool
    is_deleted: bool = False


class Talkers:
    """Does what a list of steps says, and knows what must be read where in the end."""

    def __init__(self, met: Meeting, *, may_lose: bool) -> None:
        self.met = met
        self.may_lose = may_lose  # without it what tells of remarks has to be enough: threads are not read
        self.replies: list[Reply] = []
        self.comments: list[Comment] = []
        self.hushed: list[str] = []  # what must never be in Jira
        self.secret: list[str] = []  # what must never be in Slack
        self.number = 0

    def token(self, *, private: bool, hidden: list[str]) -> str:
        """Return a new word, hidden for ever where it is private."""
        self.number += 1
        word = f"word{self.number}x"
        if private:
            hidden.append(word)
        return word

    def do(self, deed: str, number: int, *, flag: bool) -> None:
        """Take one step; one for which there is nobody or nothing is none."""
        getattr(self, f"_{deed}")(number, flag)

    def _reply(self, number: int, private: bool, files: Sequence[dict[str, str]] = ()) -> None:
        token = self.token(private=private, hidden=self.hushed)
        text = f"// {token}" if private else f"{token} said *so*\n> {{quoted}}"
        card = self.met.card.reply(text, by=PEOPLE[number % 3], files=list(files) or None)
        self.met.relay.expect(token)
        self.replies.append(Reply(card, token, private, [each["name"] for each in files]))

    def _file(self, number: int, private: bool) -> None:
        name = f"file{self.number}.txt"
        self._reply(number, private, [{"name": name, "content": name}])

    def _chosen(self, number: int) -> Reply | None:
        there = [each for each in self.replies if not each.is_deleted]
        return there[number % len(there)] if there else None

    def _edit_reply(self, number: int, private: bool) -> None:
        if reply := self._chosen(number):
            hidden = private or reply.is_kept
            reply.token = self.token(private=hidden, hidden=self.hushed)
            reply.is_private = private
            reply.card.edit(f"// {reply.token}" if private else f"{reply.token} anew")
            self.met.relay.expect(reply.token)

    def _delete_reply(self, number: int, _: bool) -> None:
        if reply := self._chosen(number):
            reply.card.delete()
            self.met.relay.expect("message_deleted", f'"deleted_ts": "{reply.card.ts}"')
            reply.is_deleted = True

    def _keep_reply(self, number: int, _: bool) -> None:
        """Use the shortcut; it is an answer to a press, and arrives."""
        if reply := self._chosen(number):
            self.met.world.person("U0HUGO").does(
                "message_shortcut", callback_id="keep_in_slack", channel=reply.card.channel, ts=reply.card.ts
            )
            self.met.deliver_press()
            reply.is_kept = True

    def _comment(self, _: int, private: bool) -> None:
        token = self.token(private=private, hidden=self.secret)
        self.met.in_jira("comment", body=f"{token} {{code}}<!here>{{code}}", **_hidden(private))
        self.met.relay.expect(token)
        if not private:
            self.comments.append(Comment(str(self.met.comments()[-1]["id"]), token, private))

    def _picked(self, number: int) -> Comment | None:
        there = [each for each in self.comments if not each.is_deleted]
        return there[number % len(there)] if there else None

    def _edit_comment(self, number: int, _: bool) -> None:
        if comment := self._picked(number):
            self._turn(comment, private=comment.is_private)

    def _hide_comment(self, number: int, _: bool) -> None:
        if comment := self._picked(number):
            self._turn(comment, private=True)

    def _show_comment(self, number: int, _: bool) -> None:
        if comment := self._picked(number):
            self._turn(comment, private=False)

    def _turn(self, comment: Comment, *, private: bool) -> None:
        comment.token, comment.is_private = self.token(private=private, hidden=self.secret), private
        self.met.in_jira("edit_comment", comment=comment.id, body=comment.token, internal=private)
        self.met.relay.expect(comment.token)

    def _delete_comment(self, number: int, _: bool) -> None:
        if comment := self._picked(number):
            self.met.in_jira("delete_comment", comment=comment.id)
            self.met.relay.expect("comment_deleted", f'"id": "{comment.id}"')
            comment.is_deleted = True

    def _copy(self, number: int) -> tuple[Reply, str] | None:
        """Return a reply and the id of its comment, where it has one now and nothing else is under way."""
        found = [
            (reply, str(each["id"]))
            for reply in self.replies
            for each in self.met.comments()
            if reply.token in each["body"]
        ]
        return found[number % len(found)] if found else None

    def _edit_copy(self, number: int, _: bool) -> None:
        if found := self._copy(number):
            reply, comment = found
            self.met.in_jira("edit_comment", comment=comment, body=f"{reply.token} as others wish it")

    def _delete_copy(self, number: int, _: bool) -> None:
        if found := self._copy(number):
            reply, comment = found
            self._no_trouble(0, False)
            self.met.quiet()
            if comment not in {str(each["id"]) for each in self.met.comments()}:
                return
            self.met.in_jira("delete_comment", comment=comment)
            self.met.look_at_comments()
            reply.is_kept = True  # it was taken away on purpose: it does not come again
            reply.leaves_files = True

    def _deliver(self, number: int, _: bool) -> None:
        self.met.deliver(number)

    def _deliver_twice(self, number: int, _: bool) -> None:
        self.met.deliver(number, times=2)

    def _deliver_last(self, _: int, __: bool) -> None:
        self.met.deliver(-1)

    def _lose(self, number: int, _: bool) -> None:
        if self.may_lose:
            self.met.deliver(number, times=0)

    def _minute(self, number: int, _: bool) -> None:
        self.met.minute(1 + number, reading=self.may_lose)

    def _trouble(self, number: int, _: bool) -> None:
        service, kind, more = TROUBLES[number % len(TROUBLES)]
        self.met.world.trouble(service, kind, **more)

    def _no_trouble(self, _: int, __: bool) -> None:
        self.met.world.no_trouble()

    def _restart(self, _: int, __: bool) -> None:
        self.met.restart()

    def end(self) -> None:
        """Let troubles end, what is held arrive or be lost, and time pass until all has been looked at."""
        self.met.world.no_trouble()
        self.met.quiet()
        while self.met.relay.held:
            self.met.deliver(self.number, times=0 if self.may_lose else 1)
        for _ in range(3):
            self.met.minute(40, reading=self.may_lose)
            self.met.quiet()

    def check(self) -> None:
        """Look at both sides."""
        assert self.met.dead() == []
        self._check_jira()
        self._check_slack()
        calls = self.met.world.calls()
        for service, hidden in (("jira", self.hushed), ("slack", self.secret)):
            told = [str(each["request"]) for each in calls if each["service"] == service]
            assert [word for word in hidden if any(word in each for each in told)] == []

    def _check_jira(self) -> None:
        comments = self.met.comments()
        ours = [each["body"] for each in comments if each["author"]["displayName"] == "Bugle"]
        said = [each for each in ours if "in Slack:" in each or "as others wish" in each]
        crossing = [r for r in self.replies if not (r.is_private or r.is_kept or r.is_deleted)]
        for reply in crossing:
            assert len([each for each in said if reply.token in each]) == 1, reply
        assert len(said) == len(crossing), (said, crossing)
        issue = self.met.world.get(f"/jira/issues/{self.met.report.issue_key}")
        attached = [each["filename"] for each in issue["fields"]["attachment"]]
        wanted = [
            name for each in self.replies if each in crossing or each.leaves_files for name in each.files
        ]
        assert set(attached) <= set(wanted), "a file of what is not to be seen"
        assert len(attached) == len(set(attached)), "a file twice"

    def _check_slack(self) -> None:
        told = [each for each in self.met.card.thread.messages("in Jira:") if each.author == "Bugle"]
        shown = [each for each in self.comments if not (each.is_private or each.is_deleted)]
        for comment in shown:
            assert len([each for each in told if comment.token in each.text]) == 1, comment
        assert len(told) == len(shown), (told, shown)


def _hidden(private: bool) -> dict[str, Any]:
    return {"visibility": {"type": "role", "value": "Developers"}} if private else {}


def converse(
    database: Database, deployment: str, steps: list[tuple[str, int, bool]], *, may_lose: bool
) -> None:
    """Let people do as they please, and look at both sides in the end."""
    with meeting(database, deployment) as met:
        talkers = Talkers(met, may_lose=may_lose)
        for deed, number, flag in steps:
            talkers.do(deed, number, flag=flag)
        talkers.end()
        talkers.check()


def campaign(databases: SqliteFiles | PostgresServer, deployment: str, examples: int) -> None:
    """Try so many interleavings, each on a database of its own."""

    @settings(
        max_examples=examples,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(steps=STEPS, may_lose=st.booleans())
    def tried(steps: list[tuple[str, int, bool]], may_lose: bool) -> None:
        with databases.fresh() as url:
            database = Database(url)
            try:
                converse(database, deployment, steps, may_lose=may_lose)
            finally:
                database.close()

    tried()


@pytest.mark.parametrize("deployment", ["cloud", "server"])
def test_both_sides_end_as_each_remark_stands(
    databases: SqliteFiles | PostgresServer, deployment: str
) -> None:
    """Every remark is on the other side as it stands, once; nothing private ever was."""
    campaign(databases, deployment, 4)


@pytest.mark.soak
@pytest.mark.parametrize("deployment", ["cloud", "server"])
def test_both_sides_end_so_at_length(databases: SqliteFiles | PostgresServer, deployment: str) -> None:
    """The same for many more interleavings."""
    campaign(databases, deployment, 15 if os.environ.get("SOAK") == "short" else 100)
