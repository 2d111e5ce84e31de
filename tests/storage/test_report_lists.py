"""The lists of reports that one person sees: theirs, newest first, in pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event

from domain.happened import Happened
from domain.report import Draft, Impact, Report, Workaround
from storage import homes, report_lists, reports
from storage.database import Database, Transaction
from tests.storage.stage import START

ANA, BEN, ELSA = "U0ANA", "U0BEN", "U0ELSA"
MINUTE = timedelta(minutes=1)


def file(database: Database, name: str, minute: int, *, by: str = ANA, duty: str = ELSA, **more: Any) -> None:
    """Keep a report called by its nonce, filed at a minute, changed as told."""
    draft = Draft(name, by, "x", "shop", None, Impact.BLOCKED, Workaround.NONE, Happened("a", "b", "c"), "en")
    with database.transaction() as tx:
        report = reports.add(
            tx,
            draft,
            severity="high",
            reasons={},
            customers=0,
            on_duty=duty,
            now=START + minute * MINUTE,
        )
        assert report is not None
        if more:
            reports.change(tx, report, **more)


def times(database: Database, find: Callable[..., list[Report]], person: str, *page: int) -> list[int]:
    """Return the minutes at which somebody's reports were filed, in the order of a list."""
    with database.reading() as tx:
        return [(each.filed_at - START) // MINUTE for each in find(tx, person, ["shop"], *(page or (10,)))]


def test_reports_are_listed_for_who_filed_them(database: Database) -> None:
    """Newest first, a page at a time, nobody else's."""
    for minute in range(5):
        file(database, f"n{minute}", minute)
    file(database, "ben", 9, by=BEN)
    assert times(database, report_lists.filed_by, ANA) == [4, 3, 2, 1, 0]
    assert times(database, report_lists.filed_by, ANA, 2, 2) == [2, 1]
    assert times(database, report_lists.filed_by, ANA, 2, 4) == [0]
    assert times(database, report_lists.filed_by, BEN) == [9]
    assert times(database, report_lists.filed_by, ELSA) == []


def test_reports_wait_for_who_was_pinged_looks_or_owns(database: Database) -> None:
    """Once somebody owns a report it waits for nobody else."""
    file(database, "pinged", 0)
    file(database, "owned", 1, duty=BEN, taken_by=ELSA)
    file(database, "looked at", 2, duty=BEN, acknowledged_by=ELSA)
    file(database, "owned by another", 3, taken_by=BEN)
    file(database, "filed", 4, by=ELSA, duty=BEN)
    file(database, "closed", 5, taken_by=ELSA, state="duplicate")
    assert times(database, report_lists.waiting_for, ELSA) == [2, 1, 0]
    assert times(database, report_lists.waiting_for, BEN) == [4, 3, 2]
    assert times(database, report_lists.waiting_for, ANA) == []


def test_what_waits_for_somebody_is_found_without_all_that_nobody_took(sqlite: Database) -> None:
    """Each of the ways in which a report is theirs has its index, which leaves out the reports of nobody."""
    plan: list[str] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan.extend(line[-1] for line in cursor.fetchall())

    event.listen(sqlite.engine, "before_cursor_execute", explain)
    assert times(sqlite, report_lists.waiting_for, ELSA) == []
    event.remove(sqlite.engine, "before_cursor_execute", explain)
    assert [line for line in plan if line.startswith(("SEARCH", "SCAN"))] == [
        f"SEARCH reports USING INDEX ix_reports_{by}_filed_at ({by}=?)"
        for by in ("taken_by", "acknowledged_by", "on_duty")
    ]


def test_homes_are_known_by_when_they_were_opened(database: Database) -> None:
    """Only those opened since a time count, among the people asked about."""

    def opened(tx: Transaction, person: str, at: datetime) -> None:
        homes.opened(tx, person, at)

    with database.transaction() as tx:
        opened(tx, ANA, START)
        opened(tx, BEN, START)
        opened(tx, BEN, START + MINUTE)
        opened(tx, ELSA, START + MINUTE)
    with database.reading() as tx:
        assert homes.among(tx, {ANA, BEN, ELSA}, START) == [ANA, BEN, ELSA]
        assert homes.among(tx, {ANA, BEN}, START + MINUTE) == [BEN]
        assert homes.among(tx, set(), START) == []


def test_the_pages_of_a_home_are_kept_until_it_is_opened_anew(database: Database) -> None:
    """Each person has their own; who never turned one sees the first."""
    with database.transaction() as tx:
        homes.opened(tx, ANA, START)
        homes.turned(tx, ANA, {"mine": 8}, START)
        homes.turned(tx, BEN, {"drafts": 5}, START)
    with database.transaction() as tx:
        assert [homes.pages(tx, each) for each in (ANA, BEN, ELSA)] == [{"mine": 8}, {"drafts": 5}, {}]
        homes.opened(tx, ANA, START)
        assert homes.pages(tx, ANA) == {}


def test_reports_of_a_product_that_is_no_longer_set_up_are_left_out(database: Database) -> None:
    """Nothing can be said of them any more."""
    file(database, "n", 0)
    with database.reading() as tx:
        assert report_lists.filed_by(tx, ANA, ["pay"], 10) == []
        assert report_lists.waiting_for(tx, ELSA, ["pay"], 10) == []
