"""What people say in a report's thread and on its issue is read on both sides."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import expect_card, expect_issue, report
from tests.harness.cards import Card
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

WRONG = "The card is charged twice"
SECRET = "shared-with-jira"
GRACE, HUGO = "U0GRACE", "U0HUGO"


class Talk:
    """A report's thread in Slack and its issue in Jira, with the people who talk there."""

    def __init__(self, world: World) -> None:
        self.world = world
        report(world, WRONG)
        self.key: str = expect_issue(world, WRONG)["key"]
        self.card: Card = expect_card(world, WRONG).expect_text(self.key)

    def says(self, text: str, *, by: str = GRACE, files: list[dict[str, Any]] | None = None) -> Card:
        """Let somebody reply in the thread."""
        return self.card.reply(text, by=by, files=files)

    def comments(self, containing: str = "") -> list[dict[str, Any]]:
        """Return the comments on the issue, oldest first."""
        found: list[dict[str, Any]] = self.world.get(f"/jira/issues/{self.key}")["fields"]["comment"][
            "comments"
        ]
        return [each for each in found if containing in each["body"]]

    def expect_comment(self, containing: str, *, within: float = 20.0) -> dict[str, Any]:
        """Wait for the one comment that says this."""
        found = eventually(lambda: self.comments(containing), what=f"a comment {containing!r}", within=within)
        assert len(found) == 1
        return found[0]

    def expect_no_comment(self, containing: str) -> None:
        """Wait until no comment says this."""
        eventually(lambda: not self.comments(containing), what=f"no comment {containing!r}", within=20.0)

    def in_jira(self, deed: str, *, by: str = "iris@harbor.example", **asked: Any) -> None:
        """Let somebody do something with the issue in Jira."""
        self.world.post(f"/jira/as/{by}/issues/{self.key}/{deed}", asked)

    def comment(self, body: str, **asked: Any) -> str:
        """Let Iris comment in Jira; return the comment's id."""
        self.in_jira("comment", body=body, **asked)
        return str(self.comments()[-1]["id"])

    def expect_reply(self, containing: str) -> Card:
        """Wait for what Bugle says in the thread."""
        return self._minutes(lambda: self.card.thread.messages(containing), f"a reply {containing!r}")[0]

    def expect_later(self, containing: str) -> None:
        """Wait for a comment that says this after Jira was asked."""
        self._minutes(lambda: self.comments(containing), f"a comment {containing!r}")

    def expect_no_reply(self, containing: str) -> None:
        """Wait until nothing in the thread says this."""
        self._minutes(lambda: not self.card.thread.messages(containing), f"no reply {containing!r}")

    def _minutes(self, look: Callable[[], Any], what: str) -> Any:
        """Let minutes pass until something is so: Jira is asked once a minute."""

        def a_minute_later() -> Any:
            self.world.advance(60)
            try:
                return eventually(look, within=2)
            except AssertionError:
                return None

        return eventually(a_minute_later, within=30, what=what)


@pytest.fixture
def talk(world: World, bot: BotProcess) -> Talk:
    """Return a report about which people talk; Jira is asked each minute."""
    return Talk(world)


def test_a_reply_becomes_a_comment(talk: Talk) -> None:
    """It is Bugle's, its first line names the person, and names, links and code read as in Slack."""
    talk.says("Ask @hugo: `SELECT {x}` on https://shop.example/a fails, *always* [~iris]")
    comment = talk.expect_comment("fails")
    head, _, text = comment["body"].partition("\n\n")
    assert head == f"*{talk.world.name(GRACE)}* in Slack:"
    assert comment["author"]["displayName"] == "Bugle"
    assert talk.world.name(HUGO) in text
    assert r"{{SELECT \{x\}}}" in text
    assert r"\[~iris\]" in text


