"""What goes wrong in real life, and every acked report still becomes one issue, one card, one ping.

Crashes are in test_crashes.py, requests that are none of Slack's in test_deliveries.py.
"""

import itertools
import os
import resource
import signal
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import (
    engineer,
    expect_card,
    expect_issue,
    expect_whole,
    filled,
    in_order,
    issues,
    open_form,
    report,
)
from tests.harness.waiting import eventually
from tests.harness.world import World

WAL_HEADER, WAL_FRAME = 32, 24 + 4096  # bytes, as sqlite.org/fileformat2.html has them


def seconds(stamp: str) -> float:
    """Return the real seconds of a call's time."""
    return datetime.fromisoformat(stamp).timestamp()


def searches(world: World) -> list[str]:
    """Return the searches that Bugle made in Jira."""
    return [call["method"] for call in world.calls("jira") if "search/jql" in call["request"].get("path", "")]


def test_the_same_submission_twice_files_one_report(world: World, bot: BotProcess) -> None:
    """A bot that hangs makes the rep press File again; both presses arrive, one report is filed."""
    form = filled(open_form(world), "The card is charged twice")
    os.kill(bot.pid, signal.SIGSTOP)
    late = form.submit()
    assert not late.ok
    os.kill(bot.pid, signal.SIGCONT)
    again = form.submit()
    assert again.closed
    expect_whole(world, ["The card is charged twice"])


def test_jira_down_holds_nobody_back(world: World, bot: BotProcess) -> None:
    """Jira is away for an hour: card and ping go out at once, the issue and its key come when it is back."""
    trouble = world.trouble("jira", "down")
    report(world, "The card is charged twice")
    card = expect_card(world, "The card is charged twice").expect_text("Issue on its way")
    world.dm(engineer(world)).expect_message("Issue on its way")
    world.advance(1800)
    world.no_trouble(trouble)
    world.advance(1800)
    expect_whole(world, ["The card is charged twice"])
    card.expect_text(expect_issue(world, "charged twice")["key"])
    assert bot.ready()["status"] == 200


def test_a_lost_answer_of_jira_makes_no_second_issue(world: World, bot: BotProcess) -> None:
    """Jira made the issue but its answer was lost: Bugle finds it by its label and adopts it."""
    world.post("/jira", {"index_delay": 30})
    world.trouble("jira", "cut_after", "POST issue", times=1)
    report(world, "The card is charged twice")
    assert expect_issue(world, "charged twice")
    expect_card(world, "The card is charged twice").expect_text("Issue on its way")
    eventually(lambda: searches(world), what="Bugle to look for the issue, which is not shown yet")
    for _ in range(4):
        world.advance(60)
    expect_whole(world, ["The card is charged twice"])
    assert bot.ready()["status"] == 200


def test_a_lost_answer_of_slack_makes_no_second_post(world: World, bot: BotProcess) -> None:
    """Slack took the posts but its answers were lost: Bugle finds them by their metadata."""
    world.trouble("slack", "cut_after", "chat.postMessage", times=3)
    report(world, "The card is charged twice")
    expect_card(world, "The card is charged twice")
    expect_whole(world, ["The card is charged twice"])
    assert bot.ready()["status"] == 200


def slack_limits_posts(world: World, told: int) -> None:
    """Report while Slack limits posts, and once more: all posts must wait as long as it told, in seconds."""
    world.trouble("slack", "rate_limit", "chat.postMessage", times=3, retry_after=told)
    report(world, "The card is charged twice")
    eventually(lambda: len(world.calls("slack", "chat.postMessage")) == 3, what="the posts to be refused")
    report(world, "The basket is empty", by="U0BEN")
    world.advance(told)  # a moved clock moves what is due, not what Slack allows
    expect_issue(world, "charged twice")
    expect_issue(world, "basket is empty")
    expect_whole(world, ["The card is charged twice"], within=told + 60)
    expect_card(world, "The basket is empty", within=told + 60)
    posts = world.calls("slack", "chat.postMessage")
    assert [call["outcome"] for call in posts[:3]] == ["ratelimited"] * 3
    assert seconds(posts[3]["at"]) - seconds(posts[0]["at"]) >= told - 0.1


def test_slack_is_waited_for_as_long_as_it_says(world: World, bot: BotProcess) -> None:
    """Slack limits posts: nothing is posted before Retry-After is over, the issues are made meanwhile."""
    slack_limits_posts(world, 3)
    assert bot.ready()["status"] == 200


