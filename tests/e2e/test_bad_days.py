"""What goes wrong in real life, and every acked report still becomes one issue, one card, one ping."""

import os
import resource
import secrets
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Event

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.manifest import manifest
from tests.databases import PostgresServer
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import (
    CARDS,
    engineer,
    expect_card,
    expect_issue,
    expect_whole,
    filled,
    issues,
    let_doubts_end,
    open_form,
    report,
)
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World


def seconds(stamp: str) -> float:
    """Return the real seconds of a call's time."""
    return datetime.fromisoformat(stamp).timestamp()


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


def test_slack_is_waited_for_as_long_as_it_says(world: World, bot: BotProcess) -> None:
    """Slack limits posts: nothing is posted before Retry-After is over, the issue is made meanwhile."""
    world.trouble("slack", "rate_limit", "chat.postMessage", times=3, retry_after=3)
    report(world, "The card is charged twice")
    expect_issue(world, "charged twice")
    expect_whole(world, ["The card is charged twice"])
    posts = world.calls("slack", "chat.postMessage")
    assert [call["outcome"] for call in posts[:3]] == ["ratelimited"] * 3
    assert seconds(posts[3]["at"]) - seconds(posts[0]["at"]) >= 2.9
    assert bot.ready()["status"] == 200


def test_a_cut_socket_is_connected_again(world: World, bot: BotProcess) -> None:
    """The socket is cut: the bot notices, connects again, and the next report is filed."""
    assert world.cut_sockets() == 1
    eventually(lambda: world.get("/slack/app")["sockets"] == 1, within=15, what="the bot to connect again")
    report(world, "The card is charged twice")
    expect_whole(world, ["The card is charged twice"])
    assert bot.ready()["status"] == 200


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


def test_sigterm_loses_nothing(world: World, bot: BotProcess) -> None:
    """An operator restarts Bugle while effects wait: they are done by the next one."""
    trouble = world.trouble("jira", "down")
    said = [f"Fault {number} at checkout" for number in range(3)]
    for actual in said:
        assert report(world, actual).closed
    bot.terminate()
    world.no_trouble(trouble)
    bot.start()
    expect_whole(world, said)


@pytest.fixture
def http_bot(world: World, tmp_path: Path) -> Iterator[BotProcess]:
    """Yield a bot that Slack reaches by signed HTTP."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    bot = BotProcess(
        world.url, tmp_path, url, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="sandbox-signing-secret"
    )
    with bot:
        address = f"{bot.url}/slack/events"
        world.set_app(manifest=manifest(public_url=bot.url), delivery="http", request_url=address)
        yield bot


def test_a_report_through_signed_http(world: World, http_bot: BotProcess) -> None:
    """The same story where Slack reaches Bugle by HTTP."""
    assert report(world, "The card is charged twice").closed
    expect_whole(world, ["The card is charged twice"])
    assert http_bot.ready()["status"] == 200


def test_forged_and_replayed_requests_do_nothing(world: World, http_bot: BotProcess) -> None:
    """A wrong signature, an old one, and one used a second time: none files or opens anything."""
    url = f"{http_bot.url}/slack/events"
    body = "command=/bug&text=x&team_id=T0HARBOR&user_id=U0ANA&channel_id=C0SUPPORT&trigger_id=1.2.3"

    def send(secret: str, at: int) -> int:
        signature = SignatureVerifier(secret).generate_signature(timestamp=str(at), body=body)
        assert signature is not None
        headers = {
            "X-Slack-Signature": signature,
            "X-Slack-Request-Timestamp": str(at),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return httpx.post(url, content=body, headers=headers, trust_env=False).status_code

    now = int(time.time())
    assert send("forged", now) == 401
    assert send("sandbox-signing-secret", now - 3600) == 401
    assert world.calls("slack", "views.open") == []
    assert send("sandbox-signing-secret", now) == 200
    eventually(lambda: world.calls("slack", "views.open"), what="the first to be taken")
    assert send("sandbox-signing-secret", now) == 200
    assert send("sandbox-signing-secret", now - 1) == 200
    eventually(lambda: len(world.calls("slack", "views.open")) == 2, what="the third to be taken")


def test_two_replicas_share_the_work_and_one_may_die(
    world: World, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    """Two Bugles on one PostgreSQL, one killed while it works: every report is whole within seconds."""
    with postgres_server.fresh() as url:
        one, two = (BotProcess(world.url, tmp_path, url) for _ in range(2))
        with one, two:
            world.trouble("jira", "slow", "POST issue", delay=0.5)
            said = [f"Fault {number} at checkout" for number in range(6)]
            for actual in said[:3]:
                assert report(world, actual).closed
            one.kill()
            eventually(lambda: world.get("/slack/app")["sockets"] == 1, what="the dead one's socket to close")
            for actual in said[3:]:
                assert report(world, actual).closed
            let_doubts_end(world, len(said))
            expect_whole(world, said)


def crash_while_reports_come(world: World, bot: BotProcess, reports: int, kills: int) -> None:
    """File reports one after the other while the bot is killed at random instants; all must be whole."""
    chance = secrets.SystemRandom()

    def kill_now_and_then() -> None:
        for _ in range(kills):
            Event().wait(chance.uniform(0.05, 2.0))
            bot.kill()
            bot.start()

    acked = [f"Fault {number} at checkout." for number in range(reports)]
    with ThreadPoolExecutor(1) as killer:
        killing = killer.submit(kill_now_and_then)
        for actual in acked:
            file_until_acked(world, actual)
        killing.result()
    let_doubts_end(world, reports)
    expect_whole(world, acked, within=reports * 3 + 60)
    assert in_order(world, acked)


def file_until_acked(world: World, actual: str) -> None:
    """File a report as a stubborn rep does: open the form until it opens, press File until it closes."""

    def opened() -> Form | None:
        try:
            return open_form(world)
        except AssertionError:  # the bot was killed before it could open the form
            return None

    form = filled(eventually(opened, within=60, every=0.2, what="the form to open"), actual)
    eventually(lambda: form.submit().closed, within=60, every=0.2, what="the form to close")


def in_order(world: World, acked: list[str]) -> bool:
    """Tell whether the cards stand in the channel in the order in which the reports were acked."""
    cards = [card.text for card in world.channel(CARDS).messages("at checkout.")]
    return [next(actual for actual in acked if actual in text) for text in cards] == acked


def test_kill_9_loses_nothing(world: World, bot: BotProcess) -> None:
    """The bot is killed while reports come in and effects run; each acked report is whole in the end."""
    crash_while_reports_come(world, bot, reports=6, kills=2)


@pytest.mark.soak
def test_twenty_kills_while_fifty_reports_come(world: World, bot: BotProcess) -> None:
    """The same at length: fifty reports, twenty kills; SOAK=short makes it twelve and four."""
    short = os.environ.get("SOAK") == "short"
    crash_while_reports_come(world, bot, reports=12 if short else 50, kills=4 if short else 20)
