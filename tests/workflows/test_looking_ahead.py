"""Forms looked over while they are filled in: filing them has little left to ask, and misses nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from domain.happened import read
from domain.report import Draft, Impact, Workaround
from storage import effects, reports
from storage.database import Database
from tests.harness.waiting import eventually
from tests.workflows.mirrored import SHOP, TILL, Mirrored, mirrored
from views import report_form as form
from views.opening import Opening
from workflows import checking, duplicates
from workflows.asking import draft_of
from workflows.looking_ahead import MOST, LookingAhead, Unlike
from workflows.submitting import ToAsk, submit

TWICE = "The card is charged twice when the customer presses Pay again after a timeout"
OTHERWISE = "Customer pressed pay again after the timeout and their card was charged two times"
BLANK = "The invoice prints blank pages on the kitchen printer"


@pytest.fixture
def jira(database: Database) -> Iterator[Mirrored]:
    """Yield a Jira that is mirrored in each database in turn."""
    with mirrored(database) as made:
        yield made


def typed(actual: str) -> str:
    """Return what somebody typed."""
    return f"Steps:\nPut something in the basket\nExpected:\nOne email\nActual:\n{actual}"


def values(actual: str, product: str = "shop") -> dict[str, Any]:
    """Return the state of a form."""
    return {
        form.PRODUCT: {form.PRODUCT: {"type": "external_select", "selected_option": {"value": product}}},
        form.HAPPENED: {form.HAPPENED: {"type": "plain_text_input", "value": typed(actual)}},
    }


def draft(actual: str, product: str = "shop") -> Draft:
    """Return the draft that is made of such a form."""
    return Draft(
        nonce="form",
        reporter="U0REP",
        reporter_name="Rosa",
        product=product,
        area=None,
        impact=Impact.BLOCKED,
        workaround=Workaround.NONE,
        happened=read(typed(actual)),
        language="en",
    )


def look_over(jira: Mirrored, actual: str, product: str = "shop") -> None:
    """Have the form looked over, and wait until it is."""
    text = duplicates.text_of(draft(actual).happened)
    checking.look_ahead(jira.ctx, "form", values(actual, product))
    eventually(lambda: jira.ctx.ahead.unlike("form", product, text), what="the form to be looked over")


def originals(jira: Mirrored, actual: str, product: str = "shop") -> list[str | None]:
    """Return the reports that the check of a draft points to."""
    return [each.report for each in checking.check(jira.ctx, draft(actual, product)).candidates]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Gather the statements that reach the database within."""
    said: list[str] = []

    def note(*asked: Any) -> None:
        said.append(asked[2])

    event.listen(database.engine, "before_cursor_execute", note)
    yield said
    event.remove(database.engine, "before_cursor_execute", note)


@contextmanager
def transactions(database: Database) -> Iterator[list[object]]:
    """Gather the transactions that begin within."""
    begun: list[object] = []

    def note(transaction: object) -> None:
        begun.append(transaction)

    event.listen(database.engine, "begin", note)
    yield begun
    event.remove(database.engine, "begin", note)


def test_checking_asks_only_what_has_come_since(jira: Mirrored) -> None:
    """A form that was looked over costs its check one statement, and one that was not the whole search."""
    jira.report(BLANK)
    jira.settle()
    look_over(jira, TWICE)
    with statements(jira.ctx.database) as few:
        assert originals(jira, TWICE) == []
    with statements(jira.ctx.database) as many:
        assert originals(jira, OTHERWISE) == []
    assert len(few) == 1
    assert len(many) > 1


def test_a_report_filed_meanwhile_is_pointed_out(jira: Mirrored) -> None:
    """Of two who type the same, the second one to press File is shown the first one's report."""
    jira.report(BLANK)
    look_over(jira, TWICE)
    report = jira.report(OTHERWISE, nonce="other")
    assert originals(jira, TWICE) == [report.id]
    jira.settle()
    assert originals(jira, TWICE) == [report.id]