def test_a_comment_becomes_a_reply(talk: Talk) -> None:
    """It names its author, and pings nobody."""
    talk.comment("Which *browser*, <!channel>? See [the log|https://ci.example/1].\n{code}a < b{code}")
    reply = talk.expect_reply("Which")
    assert "Iris" in reply.text
    assert "in Jira:" in reply.text
    assert "&lt;!channel&gt;" in reply.raw["text"]
    assert "<https://ci.example/1|the log>" in reply.raw["text"]


def test_nothing_comes_back_as_an_echo(talk: Talk) -> None:
    """What Bugle says on either side is never said again by it on the other."""
    talk.says("From Slack")
    talk.comment("From Jira")
    talk.expect_comment("From Slack")
    talk.expect_reply("From Jira")
    for _ in range(4):
        talk.world.advance(60)
    assert stays(lambda: len(talk.comments()) == 2, during=2.0)
    assert len(talk.card.thread.messages("From")) == 2


def test_an_edit_and_a_deletion_follow_to_jira(talk: Talk) -> None:
    """The comment says what the reply says, and goes when it goes."""
    reply = talk.says("First words")
    made = talk.expect_comment("First words")
    reply.edit("Second words")
    changed = talk.expect_comment("Second words")
    assert changed["id"] == made["id"]
    assert talk.world.name(GRACE) in changed["body"]
    reply.delete()
    talk.expect_no_comment("words")


def test_an_edit_and_a_deletion_follow_to_slack(talk: Talk) -> None:
    """The line in the thread says what the comment says, and goes when it goes."""
    comment = talk.comment("First words")
    made = talk.expect_reply("First words")
    talk.in_jira("edit_comment", comment=comment, body="Second words")
    assert talk.expect_reply("Second words").ts == made.ts
    talk.in_jira("delete_comment", comment=comment)
    talk.expect_no_reply("words")


def test_what_is_internal_stays_in_jira(talk: Talk) -> None:
    """Restricted and internal comments are not brought; one that becomes internal is taken back."""
    talk.comment("For the role", visibility={"type": "role", "value": "Developers"})
    talk.comment("For the desk", internal=True)
    public = talk.comment("For all")
    talk.expect_reply("For all")
    assert not talk.card.thread.messages("For the")
    talk.in_jira("edit_comment", comment=public, body="For all", internal=True)
    talk.expect_no_reply("For all")
    talk.in_jira("edit_comment", comment=public, body="For all again", internal=False)
    talk.expect_reply("For all again")


@pytest.mark.parametrize("mark", ["// ", "🔒", ":lock: "])
def test_a_marked_reply_stays_in_slack(talk: Talk, mark: str) -> None:
    """It begins with // or a lock: neither it nor its file is seen in Jira, until the mark is taken away."""
    reply = talk.says(f"{mark}among us", files=[{"name": "among.txt", "content": "us"}])
    talk.says("for all")
    talk.expect_comment("for all")
    assert not talk.comments("among us")
    assert not talk.world.get(f"/jira/issues/{talk.key}")["fields"]["attachment"]
    reply.edit("among all")
    talk.expect_comment("among all")
    reply.edit("// among us")
    talk.expect_no_comment("among")
    eventually(lambda: not talk.world.get(f"/jira/issues/{talk.key}")["fields"]["attachment"], what="no file")


def test_a_reply_is_kept_in_slack_afterwards(talk: Talk) -> None:
    """The shortcut takes it and its file out of Jira, and an edit does not bring it back."""
    reply = talk.says("oh no", files=[{"name": "secret.txt", "content": "us"}])
    assert "Attached: secret.txt" in talk.expect_comment("oh no")["body"]
    assert talk.world.person(HUGO).uses("keep_in_slack", reply).ok
    talk.expect_no_comment("oh no")
    eventually(lambda: not talk.world.get(f"/jira/issues/{talk.key}")["fields"]["attachment"], what="no file")
    reply.edit("oh no, again")
    assert stays(lambda: not talk.comments("again"), during=2.0)


