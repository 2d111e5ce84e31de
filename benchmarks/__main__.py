"""`make bench`: Bugle's figures beside a floor's, measured in one run on one machine.

The sandbox, the bot and the floor are processes of their own and speak the real protocols. Ratios carry over
between machines; milliseconds do not. The exit code is 1 when a promise is not kept.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from benchmarks import customers, duplicates, intakes, menus, rotation
from benchmarks.running import Harness, harness
from benchmarks.saying import percentiles, say
from tests.e2e.reporting import expect_issue, issues
from tests.harness.forms import Form

SUBMISSIONS = 200
MOMENT = 0.4  # seconds in which people look at what they typed
CROWD = 50
SLACK_DELAY, JIRA_DELAY = 0.100, 0.200  # seconds, injected into every call
ACK_LIMIT, READY_LIMIT, MEMORY_LIMIT = 250.0, 2.0, 120.0


def main() -> int:
    """Measure and print everything."""
    with tempfile.TemporaryDirectory() as folder, harness(Path(folder)) as running:
        parts = (critical_path, crowd, acks, start_and_memory)
        kept = [each for part in parts for each in part(running)]
    kept += customers.figures()
    kept += duplicates.figures()
    kept += menus.figures()
    kept += rotation.figures()
    kept += intakes.figures()
    return 0 if all(kept) else 1


def acks(running: Harness) -> Iterator[bool]:
    """Compare the ack of a submission, report durable, with the floor's.

    Forms are filled in as people do it, which Slack tells the bot field by field, and a moment passes before
    File is pressed. Beside it stands, without a promise, what it takes without that moment: the text was
    pasted in the instant before, and what the report before it has set going still goes on.
    """
    ours = percentiles(submissions(running.form, 1_000, MOMENT))
    pasted = percentiles(submissions(running.form, 2_000, 0))
    with running.floor():
        floor = percentiles(submissions(running.floor_form, 1_000, MOMENT))
    for name, mine, theirs, at_once, limit in zip(
        ("p50", "p99"), ours, floor, pasted, (2.0, 3.0), strict=True
    ):
        figures = (
            f"{mine:.2f} ms, floor {theirs:.2f} ms: {mine / theirs:.2f}x; without a pause {at_once:.2f} ms"
        )
        yield say(f"ack of a submission, {name}", figures, f"at most {limit:.0f}x", mine <= limit * theirs)


def submissions(fill_in: Callable[[int], Form], first: int, moment: float) -> list[float]:
    """Return how many milliseconds each ack took, File being pressed `moment` seconds after the last field.

    No two say the same, or they would be taken for duplicates: their numbers begin at `first`.
    """
    took: list[float] = []
    for number in range(first, first + SUBMISSIONS):
        form = fill_in(number)
        threading.Event().wait(moment)
        result = form.submit()
        assert result.closed, "it was asked about"
        took.append(result.ack_ms)
    return took


def critical_path(running: Harness) -> Iterator[bool]:
    """Compare the time to issue, card and ping with what the calls on the longest way there must take."""
    world = running.world
    running.form(9000).submit()
    expect_issue(world, "Fault 9000")  # people, channels and accounts are known from here on
    form = running.form(9001)
    idle(running)
    slow(running)
    after = max(call["number"] for call in world.calls())
    form.submit()
    expect_issue(world, "Fault 9001")
    idle(running)
    world.no_trouble()
    calls = world.calls(after=after)
    begun = start_of(next(call for call in calls if call["service"] == "bot"))
    made = [call for call in calls if call["method"] in ("POST issue", "chat.postMessage")]
    took = max(end_of(call) - begun for call in made).total_seconds()
    # Jira: the one call that makes the issue. Slack: is the channel our own, then the post.
    asked = [call for call in calls if call["method"] == "conversations.info"]
    least = max(JIRA_DELAY, SLACK_DELAY * (1 + bool(asked)))
    figures = f"{took * 1000:.0f} ms, the calls alone {least * 1000:.0f} ms: {took / least:.2f}x"
    yield say("submission to issue, card and ping", figures, "at most 1.25x", took <= 1.25 * least)


def crowd(running: Harness) -> Iterator[bool]:
    """File many reports at the same moment, each call to Slack and Jira slowed down."""
    world = running.world
    forms = [running.form(number) for number in range(CROWD)]
    before = len(issues(world))
    slow(running)
    together = threading.Barrier(CROWD)

    def submit(number: int) -> tuple[float, bool]:
        together.wait()
        result = forms[number].submit()
        return result.ack_ms, result.closed

    with ThreadPoolExecutor(CROWD) as people:
        begun = time.monotonic()
        answers = list(people.map(submit, range(CROWD)))
    while len(issues(world)) - before < CROWD and time.monotonic() - begun < 60:
        threading.Event().wait(0.05)
    took = time.monotonic() - begun
    slowest, closed = max(ack for ack, _ in answers), sum(closed for _, closed in answers)
    yield say(
        f"{CROWD} submissions at once, slowest ack",
        f"{slowest:.0f} ms, {closed} forms closed",
        f"under {ACK_LIMIT:.0f} ms, all closed",
        slowest < ACK_LIMIT and closed == CROWD,
    )
    made = len(issues(world)) - before
    yield say(f"{CROWD} submissions at once, issues", f"{made} in {took:.1f} s", f"{CROWD}", made == CROWD)
    world.no_trouble()


def start_and_memory(running: Harness) -> Iterator[bool]:
    """Measure the start with the database at head, and the memory when nothing happens."""
    bot = running.bot
    bot.kill()
    begun = time.monotonic()
    bot.start()
    took = time.monotonic() - begun
    yield say("start to ready", f"{took:.2f} s", f"under {READY_LIMIT:.0f} s", took < READY_LIMIT)
    bot.kill()
    for left in Path(bot.env["DATABASE_URL"].removeprefix("sqlite:///")).parent.glob("bugle.db*"):
        left.unlink()
    bot.start()
    threading.Event().wait(5)
    memory = psutil.Process(bot.pid).memory_info().rss / 2**20
    yield say("memory, idle", f"{memory:.0f} MB", f"under {MEMORY_LIMIT:.0f} MB", memory < MEMORY_LIMIT)


def slow(running: Harness) -> None:
    """Slow every call to Slack and Jira down."""
    running.world.trouble("slack", "slow", delay=SLACK_DELAY)
    running.world.trouble("jira", "slow", delay=JIRA_DELAY)


def idle(running: Harness) -> None:
    """Wait until the bot has made no call for a second."""
    seen = -1
    while (number := max(call["number"] for call in running.world.calls())) != seen:
        seen = number
        threading.Event().wait(1)


def start_of(call: dict[str, Any]) -> datetime:
    """Return when a logged call began."""
    return datetime.fromisoformat(call["at"])


def end_of(call: dict[str, Any]) -> datetime:
    """Return when a logged call was answered."""
    return start_of(call) + timedelta(milliseconds=call["milliseconds"])


if __name__ == "__main__":
    sys.exit(main())
