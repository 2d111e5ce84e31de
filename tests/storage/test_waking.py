"""How soon a driver sees what has been decided."""

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.effects import State
from storage.driver import POLL
from storage.effects import decide
from tests.harness.waiting import stays
from tests.storage.stage import Stage, effect, until

SOON = POLL / 2


@pytest.fixture
def decider(postgres_stage: Stage) -> Iterator[subprocess.Popen[str]]:
    """Yield another process that decides effects in the stage's database."""
    program = Path(__file__).with_name("decider.py")
    url = postgres_stage.database.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, str(program), url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_what_another_process_decides_is_started_at_once(
    postgres_stage: Stage, decider: subprocess.Popen[str]
) -> None:
    """On PostgreSQL an effect of another process starts well before the driver would look by itself."""
    stage = postgres_stage
    stage.driver()
    until(stage.is_listened_to)
    assert decider.stdin is not None
    assert decider.stdout is not None
    delays = []
    for key in ("one", "two", "three", "four", "five"):
        decider.stdin.write(f"{key}\n")
        decider.stdin.flush()
        committed = float(decider.stdout.readline())
        stage.until_done(key)
        delays.append(stage.calls_of(key)[0].began - committed)
    assert statistics.median(delays) < SOON


def test_what_this_process_decides_is_started_at_once(stage: Stage) -> None:
    """An effect starts well before the driver would look by itself, on either database."""
    stage.driver()
    delays = []
    for key in ("one", "two", "three", "four", "five"):
        stage.decide(effect(key))
        committed = time.monotonic()
        stage.until_done(key)
        delays.append(stage.calls_of(key)[0].began - committed)
    assert statistics.median(delays) < SOON


def test_what_others_decide_on_sqlite_is_found_by_looking(sqlite_stage: Stage) -> None:
    """Without anything that wakes it, the driver finds what is due within about a second."""
    stage = sqlite_stage
    stage.driver()
    with stage.another_database().transaction() as tx:
        decide(tx, [effect("a")], stage.clock.now())
    stage.until_done("a", within=POLL + 3)


def test_a_lane_goes_on_as_soon_as_it_is_free(stage: Stage) -> None:
    """The next in a lane starts when the one before it is done, not at the next look."""
    stage.decide(*(effect(str(number), "x") for number in range(10)))
    stage.driver()
    stage.until_done("9")
    assert stage.calls[-1].began - stage.calls[0].began < 5 * POLL


def test_a_full_driver_goes_on_as_soon_as_it_has_room(stage: Stage) -> None:
    """More effects than workers: each that ends lets the next begin at once."""
    stage.decide(*(effect(str(number)) for number in range(10)))
    stage.driver(workers=1)
    until(lambda: len(stage.keys(State.DONE)) == 10)
    assert stage.calls[-1].began - stage.calls[0].began < 5 * POLL


def test_effects_wait_for_what_is_more_urgent(stage: Stage) -> None:
    """Nothing starts while the driver gives way, and it goes on as soon as it need not."""
    way_is_free = threading.Event()

    def give_way() -> None:
        way_is_free.wait(30)

    stage.driver(give_way=give_way)
    stage.decide(effect("one"))
    assert stays(lambda: stage.keys(State.WAITING) == ["one"], during=2 * POLL)
    way_is_free.set()
    stage.until_done("one")
