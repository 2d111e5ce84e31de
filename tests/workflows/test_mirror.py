"""The copy of a product's issues: complete, never behind for long, and cheap for Jira."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from tests.workflows.mirrored import MINUTE, SHOP, TILL, Mirrored, mirrored
from workflows import mirror

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(params=["cloud", "server"])
def jira(request: pytest.FixtureRequest, sqlite: Database) -> Iterator[Mirrored]:
    """Yield a Jira of each kind in turn, mirrored in SQLite."""
    with mirrored(sqlite, request.param) as made:
        yield made


@pytest.fixture
def cloud(database: Database) -> Iterator[Mirrored]:
    """Yield a Jira Cloud, mirrored in each database in turn."""
    with mirrored(database) as made:
        yield made


def test_at_first_all_open_issues_are_read(jira: Mirrored) -> None:
    """Issues from before Bugle are known after the first tick, done ones and other projects' are not."""
    old = jira.make("Old and open")
    jira.sandbox.core.clock.move(400 * DAY)
    done, new = jira.make("Done"), jira.make("New")
    jira.make("Another project's", project="PAY")
    jira.do(done, "transition", to="Done")
    jira.later()
    assert jira.open_keys() == {old, new}


def test_changes_are_known_within_a_minute(cloud: Mirrored) -> None:
    """What is made, edited, closed and reopened shows after the next tick."""
    one = cloud.make("The card is charged twice")
    cloud.later()
    two = cloud.make("The invoice prints blank pages")
    cloud.do(one, "edit", fields={"summary": "Searching shows nothing at all"})
    cloud.later()
    assert cloud.open_keys() == {one, two}
    assert cloud.keys("Searching shows nothing at all") == [one]
    assert cloud.keys("The card is charged twice") == []
    cloud.do(one, "transition", to="Done")
    cloud.later()
    assert (cloud.open_keys(), cloud.status(one)) == ({two}, "Done")
    assert cloud.keys("Searching shows nothing at all") == []
    cloud.do(one, "transition", to="To Do")
    cloud.later()
    assert cloud.open_keys() == {one, two}
    assert cloud.keys("Searching shows nothing at all") == [one]


def test_a_tick_makes_one_search_for_each_product(jira: Mirrored) -> None:
    """Once the issues are known, a minute costs one search a product, however often the tick comes."""
    jira.sell(SHOP, TILL)
    jira.make("One")
    jira.make("Two", project="PAY")
    jira.later()
    before = len(jira.searches())
    for _ in range(3):
        mirror.refresh_issues(jira.ctx)
    assert len(jira.searches()) == before
    for _ in range(5):
        jira.later()
    assert len(jira.searches()) == before + 10


def test_a_change_that_the_search_shows_late_is_found(jira: Mirrored) -> None:
    """Jira's search may show an older change after a newer one: what was read is read again."""
    jira.make("Known")
    jira.later()
    late, newer = jira.make("Late"), jira.make("Newer")
    index = jira.sandbox.jira.index._states  # to have it show one issue later than another
    kept = index.pop(jira.issue(late).id)
    jira.later()
    assert newer in jira.open_keys()
    assert late not in jira.open_keys()
    index[jira.issue(late).id] = kept
    jira.later(8 * MINUTE)
    assert {late, newer} <= jira.open_keys()


@pytest.mark.parametrize("away", [HOUR, 3 * DAY])
def test_nothing_is_missed_after_a_time_without_bugle(jira: Mirrored, away: timedelta) -> None:
    """What changed while Bugle was away is read when it is back."""
    one = jira.make("One")
    jira.later()
    jira.do(one, "transition", to="Done")
    two = jira.make("Two")
    jira.later(away)
    assert (jira.open_keys(), jira.status(one)) == ({two}, "Done")


def test_nothing_is_missed_while_jira_does_not_answer(jira: Mirrored) -> None:
    """A Jira that is down leaves the copy as it is; afterwards it goes on where it was."""
    one = jira.make("One")
    jira.later()
    two = jira.make("Two")
    jira.sandbox.core.troubles.add(service="jira", kind="error", status=503, times=2)
    jira.later()
    jira.later()
    assert jira.open_keys() == {one}
    jira.later()
    assert jira.open_keys() == {one, two}