def test_a_form_that_was_looked_over_is_filed_in_one_transaction(jira: Mirrored) -> None:
    """Nothing is read before it: what the form asks is known, and the search for its like is gone on from."""
    look_over(jira, TWICE)
    whole = {
        **values(TWICE),
        form.IMPACT: {form.IMPACT: {"type": "static_select", "selected_option": {"value": "blocked"}}},
        form.WORKAROUND: {form.WORKAROUND: {"type": "radio_buttons", "selected_option": {"value": "none"}}},
    }
    with statements(jira.ctx.database) as before:
        read_form = draft_of(jira.ctx, Opening("form", "en"), whole, reporter="U0REP", reporter_name="Rosa")
    assert before == []
    with transactions(jira.ctx.database) as begun, statements(jira.ctx.database) as said:
        assert submit(jira.ctx, read_form)
    assert len(begun) == 1
    about = [found[1] for each in said if (found := re.search(r"(?:FROM|INTO|UPDATE) (\w+)", each))]
    # Each takes its time before the ack; the last ones look for somebody to ask, since nobody is on duty.
    assert about[:6] == ["also_reported", "documents", "rotations", "reports", "documents", "effects"]
    assert set(about[6:]) == {"rotations"}


def test_what_is_likely_since_is_asked_about(jira: Mirrored) -> None:
    """Of two who type the same, the second one to press File has filed nothing and is asked first."""
    look_over(jira, TWICE)
    first = jira.report(OTHERWISE, nonce="other")
    with pytest.raises(ToAsk) as held:
        submit(jira.ctx, draft(TWICE))
    assert [each.report for each in held.value.checked.candidates] == [first.id]
    with jira.ctx.database.reading() as tx:
        assert reports.with_nonce(tx, "form") is None
        assert effects.listed(tx) == []


def test_a_form_is_filed_once(jira: Mirrored) -> None:
    """Pressing File again files nothing, and is not told that its own report is likely the same problem."""
    look_over(jira, TWICE)
    assert submit(jira.ctx, draft(TWICE))
    assert not submit(jira.ctx, draft(TWICE))


def test_a_text_changed_since_is_searched_for(jira: Mirrored) -> None:
    """What was found for another text, or for another product, says nothing about this one."""
    jira.sell(SHOP, TILL)
    report = jira.report(TWICE)
    look_over(jira, BLANK)
    assert originals(jira, TWICE) == [report.id]
    look_over(jira, TWICE, "till")
    assert originals(jira, TWICE, "till") == []
    assert originals(jira, TWICE) == [report.id]


def test_what_is_likely_already_is_searched_for_anew(jira: Mirrored) -> None:
    """Only a search that found nothing likely is gone on from: what it found may have changed since."""
    text = duplicates.text_of(draft(TWICE).happened)
    assert duplicates.unlike(jira.ctx, "shop", text) is not None
    report = jira.report(TWICE)
    assert duplicates.unlike(jira.ctx, "shop", text) is None
    look_over(jira, BLANK)
    checking.look_ahead(jira.ctx, "form", values(TWICE))
    blank = duplicates.text_of(draft(BLANK).happened)
    eventually(
        lambda: jira.ctx.ahead.unlike("form", "shop", blank) is None, what="the form to be looked over"
    )
    assert originals(jira, TWICE) == [report.id]


def test_only_forms_of_late_are_kept(jira: Mirrored) -> None:
    """However many forms are filled in and never filed, only so many are remembered, the latest."""
    ahead, text = LookingAhead(), duplicates.text_of(draft(TWICE).happened)
    found = duplicates.unlike(jira.ctx, "shop", text)
    assert found is not None
    for number in range(MOST + 2):
        ahead.begin(f"form {number}", lambda: Unlike("shop", text, found))
    ahead.finish()
    assert [number for number in range(MOST + 2) if not ahead.unlike(f"form {number}", "shop", text)] == [
        0,
        1,
    ]
