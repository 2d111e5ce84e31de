"""Times as they are kept: aware, in UTC, and refused when nobody can tell which they are."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from storage.database import Transaction
from storage.tables import inbox, reports
from tests.storage.stage import START, Stage

TEHRAN = timezone(timedelta(hours=3, minutes=30))


def keep(tx: Transaction, received_at: datetime) -> datetime:
    """Store a time and return what is read back."""
    tx.execute(inbox.delete())
    tx.execute(inbox.insert().values(id="a", received_at=received_at))
    found: datetime = tx.execute(select(inbox.c.received_at)).scalar_one()
    return found


def test_a_time_keeps_its_instant_and_comes_back_in_utc(stage: Stage) -> None:
    """Whatever zone a time is given in, it is the same instant, to the microsecond, in UTC."""
    given = datetime(2026, 3, 2, 12, 30, 0, 123456, tzinfo=TEHRAN)
    with stage.database.transaction() as tx:
        kept = keep(tx, given)
    assert kept == given
    assert kept.isoformat() == "2026-03-02T09:00:00.123456+00:00"
    assert kept.tzinfo is UTC


def test_a_naive_time_is_refused(stage: Stage) -> None:
    """A time without a zone is not stored, and not compared with."""
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001  (that it is naive is the point)
    with (
        pytest.raises(StatementError, match="a naive time cannot be stored"),
        stage.database.transaction() as tx,
    ):
        keep(tx, naive)
    with pytest.raises(StatementError, match="a naive time"), stage.database.reading() as tx:
        tx.execute(select(inbox).where(inbox.c.received_at < naive))


def test_times_given_in_different_zones_are_ordered_as_instants(stage: Stage) -> None:
    """The database compares instants, not what the clocks on the walls showed."""
    with stage.database.transaction() as tx:
        keep(tx, (START + timedelta(minutes=1)).astimezone(TEHRAN))
        before = select(inbox.c.id).where(inbox.c.received_at < START + timedelta(minutes=2))
        after = select(inbox.c.id).where(inbox.c.received_at < START.astimezone(TEHRAN))
        assert tx.execute(before).scalar() == "a"
        assert tx.execute(after).scalar() is None


def test_no_time_is_no_time(stage: Stage) -> None:
    """Nothing is kept as nothing."""
    with stage.database.reading() as tx:
        assert tx.execute(select(reports.c.taken_at)).all() == []
        assert tx.execute(select(inbox.c.received_at).where(inbox.c.received_at.is_(None))).all() == []
