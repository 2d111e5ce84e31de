import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from sandbox.server import Sandbox
from tests.harness.waiting import eventually
from tests.harness.world import World


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """Yield the sandbox's world."""
    with World(sandbox.url) as opened:
        yield opened


class Moves:
    """Counts how often the clock said that it was moved."""

    def __init__(self) -> None:
        self.count = 0
        self.told = threading.Event()

    def __call__(self) -> None:
        """Count one."""
        self.count += 1
        self.told.set()


def ahead(clock: Clock) -> timedelta:
    """Return by how much a clock differs from the real time."""
    return clock.now() - datetime.now(UTC)


def test_without_an_address_business_time_is_the_real_time() -> None:
    """In real use the clock tells the real time, aware UTC, and follows nobody."""
    clock, moves = Clock(), Moves()
    clock.start(moves)
    assert clock.now().tzinfo is UTC
    assert abs(ahead(clock)) < timedelta(seconds=5)
    clock.stop()
    assert moves.count == 0


def test_a_clock_starts_at_the_sandbox_s_time(world: World) -> None:
    """A bot that starts after the sandbox's clock was moved begins at the moved time."""
    world.advance(3 * 86400)
    clock = Clock(f"{world.url}/control/clock")
    clock.start(Moves())
    clock.stop()
    assert abs(ahead(clock) - timedelta(days=3)) < timedelta(seconds=5)


def test_a_clock_follows_each_move(world: World) -> None:
    """When the sandbox's clock is moved the bot's is too, and who started it is told, once for each move."""
    clock, moves = Clock(f"{world.url}/control/clock"), Moves()
    clock.start(moves)
    assert abs(ahead(clock)) < timedelta(seconds=5)
    for hours in (5, 12):
        moves.told.clear()
        world.advance(3600 * (hours - round(ahead(clock).total_seconds() / 3600)))
        assert moves.told.wait(10)
        assert abs(ahead(clock) - timedelta(hours=hours)) < timedelta(seconds=5)
    clock.stop()
    assert moves.count == 2


def test_a_clock_survives_a_sandbox_that_does_not_answer(
    world: World, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """While the sandbox is gone the clock keeps its offset and says so in the log."""
    world.advance(3600)
    clock = Clock(f"{world.url}/control/clock")
    clock.start(Moves())
    sandbox.stop()
    eventually(lambda: "the sandbox's clock does not answer" in caplog.text, what="the clock to notice")
    assert abs(ahead(clock) - timedelta(hours=1)) < timedelta(seconds=5)
    clock.stop()
