"""A database in trouble: full, or its connections cut. Nothing is lost, and the driver goes on after."""

import random
import statistics
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from domain.effects import Effect, State
from storage.database import Database, Transaction
from storage.driver import POLL
from storage.effects import decide
from tests.storage.stage import Stage, effect, record, until

SECOND = timedelta(seconds=1)
PLENTY = 1 << 30  # pages
BIG = "x" * 100_000


class Room:
    """How many pages a SQLite file may have, for every connection that is used from now on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.pages = PLENTY
        event.listen(database.engine, "checkout", self._limit)

    def take_away(self) -> None:
        """Let the file grow no more."""
        with self._database.reading() as tx:
            self.pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()

    def give_back(self) -> None:
        """Let it grow again."""
        self.pages = PLENTY

    def _limit(self, dbapi: Any, *_: Any) -> None:
        dbapi.execute(f"PRAGMA max_page_count={self.pages}")


@pytest.fixture
def room(sqlite_stage: Stage) -> Room:
    """Return the room of the stage's SQLite file."""
    return Room(sqlite_stage.database)


def test_what_a_full_disk_refuses_is_not_decided(sqlite_stage: Stage, room: Room) -> None:
    """A decision either raises and keeps nothing, or is kept; after the disk has room all goes on."""
    stage = sqlite_stage
    driver = stage.driver()
    room.take_away()
    acked, refused = [], []
    for number in range(8):
        try:
            stage.decide(Effect("post", f"{number}", f"{number}", {"key": f"{number}", "text": BIG}))
            acked.append(f"{number}")
        except OperationalError:
            refused.append(f"{number}")
    assert refused
    assert set(stage.keys()) == set(acked)
    room.give_back()
    stage.decide(*(effect(key) for key in refused))
    stage.until_done(*acked, *refused)
    assert driver.alive()


def test_what_a_full_disk_did_not_let_settle_is_settled_later(sqlite_stage: Stage, room: Room) -> None:
    """A call whose outcome could not be kept is looked for, in doubt, when there is room again."""
    stage = sqlite_stage

    def fills() -> dict[str, str]:
        room.take_away()
        return {"said": BIG}

    stage.script["a"] = [fills]
    stage.decide(effect("a", "x"), effect("next", "x"))
    driver = stage.driver()
    until(lambda: stage.calls_of("a") and stage.state("a") is State.WAITING)
    assert "OperationalError" in stage.row("a").error
    assert stage.marks() == set()
    room.give_back()
    stage.later(stage.row("a").due_at - stage.clock.now())
    stage.until_done("a", "next")
    assert stage.calls_of("a")[1].attempt.doubt is not None
    assert stage.order() == ["a", "a", "next"]
    assert driver.alive()


def cut_all(database: Database) -> None:
    """Cut every connection to this PostgreSQL database but the one that does it."""
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with database.reading() as tx:
        tx.execute(text(f"{cut} AND pid <> pg_backend_pid()"))


@pytest.fixture
def axe(postgres_stage: Stage) -> Database:
    """Return the same database through connections that survive cutting the others."""
    return postgres_stage.another_database()


def test_cut_connections_lose_and_double_nothing(postgres_stage: Stage, axe: Database) -> None:
    """However often all connections are cut while effects run, each is recorded once and none is left."""
    stage = postgres_stage
    keys = [f"{number}" for number in range(60)]
    decided: list[str] = []
    driver = stage.driver()
    chance = random.Random(7)  # noqa: S311
    while len(decided) < len(keys):
        key = keys[len(decided)]
        try:
            stage.decide(effect(key, f"lane {len(decided) % 6}"))
        except OperationalError:
            continue  # the person presses again
        decided.append(key)
        if chance.random() < 0.2:
            cut_all(axe)
    until(lambda: all_done(axe, stage, len(keys)), within=30)
    assert stage.marks() == {f"recorded {key}" for key in keys}
    assert driver.alive()


def all_done(axe: Database, stage: Stage, number: int) -> bool:
    """Tell whether all effects are done, letting those whose try was cut be due."""
    stage.later(SECOND)
    with axe.reading() as tx:
        done = tx.execute(text("SELECT count(*) FROM effects WHERE state = 'done'")).scalar()
    return done == number


def test_a_connection_cut_while_recording_leaves_nothing_half_done(postgres_stage: Stage) -> None:
    """When the database goes away while a success is recorded, nothing of it is kept; the next try doubts."""
    stage = postgres_stage
    cuts = ["once"]

    def cut_off(tx: Transaction, context: Stage, args: Any, result: Any) -> None:
        record(tx, context, args, result)
        if cuts.pop() if cuts else None:
            tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    stage.decide(effect("a"))
    stage.driver(stage.kind(record=cut_off))
    until(lambda: stage.row("a").error == "OperationalError")
    assert stage.marks() == set()
    stage.later(SECOND)
    stage.until_done("a")
    assert stage.marks() == {"recorded a"}
    assert stage.calls[1].attempt.doubt is not None


def test_a_cut_listener_listens_again(postgres_stage: Stage, axe: Database) -> None:
    """After its connection was cut the driver is woken by other replicas as before."""
    stage = postgres_stage
    driver = stage.driver()
    until(stage.is_listened_to)
    cut_all(axe)
    until(lambda: driver.alive() and stage.is_listened_to())
    delays = []
    for key in ("one", "two", "three", "four", "five"):
        with axe.transaction() as tx:
            decide(tx, [effect(key)], stage.clock.now())
        committed = time.monotonic()
        stage.until_done(key)
        delays.append(stage.calls_of(key)[0].began - committed)
    assert statistics.median(delays) < POLL / 2


def test_a_listener_that_comes_back_looks_at_what_it_missed(postgres_stage: Stage) -> None:
    """What was decided while nobody listened wakes the driver as soon as it listens again."""
    woken: list[float] = []
    other = postgres_stage.another_database()
    other.on_effects(lambda: woken.append(time.monotonic()))
    stop = threading.Event()
    listening = threading.Thread(target=other.listen, args=(stop,))
    listening.start()
    until(lambda: woken)
    stop.set()
    listening.join()
