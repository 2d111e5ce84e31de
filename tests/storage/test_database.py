"""The door to the database: what both kinds promise to whoever reads and writes through it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.rows import upsert
from storage.tables import inbox, live_messages, rotations
from tests.storage.stage import START, Stage


def test_those_who_read_and_then_write_wait_for_each_other(stage: Stage) -> None:
    """Transactions of two processes that read before they write all succeed; none is told to go away."""

    def look_and_add(database: Database, name: str) -> None:
        for number in range(25):
            with database.transaction() as tx:
                tx.execute(select(func.count()).select_from(inbox)).scalar_one()
                tx.execute(inbox.insert().values(id=f"{name} {number}", received_at=START))

    doors = {"here": stage.database, "there": stage.another_database(), "beyond": stage.another_database()}
    with ThreadPoolExecutor(len(doors)) as people:
        for done in [people.submit(look_and_add, door, name) for name, door in doors.items()]:
            done.result()
    assert len(stage.marks()) == 75


def test_reading_waits_for_no_writer(stage: Stage) -> None:
    """While a transaction writes, others read what was there before it, and only that."""
    with stage.database.transaction() as tx:
        tx.execute(inbox.insert().values(id="a", received_at=START))
        assert stage.marks() == set()
    assert stage.marks() == {"a"}


def test_writing_waits_for_no_reader(stage: Stage) -> None:
    """While somebody reads, a transaction writes and commits."""
    with stage.database.reading() as reader:
        assert reader.execute(select(inbox)).all() == []
        with stage.database.transaction() as tx:
            tx.execute(inbox.insert().values(id="a", received_at=START))
    assert stage.marks() == {"a"}


def test_references_are_enforced(stage: Stage) -> None:
    """A row that refers to nothing is refused on both databases."""
    message = {
        "report": "nowhere",
        "role": "card",
        "audience": "C1",
        "channel": "C1",
        "ts": "1",
        "version": 1,
    }
    with pytest.raises(IntegrityError), stage.database.transaction() as tx:
        tx.execute(live_messages.insert().values(message))


def test_what_is_kept_is_not_told_in_errors(stage: Stage) -> None:
    """The first line of an error, which admins are shown, holds nothing of what customers said."""
    said = "The card 4929 1234 5678 9012 is charged twice"
    with pytest.raises(IntegrityError) as raised, stage.database.transaction() as tx:
        tx.execute(rotations.insert().values(key="shop", name=said, history=None))
    assert "4929" not in str(raised.value).splitlines()[0]
    assert "parameters hidden" in str(raised.value)


def test_a_commit_survives_a_power_cut(sqlite: Database) -> None:
    """SQLite syncs each commit to the disk before it returns (FULL is 2), beside its write-ahead log."""
    with sqlite.reading() as tx:
        assert tx.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert tx.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_the_log_is_written_back_beside_a_writer(sqlite: Database) -> None:
    """What was committed reaches the database itself while somebody writes, who does not wait for it."""
    with sqlite.transaction() as tx:
        tx.execute(inbox.insert().values(id="a", received_at=START))
    assert without_log(sqlite) == []
    with sqlite.transaction() as tx:
        tx.execute(inbox.insert().values(id="b", received_at=START))
        sqlite.write_back()
        assert without_log(sqlite) == ["a"]
    sqlite.write_back()
    assert without_log(sqlite) == ["a", "b"]


def without_log(database: Database) -> list[str]:
    """Return what came in, as the file of the database alone tells it."""
    with closing(sqlite3.connect(f"file:{database.url.database}?immutable=1", uri=True)) as alone:
        return [each for (each,) in alone.execute("SELECT id FROM inbox ORDER BY id")]


def test_no_commit_writes_back_a_short_log(sqlite: Database) -> None:
    """Only a log of ten thousand pages is brought into the database by a commit, which takes its time."""
    with sqlite.reading() as tx:
        assert tx.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 10_000


def test_json_comes_back_as_it_was(stage: Stage) -> None:
    """Nested JSON in any script is kept, and nothing is kept as null."""
    history = [{"from": "2026-03-02", "people": ["Rosa", "林"], "note": None, "length": 1.5}]
    with stage.database.transaction() as tx:
        upsert(tx, rotations, {"key": "shop", "name": "Shop", "history": history})
        assert tx.execute(select(rotations.c.history)).scalar_one() == history
