"""Twenty intakes a second for half a minute: how long each takes beside a floor, and what people notice.

They come at fixed moments, however long the ones before take, spread over five channels: each gets one card a
second, as Slack allows.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.running import Harness, harness
from benchmarks.saying import percentiles, say
from sandbox.help_desks.signing import plain_json
from tests.e2e.bot_process import ROOT, free_port

A_SECOND, SECONDS = 20, 30
ALL = A_SECOND * SECONDS
CHANNELS = ("C0SHOPBUGS", "C0PAYBUGS", "C0VOICES", "C0SUPPORT", "C0ADMINS")
SECRET = "a-secret-of-thirty-two-characters"  # noqa: S105 - of this benchmark
ACK_LIMIT, CARDS_LIMIT = 250.0, ALL / len(CHANNELS) * 1.25
P50_LIMIT, P99_LIMIT = 4.0, 6.0  # times the floor
TOML = """
[admins]
channel = "C0ADMINS"
[[intake]]
key = "json"
kind = "json"
product = "shop0"
"""
PRODUCT = """
[[products]]
key = "shop{number}"
name = "Shop {number}"
project = "SHOP"
channel = "{channel}"
"""


def figures() -> Iterator[bool]:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "bugle.toml"
        config.write_text(TOML + "".join(PRODUCT.format(number=n, channel=c) for n, c in enumerate(CHANNELS)))
        with harness(folder, BUGLE_CONFIG=str(config), INTAKE_SECRET_JSON=SECRET) as running:
            send(running.bot.port, 10, "warm")
            began = time.monotonic()
            with pressing(running) as acks:
                ours = percentiles(send(running.bot.port, ALL, "run"))
            posted, took = wait_for_cards(running, began)
        with floor(folder) as port:
            theirs = percentiles(send(port, ALL, "run"))
    for what, mine, least, limit in zip(("p50", "p99"), ours, theirs, (P50_LIMIT, P99_LIMIT), strict=True):
        said = f"{mine:.2f} ms, floor {least:.2f} ms: {mine / least:.2f}x"
        yield say(
            f"{A_SECOND} intakes a second, {what}", said, f"at most {limit:.0f}x", mine <= limit * least
        )
    slowest = max(acks)
    said = f"{slowest:.0f} ms, the slowest of {len(acks)}"
    yield say("ack of a submission meanwhile", said, f"under {ACK_LIMIT:.0f} ms", slowest < ACK_LIMIT)
    kept = posted == ALL + 10 and took < CARDS_LIMIT
    promise = f"{ALL + 10} within {CARDS_LIMIT:.0f} s, one a second in each of {len(CHANNELS)} channels"
    yield say("cards of these intakes", f"{posted} in {took:.0f} s", promise, kept)


def send(port: int, many: int, name: str) -> list[float]:
    """Send intakes at their moments; return how many milliseconds after it each was answered."""
    began = time.monotonic()

    def one(number: int) -> float:
        due = began + number / A_SECOND
        threading.Event().wait(max(0.0, due - time.monotonic()))
        told = {"id": f"{name}-{number}", "quote": f"Order {number} was charged twice. " * 10}
        told |= {"product": f"shop{number % len(CHANNELS)}", "customer": f"Customer {number % 50}"}
        body = json.dumps(told).encode()
        headers = {"Content-Type": "application/json", **plain_json(SECRET, body, datetime.now(UTC))}
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("POST", "/intake/json", body, headers)
            answer = connection.getresponse()
            answer.read()
        assert answer.status == 201, answer.status
        return (time.monotonic() - due) * 1000

    with ThreadPoolExecutor(A_SECOND * 2) as desks:
        return list(desks.map(one, range(many)))


@contextmanager
def pressing(running: Harness) -> Iterator[list[float]]:
    """Let a rep file bugs all the while; yield how many milliseconds each ack took."""
    ended, acks = threading.Event(), list[float]()

    def press() -> None:
        number = 7_000
        while not ended.wait(1.0):
            form = running.form(number)
            ended.wait(0.4)
            acks.append(form.submit().ack_ms)
            number += 1

    rep = threading.Thread(target=press)
    rep.start()
    yield acks
    ended.set()
    rep.join()


def wait_for_cards(running: Harness, began: float) -> tuple[int, float]:
    """Return how many cards were posted, and how many seconds after the first intake the last one was."""
    posted = 0
    while posted < ALL + 10 and time.monotonic() - began < CARDS_LIMIT * 2:
        threading.Event().wait(1)
        posted = sum(
            "was charged twice. Order" in json.dumps(message)
            for channel in CHANNELS
            for message in running.world.get(f"/slack/as/U0HUGO/channel/{channel}/messages")["messages"]
        )
    return posted, time.monotonic() - began


@contextmanager
def floor(folder: Path) -> Iterator[int]:
    """Yield the port of a running floor."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.intake_floor", str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT) as process:  # noqa: S603
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                try:
                    connection.connect()
                    break
                except OSError:
                    threading.Event().wait(0.05)
        yield port
        process.terminate()
