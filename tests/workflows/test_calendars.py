"""Calendars of shifts: read back by another library, counted as they change, stopped for good."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import vobject

from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from storage.calendars import Subscribed
from storage.database import Database
from tests.domain.rotations import DAY, local, utc
from tests.workflows.duties import KEY, Duties, duties
from workflows import calendars

ANA, BEN = "U0ANA", "U0BEN"
START = utc("2026-01-05T09:00")
WEEKLY = begin(Rotation((ANA, BEN), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))
MINE, WHOLE = Subscribed(ANA, None), Subscribed(ANA, KEY)


@pytest.fixture
def weekly(database: Database) -> Iterator[Duties]:
    """Yield a weekly rotation of two on its second day."""
    with duties(database, WEEKLY, START + DAY) as made:
        yield made


def read(weekly: Duties, what: Subscribed) -> dict[str, tuple[datetime, datetime, str, int]]:
    """Return what another library reads of a calendar: start, end, title and sequence by uid."""
    file = calendars.calendar_of(weekly.ctx, what)
    assert file is not None
    calendar = vobject.readOne(file.data.decode())
    return {
        each.uid.value: (each.dtstart.value, each.dtend.value, each.summary.value, int(each.sequence.value))
        for each in calendar.contents["vevent"]
    }


def test_another_library_reads_the_same_shifts(weekly: Duties) -> None:
    """A rotation's calendar has each shift of the coming year in UTC, one's own only one's own."""
    whole, mine = read(weekly, WHOLE), read(weekly, MINE)
    found = sorted(whole.values())
    assert [(start, end) for start, end, _, _ in found] == [
        (START + 7 * DAY * week, START + 7 * DAY * (week + 1)) for week in range(len(found))
    ]
    assert len(found) == 53
    assert [title for _, _, title, _ in found[:2]] == ["U0ANA on duty: Shop bugs", "U0BEN on duty: Shop bugs"]
    assert len(mine) == 27
    assert {title for _, _, title, _ in mine.values()} == {"On duty: Shop bugs"}
    assert set(mine) < set(whole)


def test_only_what_changed_counts_up(weekly: Duties) -> None:
    """An override counts up the shift that it cuts, under the same uid, and leaves the others alone."""
    before = read(weekly, WHOLE)
    assert before == read(weekly, WHOLE)
    weekly.override("1", START + 9 * DAY, START + 14 * DAY, ANA)
    after = read(weekly, WHOLE)
    changed = {uid for uid in after if after[uid] != before.get(uid)}
    assert sorted(after[uid][3] for uid in changed) == [0, 1]
    assert {uid: after[uid] for uid in before if uid not in changed} == {
        uid: before[uid] for uid in before if uid not in changed
    }


def test_an_address_shows_what_it_is_for_until_it_is_stopped(weekly: Duties) -> None:
    """A new address stops the one before; a stopped one, and one that never was, are not there."""
    old = address(weekly, MINE)
    whole = address(weekly, WHOLE)
    assert calendars.published(weekly.ctx, old) == calendars.calendar_of(weekly.ctx, MINE)
    new = address(weekly, MINE)
    assert calendars.published(weekly.ctx, old) is None
    assert calendars.published(weekly.ctx, new) is not None
    assert calendars.published(weekly.ctx, whole) == calendars.calendar_of(weekly.ctx, WHOLE)
    assert calendars.stop(weekly.ctx, MINE)
    assert not calendars.stop(weekly.ctx, MINE)
    assert calendars.published(weekly.ctx, new) is None
    assert calendars.published(weekly.ctx, "guess") is None


def test_a_secret_is_not_kept(weekly: Duties) -> None:
    """Who reads the database cannot subscribe: it has a digest."""
    token = address(weekly, MINE)
    with weekly.ctx.database.reading() as tx:
        rows = tx.exec_driver_sql("SELECT digest FROM calendar_links").scalars().all()
    assert all(token not in row for row in rows)


def address(weekly: Duties, what: Subscribed) -> str:
    """Subscribe, and return the secret part of the address."""
    return calendars.subscribe(weekly.ctx, what).rsplit("/", 1)[1].removesuffix(".ics")
