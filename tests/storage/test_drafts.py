"""Drafts: the newest state wins, their owner's alone, until they are filed, discarded or old."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.happened import Happened
from domain.report import Draft, Impact, Workaround
from storage import drafts, reports, tables
from storage.database import Database
from tests.storage.stage import START

ANA, BEN = "U0ANA", "U0BEN"
MINUTE = timedelta(minutes=1)


def keep(database: Database, nonce: str, text: str, at: datetime = START, person: str = ANA) -> None:
    """Save a form with this text in it."""
    with database.transaction() as tx:
        drafts.save(tx, nonce, person, {"language": "es"}, state(text), now=at)


def state(text: str) -> dict[str, object]:
    """Return a form's state with this text in it."""
    return {"b": {"a": {"type": "plain_text_input", "value": text}}}


def kept(database: Database, nonce: str) -> drafts.DraftRow | None:
    """Return the draft with this nonce."""
    with database.reading() as tx:
        return drafts.find(tx, nonce)


def nonces(database: Database, person: str = ANA, limit: int = 10) -> list[str]:
    """Return the nonces of somebody's drafts, in order."""
    with database.reading() as tx:
        return [each.nonce for each in drafts.of_person(tx, person, limit)]


def due(database: Database, before: datetime) -> list[str]:
    """Return the nonces of the drafts to remind of, in order."""
    with database.reading() as tx:
        return [each.nonce for each in drafts.due_for_reminder(tx, before)]


def file(database: Database, nonce: str) -> None:
    """File a report from the form with this nonce."""
    happened = Happened("Pay", "One charge", "Two charges")
    filed = Draft(nonce, ANA, "Ana", "shop", None, Impact.BLOCKED, Workaround.NONE, happened, "en")
    with database.transaction() as tx:
        assert reports.add(tx, filed, severity="high", reasons={}, customers=0, on_duty=None, now=START)


def test_what_is_saved_comes_back(database: Database) -> None:
    """A draft keeps its owner, what it was opened with, its state in any script, and its times."""
    keep(database, "n", "「刷了兩次」 \N{RIGHT-TO-LEFT OVERRIDE}\N{BUG}")
    keep(database, "n", "「刷了兩次」 \N{RIGHT-TO-LEFT OVERRIDE}\N{BUG}\N{BUG}", START + MINUTE)
    draft = kept(database, "n")
    assert draft is not None
    assert draft.state == state("「刷了兩次」 \N{RIGHT-TO-LEFT OVERRIDE}\N{BUG}\N{BUG}")
    assert (draft.person, draft.opening) == (ANA, {"language": "es"})
    assert (draft.started_at, draft.saved_at, draft.reminded_at) == (START, START + MINUTE, None)


def test_a_save_that_comes_late_changes_nothing(database: Database) -> None:
    """What was typed earlier never replaces what was typed later; the same instant's last save counts."""
    keep(database, "n", "later", START + MINUTE)
    keep(database, "n", "earlier", START)
    found = kept(database, "n")
    assert found is not None
    assert (found.state, found.saved_at) == (state("later"), START + MINUTE)
    keep(database, "n", "last", START + MINUTE)
    found = kept(database, "n")
    assert found is not None
    assert found.state == state("last")


def test_nobody_writes_into_the_draft_of_another(database: Database) -> None:
    """A nonce that somebody else's form carries changes nothing of its owner's draft."""
    keep(database, "n", "Ana's")
    keep(database, "n", "Ben's", START + MINUTE, BEN)
    found = kept(database, "n")
    assert found is not None
    assert (found.person, found.state) == (ANA, state("Ana's"))


def test_each_person_has_their_own_newest_first(database: Database) -> None:
    """A person's drafts are listed by when they were saved last, as many as asked for."""
    for number in range(3):
        keep(database, f"n{number}", "text", START + number * MINUTE)
    keep(database, "ben", "text", person=BEN)
    keep(database, "n0", "again", START + 5 * MINUTE)
    assert nonces(database) == ["n0", "n2", "n1"]
    assert nonces(database, limit=2) == ["n0", "n2"]
    assert nonces(database, BEN) == ["ben"]


def test_a_forgotten_draft_is_gone(database: Database) -> None:
    """After forgetting there is nothing to find; forgetting what is not there is harmless."""
    keep(database, "n", "text")
    with database.transaction() as tx:
        drafts.forget(tx, "n")
        drafts.forget(tx, "another")
    assert (kept(database, "n"), nonces(database)) == (None, [])


@pytest.mark.parametrize("saved_first", [True, False])
def test_a_filed_draft_is_no_draft(database: Database, saved_first: bool) -> None:
    """Once a report carries its nonce a draft is not found, not listed and not reminded of."""
    if saved_first:
        keep(database, "n", "text")
    file(database, "n")
    keep(database, "n", "text", START + MINUTE)
    assert kept(database, "n") is None
    assert nonces(database) == due(database, START + 5 * MINUTE) == []


def test_what_is_left_of_filed_drafts_is_deleted(database: Database) -> None:
    """Tidying deletes the text of a form that has filed its report, and of no other."""
    keep(database, "filed", "text")
    keep(database, "unfiled", "text")
    file(database, "filed")
    with database.transaction() as tx:
        drafts.forget_filed(tx)
        assert tx.scalars(select(tables.drafts.c.nonce)).all() == ["unfiled"]


def test_each_draft_is_reminded_of_once(database: Database) -> None:
    """Due are those not touched since a time, oldest first; never again after a reminder."""
    keep(database, "new", "text", START + 3 * MINUTE)
    keep(database, "old", "text", START)
    keep(database, "older", "text", START - MINUTE)
    assert due(database, START + MINUTE) == ["older", "old"]
    with database.transaction() as tx:
        drafts.reminded(tx, "older", START + MINUTE)
    keep(database, "older", "more", START + 2 * MINUTE)
    assert due(database, START + 5 * MINUTE) == ["old", "new"]


def test_old_drafts_are_forgotten(database: Database) -> None:
    """Tidying deletes what nobody touched since a time."""
    keep(database, "old", "text", START)
    keep(database, "new", "text", START + MINUTE)
    with database.transaction() as tx:
        drafts.forget_old(tx, START + MINUTE)
    assert nonces(database) == ["new"]


def test_a_new_form_goes_on_with_the_last_draft(database: Database) -> None:
    """It is the one saved last, since a time; none that was set aside until it is taken up."""
    keep(database, "old", "text", START)
    keep(database, "new", "text", START + MINUTE)
    keep(database, "ben", "text", START + 2 * MINUTE, BEN)
    assert continued(database, START) == "new"
    assert continued(database, START + 2 * MINUTE) is None
    set_aside(database, "new", START + 2 * MINUTE)
    keep(database, "new", "a save that comes late", START + 2 * MINUTE)
    assert continued(database, START) == "old"
    assert nonces(database) == ["new", "old"]
    set_aside(database, "new", None)
    assert continued(database, START) == "new"


def continued(database: Database, since: datetime) -> str | None:
    """Return the nonce of the draft Ana's next form goes on with."""
    with database.reading() as tx:
        found = drafts.to_continue(tx, ANA, since)
    return found.nonce if found else None


def set_aside(database: Database, nonce: str, at: datetime | None) -> None:
    """Set a draft aside, or take it up again."""
    with database.transaction() as tx:
        drafts.set_aside(tx, nonce, at)