@pytest.mark.soak
def test_slack_limits_posts_for_a_minute(world: World, bot: BotProcess) -> None:
    """The same for a whole minute; SOAK=short makes it ten seconds."""
    slack_limits_posts(world, 10 if os.environ.get("SOAK") == "short" else 60)
    assert bot.ready()["status"] == 200


def test_a_card_that_is_refused_for_now_is_not_overtaken(world: World, bot: BotProcess) -> None:
    """Slack fails on the first report's messages for a while: the second report's card waits its turn."""
    world.trouble("slack", "error", "chat.postMessage", match="Fault 1", times=6, status=503)
    said = ["Fault 1 at checkout.", "Fault 2 at checkout."]
    for actual in said:
        assert report(world, actual).closed
    expect_whole(world, said)
    assert in_order(world, said)
    assert bot.ready()["status"] == 200


def test_a_cut_socket_is_connected_again(world: World, bot: BotProcess) -> None:
    """The socket is cut: the bot notices, connects again, and the next report is filed."""
    assert world.cut_sockets() == 1
    eventually(lambda: world.get("/slack/app")["sockets"] == 1, within=15, what="the bot to connect again")
    report(world, "The card is charged twice")
    expect_whole(world, ["The card is charged twice"])
    assert bot.ready()["status"] == 200


def test_started_while_slack_is_away_it_connects_later(world: World, bot: BotProcess) -> None:
    """Slack lets nobody connect when the bot starts: it asks until it may, and takes reports then."""
    bot.kill()
    trouble = world.trouble("slack", "error", "apps.connections.open", status=503)
    bot.launch()
    eventually(lambda: len(refused_connections(world)) >= 2, within=20, what="the bot to ask again")
    world.no_trouble(trouble)
    bot.expect_ready()
    report(world, "The card is charged twice")
    expect_whole(world, ["The card is charged twice"])


def refused_connections(world: World) -> list[str]:
    """Return when Slack refused a new connection."""
    asked = world.calls("slack", "apps.connections.open")
    return [call["at"] for call in asked if call["outcome"] != "ok"]


def test_a_full_disk_loses_nothing_that_was_typed(world: World, bot: BotProcess) -> None:
    """No room for the report: the form says so and keeps the text; with room again it is filed, once."""
    form = filled(open_form(world), "The card is charged twice")
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    refused = form.submit()
    assert "could not save this just now" in refused.errors["What happened"]
    assert "charged twice" in form.value("What happened")
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)
    assert form.submit().closed
    expect_whole(world, ["The card is charged twice"])


def test_a_disk_that_fills_up_halfway_keeps_all_or_nothing(
    world: World, bot: BotProcess, tmp_path: Path
) -> None:
    """Wherever the disk is full while a report is saved, it is kept with all that follows from it or not."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    with closing(sqlite3.connect(tmp_path / "bugle.db")) as database:
        (busy, *_) = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert not busy
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)

    def filed_with(pages: int) -> bool:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (WAL_HEADER + pages * WAL_FRAME, before[1]))
        return form.submit().closed

    needed = next(pages for pages in itertools.count() if filed_with(pages))
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)
    expect_whole(world, ["The card is charged twice"])
    assert needed > 1


def test_a_slack_token_that_stops_working_pauses_and_resumes(world: World, bot: BotProcess) -> None:
    """Slack refuses the token for an hour: readiness is red, nothing dies, all is posted afterwards."""
    form = filled(open_form(world), "The card is charged twice")
    world.set_app(revoke=["xoxb-sandbox-bugle"])
    assert form.submit().closed
    expect_issue(world, "charged twice")
    bot.expect_not_ready("slack login")
    world.advance(3600)
    world.set_app(restore=["xoxb-sandbox-bugle"])
    expect_whole(world, ["The card is charged twice"])
    bot.expect_ready()


def test_a_jira_token_that_is_replaced_resumes_the_issues(world: World, bot: BotProcess) -> None:
    """Jira's token ends and another is put into the settings: the issue is made after the restart."""
    world.post("/jira", {"token": "a-new-token"})
    report(world, "The card is charged twice")
    expect_card(world, "The card is charged twice").expect_text("Issue on its way")
    bot.expect_not_ready("jira login")
    world.advance(3600)
    assert issues(world) == []
    bot.terminate()
    bot.env["JIRA_API_TOKEN"] = "a-new-token"
    bot.start()
    expect_whole(world, ["The card is charged twice"])
