"""Hand-offs in the running product: announced once, and made of the open bugs that the leaver holds."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import duty_now
from storage.database import Database
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

MONDAY = datetime(2031, 1, 6, 9, 30, tzinfo=UTC)  # half an hour after Elsa's week has begun
WEEK = timedelta(days=7)
ELSA, DIEGO, FANG = "U0ELSA", "U0DIEGO", "U0FANG"
ON_DUTY = "is on duty now for"
KEY = "shop-bugs"


@pytest.fixture(autouse=True)
def monday(world: World) -> None:
    """Begin on the morning of a Monday, after the hand-off."""
    world.post("/clock", {"to": MONDAY.isoformat()})


@pytest.fixture
def settled(world: World, tmp_path: Path) -> Iterator[BotProcess]:
    """Yield a running bot that has looked who is on duty."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url) as bot:
        expect_settled(url, MONDAY)
        yield bot


def expect_settled(url: str, at: datetime) -> None:
    """Wait until who is on duty was settled no earlier than that."""
    with closing(Database(url)) as database:

        def is_settled() -> bool:
            with database.reading() as tx:
                found = duty_now.find(tx, KEY)
            return found is not None and found.settled_at >= at

        eventually(is_settled, within=20, what="a first look")


def hand_over(world: World) -> None:
    """Let it be just after the next hand-off: Monday, ten o'clock in Stockholm."""
    now = datetime.fromisoformat(world.get("/clock")["now"])
    to = MONDAY.replace(hour=9, minute=0)
    while to <= now:
        to += WEEK
    world.post("/clock", {"to": (to + timedelta(seconds=1)).isoformat()})


@pytest.mark.usefixtures("settled")
def test_a_hand_off_is_announced_once(world: World) -> None:
    """The channel reads who is on duty now, until when, and who is next; a first look is no hand-off."""
    channel = world.channel(CARDS)
    assert channel.messages(ON_DUTY) == []
    hand_over(world)
    line = channel.expect_message(ON_DUTY, within=20)
    assert world.name(DIEGO) in line.text
    assert f"Next: {world.name(FANG)}." in line.text
    world.advance(120)
    assert stays(lambda: len(channel.messages(ON_DUTY)) == 1, during=2.0)