def test_many_changes_are_read_over_several_ticks(jira: Mirrored, monkeypatch: pytest.MonkeyPatch) -> None:
    """One tick reads a bounded number of pages and the next goes on, when filling and when catching up."""
    monkeypatch.setattr(mirror, "MOST_PAGES", 2)
    monkeypatch.setattr("gateways.jira.changes.PAGE", 3)
    first = {jira.make(f"Old {number}") for number in range(12)}
    jira.later()
    assert len(jira.open_keys()) < 12
    for _ in range(4):
        jira.later()
    assert jira.open_keys() == first
    second = {jira.make(f"New {number}") for number in range(12)}
    for _ in range(20):
        jira.later()
    assert jira.open_keys() == first | second


def test_many_issues_of_one_instant_are_read(jira: Mirrored, monkeypatch: pytest.MonkeyPatch) -> None:
    """Issues that an import gave one and the same time do not stop the reading."""
    monkeypatch.setattr(mirror, "MOST_PAGES", 2)
    monkeypatch.setattr("gateways.jira.changes.PAGE", 3)
    made = {jira.make(f"Imported {number}") for number in range(10)}
    at_once = jira.ctx.now().replace(microsecond=0)
    for key in made:
        issue = jira.issue(key)
        issue.updated = at_once
        jira.sandbox.jira.index.forget(issue)
        jira.sandbox.jira.index.note(issue, at_once)
    for _ in range(3):
        jira.later()
    assert jira.open_keys() == made


def test_what_was_deleted_or_moved_away_is_open_no_more(cloud: Mirrored) -> None:
    """No change tells of it: reading all open issues once a day does."""
    stays, goes, moves = (
        cloud.make(f"The {word} invoice prints nothing") for word in ("blue", "red", "tall")
    )
    cloud.later()
    cloud.do(goes, "delete")
    cloud.do(moves, "move", project="PAY")
    cloud.later()
    cloud.later(DAY + HOUR)
    assert cloud.open_keys() == {stays}
    assert cloud.keys("The red invoice prints nothing") == [stays]


def test_a_moved_issue_keeps_one_row_in_its_new_product(jira: Mirrored) -> None:
    """Moved to another product's project it is known there by its new key, and found there only."""
    jira.sell(SHOP, TILL)
    key = jira.make("The invoice prints blank pages")
    jira.later()
    jira.do(key, "move", project="PAY")
    jira.later(DAY + HOUR)
    (moved,) = jira.open_keys()
    assert moved.startswith("PAY-")
    assert jira.keys("The invoice prints blank pages") == []


def test_a_product_that_is_given_another_project_begins_anew(jira: Mirrored) -> None:
    """Its issues are those of the new project from the next tick on."""
    jira.make("Old place")
    new = jira.make("New place", project="PAY")
    jira.later()
    jira.sell(replace(SHOP, project="PAY"))
    jira.later()
    assert jira.open_keys() == {new}


def test_a_project_that_is_gone_leaves_the_others_be(
    jira: Mirrored, caplog: pytest.LogCaptureFixture
) -> None:
    """A refusal is logged with the product, and the next product is read."""
    jira.sell(replace(SHOP, project="NOPE"), TILL)
    there = jira.make("There", project="PAY")
    jira.later()
    assert jira.open_keys() == {there}
    assert "the issues of shop could not be read from Jira" in caplog.text


def test_a_comment_changes_nothing_in_the_search(cloud: Mirrored) -> None:
    """An issue whose text stays keeps its place in the index."""
    key = cloud.make("The invoice prints blank pages")
    cloud.later()
    cloud.do(key, "comment", body="Seen too")
    cloud.later()
    assert cloud.keys("The invoice prints blank pages") == [key]


def test_only_one_replica_reads(postgres: Database) -> None:
    """Two replicas whose ticks come together make the searches of one."""
    with mirrored(postgres) as jira:
        jira.make("One")
        jira.later()
        jira.sandbox.core.clock.move(MINUTE)
        before = len(jira.searches())
        now = jira.ctx.now()
        with postgres.transaction() as tx:
            assert mirror.mirror.take_turn(tx, "shop", "SHOP", now=now, before=now - mirror.TURN)
        mirror.refresh_issues(jira.ctx)
        assert len(jira.searches()) == before
