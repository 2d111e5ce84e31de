"""Bugle dies, or is told to end: what was acked is done by the next one, or by the other one, once."""

import os
import secrets
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest

from tests.databases import PostgresServer
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import (
    expect_under_way,
    expect_whole,
    filled,
    in_order,
    let_doubts_end,
    open_form,
    report,
)
from tests.harness.forms import Form
from tests.harness.waiting import eventually, stays
from tests.harness.world import World


def slow_calls(world: World, delay: float) -> None:
    """Let the calls that one report makes take this many seconds; they take effect all the same."""
    world.trouble("jira", "slow", "POST issue", times=1, delay=delay)
    world.trouble("slack", "slow", "chat.postMessage", times=3, delay=delay)


def test_killed_in_the_middle_of_its_calls_it_makes_none_twice(world: World, bot: BotProcess) -> None:
    """Killed while Jira makes the issue and Slack takes the posts, Bugle finds them when it is back."""
    slow_calls(world, delay=1)
    assert report(world, "The card is charged twice").closed
    expect_under_way(world)
    bot.kill()
    bot.start()
    let_doubts_end(world, 1)
    expect_whole(world, ["The card is charged twice"])


def test_a_dead_replicas_work_is_taken_over(
    world: World, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    """One of two replicas is killed in the middle of its calls: the other ends them within ten seconds."""
    with postgres_server.fresh() as url:
        one, two = (BotProcess(world.url, tmp_path, url) for _ in range(2))
        with one:
            slow_calls(world, delay=3)
            assert report(world, "The card is charged twice").closed
            expect_under_way(world)
            with two:
                one.kill()
                killed = time.monotonic()
                expect_whole(world, ["The card is charged twice"])
                assert time.monotonic() - killed < 10


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


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep everybody else from writing to a SQLite database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


def test_sigterm_waits_for_who_is_being_answered(world: World, bot: BotProcess, tmp_path: Path) -> None:
    """An operator ends Bugle while it saves a report: the rep still gets the answer, and no error."""
    form = filled(open_form(world), "The card is charged twice")
    with ThreadPoolExecutor(1) as rep:
        with held(tmp_path / "bugle.db"):
            world.trouble("bot", "slow", "view_submission", times=1, delay=0)
            pressed = rep.submit(form.submit)
            expect_under_way(world)
            os.kill(bot.pid, signal.SIGTERM)
            eventually(lambda: not bot.ready(), what="the bot to begin to end")
            assert stays(lambda: world.get("/slack/app")["sockets"] == 1, during=0.7)
        assert pressed.result().closed
    bot.terminate()
    bot.start()
    expect_whole(world, ["The card is charged twice"])


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


def test_kill_9_loses_nothing(world: World, bot: BotProcess) -> None:
    """The bot is killed while reports come in and effects run; each acked report is whole in the end."""
    crash_while_reports_come(world, bot, reports=6, kills=2)


@pytest.mark.soak
def test_twenty_kills_while_fifty_reports_come(world: World, bot: BotProcess) -> None:
    """The same at length: fifty reports, twenty kills; SOAK=short makes it twelve and four."""
    short = os.environ.get("SOAK") == "short"
    crash_while_reports_come(world, bot, reports=12 if short else 50, kills=4 if short else 20)
