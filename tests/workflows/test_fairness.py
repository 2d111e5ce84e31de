"""What each member had, counted on both databases from what was recorded, pinged, taken, closed and said."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from domain.duty_quality import Cause
from domain.load import Counts, Hours, Period
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from storage import efforts
from storage.database import Database
from storage.efforts import Effort
from storage.tables import pings, reports
from tests.domain.rotations import DAY, HOUR, local, utc
from tests.workflows.duties import KEY, Duties, duties
from workflows.fairness import fairness_of, unserved

ANA, BEN, CARL = "U0ANA", "U0BEN", "U0CARL"
WEEK = 7 * DAY
START = utc("2026-01-05T09:00")
WEEKLY = begin(Rotation((ANA, BEN), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))


@pytest.fixture
def weekly(database: Database) -> Iterator[Duties]:
    """Yield a weekly rotation of two, first settled as it begins."""
    with duties(database, WEEKLY, START) as made:
        yield made


def file(made: Duties, name: str, product: str, at: datetime, **values: object) -> None:
    """Keep a report that was taken or closed, with a ping to Ana an hour earlier, outside working hours."""
    row = {
        "id": name, "nonce": name, "reporter": "U0REP", "reporter_name": "rep", "product": product,
        "impact": "blocked", "workaround": "none", "severity": "high", "steps": "s", "expected": "e",
        "actual": "a", "language": "en", "filed_at": at - HOUR, "version": 1, **values,
    }  # fmt: skip
    ping = {"report": name, "number": 1, "step": 1, "member": ANA, "after_hours": True}
    with made.ctx.database.transaction() as tx:
        tx.execute(insert(reports), row)
        tx.execute(insert(pings), ping | {"posted_at": at - HOUR})


def test_each_member_has_what_was_recorded(weekly: Duties) -> None:
    """Past weeks and the one under way are parted into day, night and weekend; who helped out is there."""
    weekly.at(START + WEEK)
    weekly.at(START + WEEK + DAY)
    weekly.override("1", START + WEEK + DAY, START + WEEK + DAY + 2 * HOUR, CARL)
    weekly.at(START + WEEK + DAY + 4 * HOUR)
    found = fairness_of(weekly.ctx, KEY, Period.FOUR_WEEKS)
    assert found is not None
    assert found.since == START
    assert [(each.person, each.shifts, each.hours) for each in found.loads] == [
        (ANA, 1, Hours(80 * HOUR, 56 * HOUR, 32 * HOUR)),
        (BEN, 1, Hours(18 * HOUR, 8 * HOUR)),
        (CARL, 1, Hours(2 * HOUR)),
    ]


def test_what_came_with_duty_is_counted_within_the_period(weekly: Duties) -> None:
    """Pings, bugs and efforts of the rotation's products and the last weeks count, others do not."""
    now = START + 6 * WEEK
    weekly.at(now)
    file(weekly, "R1", "shop", now - DAY, taken_by=ANA, taken_at=now - DAY)
    file(weekly, "R2", "shop", now - DAY, closed_by=BEN, closed_at=now - DAY, state="duplicate")
    file(weekly, "R3", "shop", now - 5 * WEEK, taken_by=ANA, taken_at=now - 5 * WEEK)
    file(weekly, "R4", "pay", now - DAY, taken_by=ANA, taken_at=now - DAY)
    with weekly.ctx.database.transaction() as tx:
        for slot, effort in ((0, 1), (4, 5)):
            efforts.keep(tx, Effort(KEY, slot, 0, ANA, effort, START + (slot + 1) * WEEK))
    recent, long = (fairness_of(weekly.ctx, KEY, each) for each in (Period.FOUR_WEEKS, Period.QUARTER))
    assert recent is not None
    assert long is not None
    ana, ben = recent.loads
    assert (ana.counts, ana.efforts) == (Counts(2, 2, 1, 0), (5,))
    assert (ben.counts, ben.efforts) == (Counts(0, 0, 0, 1), ())
    assert ana.hours.total == ben.hours.total == 2 * WEEK
    assert (long.loads[0].counts, long.loads[0].efforts) == (Counts(3, 3, 2, 0), (1, 5))


def test_the_coming_weeks_are_judged_with_what_was_agreed(weekly: Duties) -> None:
    """Time off of everybody shows as a gap, an override that takes a week as an uneven share."""
    for person in (ANA, BEN):
        weekly.away(person, person, START + 10 * DAY, START + 11 * DAY)
    weekly.override("1", START + 3 * WEEK, START + 4 * WEEK, ANA)
    found = fairness_of(weekly.ctx, KEY, Period.YEAR)
    assert found is not None
    causes = [each.cause for each in found.quality.findings]
    assert causes == [Cause.GAP, Cause.HOURS, Cause.NIGHTS, Cause.WEEKENDS]
    assert found.quality.findings[0].length == DAY
    assert found.quality.score < 100


def test_a_busy_year_is_counted_whole(weekly: Duties) -> None:
    """Three thousand bugs and their pings, and every hour of 52 weeks, are each somebody's."""
    now = START + 52 * WEEK
    weekly.at(now)
    rows = [
        {"id": f"R{each}", "nonce": f"{each}", "reporter": "U0REP", "reporter_name": "rep", "product": "shop",
         "impact": "blocked", "workaround": "none", "severity": "high", "steps": "s", "expected": "e",
         "actual": "a", "language": "en", "filed_at": START + each * 2 * HOUR, "version": 1,
         "taken_by": ANA, "taken_at": START + each * 2 * HOUR}
        for each in range(3000)
    ]  # fmt: skip
    asked = [
        {"report": each["id"], "number": 1, "step": 1, "member": BEN, "posted_at": each["filed_at"]}
        for each in rows
    ]
    with weekly.ctx.database.transaction() as tx:
        tx.execute(insert(reports), rows)
        tx.execute(insert(pings), asked)
    found = fairness_of(weekly.ctx, KEY, Period.YEAR)
    assert found is not None
    assert [each.counts for each in found.loads] == [Counts(taken=3000), Counts(pings=3000)]
    assert sum((each.hours.total for each in found.loads), timedelta()) == 52 * WEEK


def test_what_is_not_there_is_not_told(weekly: Duties) -> None:
    """No such rotation has no loads; every product has its rotation."""
    assert fairness_of(weekly.ctx, "guess", Period.YEAR) is None
    assert unserved(weekly.ctx) == []
