"""Workers that are killed at any instant: others take over, and everything happens once."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.effects import State
from storage.tables import effects
from tests.storage.stage import Stage, effect, until

PROGRAM = Path(__file__).with_name("worker.py")
LANES = 8
EFFECTS = 48  # more before each kill
TAKEN_OVER_WITHIN = 10.0  # seconds


@dataclass(frozen=True)
class Line:
    """A line of the ledger."""

    at: float
    pid: int
    word: str
    key: str


@dataclass
class Killed:
    """A worker that was killed, and the effects it was at."""

    at: float
    pid: int
    keys: list[str]


@dataclass
class Worker:
    """A worker process and the name its driver has in the database."""

    process: subprocess.Popen[str]
    owner: str = ""


@dataclass
class Campaign:
    """Two workers on one database, of which one after the other is killed and replaced."""

    stage: Stage
    path: Path
    workers: list[Worker] = field(default_factory=list)
    killed: list[Killed] = field(default_factory=list)
    decided: int = 0

    def start_worker(self) -> None:
        """Start a worker, and wait until it runs."""
        url = self.stage.database.url.render_as_string(hide_password=False)
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), url, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        self.workers.append(Worker(process))
        self.workers[-1].owner = process.stdout.readline().strip()

    def decide_more(self) -> None:
        """Decide effects in all lanes."""
        numbers = range(self.decided, self.decided + EFFECTS)
        self.stage.decide(*(effect(f"{number}", f"lane-{number % LANES}") for number in numbers))
        self.decided += EFFECTS

    def kill_the_oldest(self) -> None:
        """Kill the worker that runs longest, and note what it was at."""
        worker = self.workers.pop(0)
        worker.process.kill()
        worker.process.communicate()
        mine = select(effects.c.key).where(
            effects.c.lease_owner == worker.owner, effects.c.state == State.RUNNING
        )
        with self.stage.database.reading() as tx:
            self.killed.append(Killed(time.monotonic(), worker.process.pid, list(tx.scalars(mine))))

    def ledger(self) -> list[Line]:
        """Return what the outside world has seen, in order."""
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        parts = (line.split() for line in lines)
        return [Line(float(at), int(pid), word, key) for at, pid, word, key in parts]

    def stop(self) -> None:
        """Let the workers that are left end in peace."""
        for worker in self.workers:
            worker.process.communicate(timeout=30)


def real_now() -> datetime:
    """Return the time as the workers tell it."""
    return datetime.now(UTC)


@pytest.fixture
def campaign(stage: Stage, tmp_path: Path) -> Iterator[Campaign]:
    """Yield a campaign with its first two workers."""
    begun = Campaign(stage, tmp_path / "ledger")
    stage.clock.now = real_now  # type: ignore[method-assign]  # the processes share no other clock
    begun.start_worker()
    begun.start_worker()
    yield begun
    begun.stop()


def kill(campaign: Campaign, times: int) -> None:
    """Kill so many workers at random instants while effects are decided and run; return when all are done."""
    for _ in range(times):
        campaign.decide_more()
        seen = len(campaign.ledger()) + random.randrange(4, EFFECTS)  # noqa: S311
        until(lambda seen=seen: len(campaign.ledger()) >= seen)
        campaign.kill_the_oldest()
        campaign.start_worker()
    everything = [f"{number}" for number in range(campaign.decided)]
    campaign.stage.until_done(*everything, within=60)


def check(campaign: Campaign) -> None:
    """Check that nothing was lost, doubled or out of order, and that others took over in time, in doubt."""
    lines, keys = campaign.ledger(), [f"{number}" for number in range(campaign.decided)]
    posted = [line.key for line in lines if line.word == "posted"]
    assert Counter(posted) == Counter(keys)
    assert campaign.stage.marks() == {f"recorded {key}" for key in keys}
    for lane in range(LANES):
        assert [key for key in posted if int(key) % LANES == lane] == keys[lane::LANES]
    taken_over = 0
    for killed in campaign.killed:
        for key in killed.keys:
            for again in [line for line in lines if line.key == key and line.at > killed.at][:1]:
                assert (again.word, again.pid != killed.pid) == ("doubted", True)
                assert again.at - killed.at < TAKEN_OVER_WITHIN
                taken_over += 1
    assert taken_over > 0


def test_killed_workers_lose_and_double_nothing(campaign: Campaign) -> None:
    """Two workers killed at random instants: every effect happens once, in order, soon after each kill."""
    kill(campaign, 2)
    check(campaign)


@pytest.mark.soak
def test_many_killed_workers_lose_and_double_nothing(campaign: Campaign) -> None:
    """Twenty workers killed at random instants (SOAK=short: six)."""
    kill(campaign, 6 if os.environ.get("SOAK") == "short" else 20)
    check(campaign)