def test_a_copy_that_is_changed_is_noted_once(talk: Talk) -> None:
    """Somebody edits or deletes Bugle's comment in Jira: the reply stays, and a comment says so once."""
    reply = talk.says("As it was said")
    copy = talk.expect_comment("As it was said")["id"]
    talk.in_jira("edit_comment", comment=copy, body="As they wish it had been")
    talk.expect_later("was edited here")
    talk.in_jira("edit_comment", comment=copy, body="As they wish it had been, again")
    talk.world.advance(60)
    assert "As it was said" in reply.refresh().text
    talk.in_jira("delete_comment", comment=copy)
    talk.expect_later("was deleted here")
    assert len(talk.comments("was edited here")) == 1
    assert not talk.comments("As it was said")


def heard(world: World, count: int) -> None:
    """Wait until the app has acknowledged so many events about messages since Jira went down."""
    eventually(lambda: len([1 for one in world.calls("bot", "message") if one["outcome"] == "ok"]) >= count)


def test_order_is_kept_while_jira_is_down(talk: Talk) -> None:
    """Replies made meanwhile arrive later, in their order, each once, as they read by then."""
    trouble = talk.world.trouble("jira", "down")
    replies = []
    for number in range(5):
        replies.append(talk.says(f"number {number}"))
        heard(talk.world, number + 1)  # what is said within milliseconds may be taken in in any order
    replies[1].edit("number one")
    replies[3].delete()
    heard(talk.world, 7)
    talk.world.no_trouble(trouble)
    talk.world.advance(600)
    talk.expect_comment("number 4")
    said = [each["body"].rpartition("\n")[2] for each in talk.comments("number")]
    assert said == ["number 0", "number one", "number 2", "number 4"]


def test_what_was_said_while_bugle_was_down_is_found(world: World, bot: BotProcess) -> None:
    """New replies, edits and deletions in threads, and comments: all of it crosses when Bugle is back."""
    talk = Talk(world)
    first, second = talk.says("the first"), talk.says("the second")
    talk.expect_comment("the second")
    talk.comment("from the start")
    talk.expect_reply("from the start")
    bot.kill()
    first.edit("the first, corrected")
    second.delete()
    talk.says("the third", files=[{"name": "third.txt", "content": "3"}])
    talk.in_jira(
        "edit_comment", comment=talk.comments("from the start")[0]["id"], body="from Jira, corrected"
    )
    talk.comment("also from Jira")
    world.advance(3600)
    bot.start()
    talk.expect_comment("the third")
    talk.expect_comment("the first, corrected")
    talk.expect_no_comment("the second")
    talk.expect_reply("also from Jira")
    talk.expect_reply("from Jira, corrected")
    attached = world.get(f"/jira/issues/{talk.key}")["fields"]["attachment"]
    assert [each["filename"] for each in attached] == ["third.txt"]


def test_a_webhook_brings_a_comment_at_once(world: World, tmp_path: Path) -> None:
    """Comments that Jira tells of are there within seconds: made, edited, deleted."""
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path}/bugle.db", JIRA_WEBHOOK_SECRET=SECRET) as bot:
        world.post("/jira/webhooks", {"url": f"{bot.url}/jira/webhook", "secret": SECRET})
        talk = Talk(world)
        comment = talk.comment("Right now")
        made = talk.card.thread.expect_message("Right now", within=10)
        talk.in_jira("edit_comment", comment=comment, body="And anew")
        made.expect_text("And anew", within=10)
        talk.in_jira("delete_comment", comment=comment)
        talk.card.thread.expect_count(0, "And anew", within=10)


def test_other_automation_is_named(talk: Talk) -> None:
    """What a script writes in Jira under somebody's account reaches Slack under that name."""
    talk.in_jira("comment", by="hugo@harbor.example", body="Build 42 passed")
    assert talk.world.name(HUGO) in talk.expect_reply("Build 42 passed").text
