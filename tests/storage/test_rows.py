"""Writing rows in the one way both databases understand."""

from datetime import timedelta

from sqlalchemy import select

from storage.rows import insert_new, raise_to, upsert
from storage.tables import inbox, paces
from tests.storage.stage import START, Stage

LATER = START + timedelta(hours=1)


def test_only_new_rows_are_inserted_and_counted(stage: Stage) -> None:
    """Rows whose key is there already stay as they are, and the number of new ones is told exactly."""
    with stage.database.transaction() as tx:
        assert insert_new(tx, inbox, [{"id": "a", "received_at": START}]) == 1
        assert insert_new(tx, inbox, [{"id": "a", "received_at": LATER}]) == 0
        assert insert_new(tx, inbox, [{"id": name, "received_at": LATER} for name in "abc"]) == 2
        kept = dict(tx.execute(select(inbox.c.id, inbox.c.received_at)).all())
    assert kept == {"a": START, "b": LATER, "c": LATER}


def test_an_upsert_replaces_what_is_there(stage: Stage) -> None:
    """A row with the same primary key takes the new values."""
    with stage.database.transaction() as tx:
        for free_at in (LATER, START):
            upsert(tx, paces, {"name": "posts", "free_at": free_at})
        assert tx.execute(select(paces.c.name, paces.c.free_at)).all() == [("posts", START)]


def test_a_floor_only_ever_rises(stage: Stage) -> None:
    """Raising to a lower value changes nothing; raising to a higher one does; other rows are left alone."""
    with stage.database.transaction() as tx:
        for name, free_at in (("posts", START), ("posts", LATER), ("posts", START), ("reads", START)):
            raise_to(tx, paces, {"name": name}, {"free_at": free_at})
        kept = dict(tx.execute(select(paces.c.name, paces.c.free_at)).all())
    assert kept == {"posts": LATER, "reads": START}
