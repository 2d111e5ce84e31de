"""Which customer issues hang on a report, by every way there and back, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from domain.customer_issue import Origin, State
from domain.report import Brought, Report
from domain.settling import Refusal, Why
from domain.triage import Original
from storage import effects
from storage.database import Database
from tests.workflows.told import (
    ANA,
    BEN,
    HUGO,
    IRIS,
    context,
    customer,
    draft,
    filed,
    hanging_on,
    now,
    report_now,
    taken_in,
)
from views.check_step import Same
from workflows import customer_settling, hanging, joining, mending, settling
from workflows.context import Context


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody."""
    with context(database) as made:
        yield made


def whose(ctx: Context, report: Report) -> list[str | None]:
    """Return whose customer issues hang on a report."""
    return [each.told.customer for each in hanging_on(ctx, report)]


def notes(ctx: Context) -> list[str]:
    """Return the names of the notes that were decided."""
    with ctx.database.reading() as tx:
        return [each.args["note"] for each in effects.listed(tx) if each.kind == "write_note"]


def test_each_customer_of_a_form_told_us(ctx: Context) -> None:
    """Filing keeps one customer issue for each customer that was chosen, settled and shown nowhere."""
    lumen, acme = customer(ctx, "Lumen"), customer(ctx, "Acme")
    report = filed(ctx, "one", lumen, acme)
    told = hanging_on(ctx, report)
    assert {each.told.customer for each in told} == {lumen, acme}
    assert {(each.told.origin, each.state, each.settled_by) for each in told} == {
        (Origin.BUG_FORM, State.BUG, BEN)
    }
    with ctx.database.reading() as tx:
        assert not [each for each in effects.listed(tx) if each.kind == "post_customer_issue"]
    assert hanging_on(ctx, filed(ctx, "nobody")) == []


def test_a_bug_made_of_a_customer_issue_settles_it(ctx: Context) -> None:
    """Its customer counts on the report, once, even where the rep took them out of the form."""
    lumen = customer(ctx, "Lumen")
    issue = taken_in(ctx, customer=lumen)
    report = filed(ctx, "one", customer_issue=issue.id)
    settled = now(ctx, issue)
    assert (settled.state, settled.report, settled.settled_by) == (State.BUG, report.id, BEN)
    assert (whose(ctx, report), report.customers) == ([lumen], 1)


def test_who_is_named_in_the_form_is_whose_it_was(ctx: Context) -> None:
    """Of a customer issue of nobody known, the one customer named in the form told it."""
    lumen, issue = customer(ctx, "Lumen"), taken_in(ctx)
    report = filed(ctx, "one", lumen, customer_issue=issue.id)
    assert now(ctx, issue).told.customer == lumen
    assert [each.id for each in hanging_on(ctx, report)] == [issue.id]


def test_what_was_settled_meanwhile_stays_so(ctx: Context) -> None:
    """A report made of a customer issue that somebody settled first is filed, and its reporter told."""
    lumen = customer(ctx, "Lumen")
    issue = taken_in(ctx, customer=lumen)
    assert customer_settling.say_answered(ctx, issue.id, IRIS, note="") is None
    report = filed(ctx, "one", lumen, customer_issue=issue.id)
    assert now(ctx, issue).state is State.ANSWERED
    assert hanging_on(ctx, report) == []
    assert notes(ctx) == ["settled_before"]


def test_joining_hangs_it_on_what_is_there(ctx: Context) -> None:
    """The check step's "It is this one" settles the customer issue too; a second press changes nothing."""
    lumen, acme = customer(ctx, "Lumen"), customer(ctx, "Acme")
    issue, report = taken_in(ctx, customer=acme), filed(ctx, "one", lumen)
    for _ in range(2):
        joining.join(ctx, draft("two", customer_issue=issue.id, by=HUGO), Same(report.id, None))
    assert (now(ctx, issue).report, now(ctx, issue).settled_by) == (report.id, HUGO)
    assert sorted(map(str, whose(ctx, report))) == sorted([lumen, acme])
    assert report_now(ctx, report).customers == 2


def test_it_is_added_to_a_bug_once(ctx: Context) -> None:
    """Two who add it to two bugs at once: the first decides, the second is told; its customer counts once."""
    lumen = customer(ctx, "Lumen")
    issue, bugs = taken_in(ctx, customer=lumen), [filed(ctx, "one"), filed(ctx, "two")]
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda bug: hanging.hang(ctx, issue.id, IRIS, on=bug.id), bugs))
    assert sorted(each is None for each in told) == [False, True]
    assert sum(report_now(ctx, bug).customers for bug in bugs) == 1
    (bug,) = [each for each in bugs if each.id == now(ctx, issue).report]
    assert hanging.hang(ctx, issue.id, IRIS, on=bug.id) is None
    assert now(ctx, issue).version == 2


def test_a_closed_bug_leads_to_its_original_or_is_refused(ctx: Context) -> None:
    """What is added to a duplicate hangs on its original; a report that is no bug takes nothing."""
    original, duplicate, no_bug = (filed(ctx, each) for each in ("one", "two", "three"))
    assert settling.close_as_duplicate(ctx, duplicate.id, IRIS, of=Original(original.id, None)) is None
    assert settling.close_as_no_bug(ctx, no_bug.id, IRIS, reason="The bank's") is None
    lumen = customer(ctx, "Lumen")
    issue = taken_in(ctx, customer=lumen)
    assert hanging.hang(ctx, issue.id, HUGO, on=no_bug.id) == Refusal(Why.NO_BUG, IRIS)
    assert now(ctx, issue).is_open
    assert hanging.hang(ctx, issue.id, HUGO, on=duplicate.id) is None
    assert (now(ctx, issue).report, report_now(ctx, original).customers) == (original.id, 1)


def test_they_follow_a_duplicate_to_its_original_and_back(ctx: Context) -> None:
    """Those of a duplicate count as its original's, along a chain too, until it is opened again."""
    lumen, acme = customer(ctx, "Lumen"), customer(ctx, "Acme")
    one, two, three = filed(ctx, "one", lumen), filed(ctx, "two", acme), filed(ctx, "three")
    assert settling.close_as_duplicate(ctx, one.id, IRIS, of=Original(two.id, None)) is None
    assert settling.close_as_duplicate(ctx, two.id, IRIS, of=Original(three.id, None)) is None
    assert whose(ctx, three) == [lumen, acme]
    assert settling.reopen(ctx, two.id, IRIS) is None
    assert (whose(ctx, two), whose(ctx, three)) == ([lumen, acme], [])
    assert settling.reopen(ctx, one.id, IRIS) is None
    assert (whose(ctx, one), whose(ctx, two)) == ([lumen], [acme])


def test_opening_it_again_takes_its_customer_from_the_bug(ctx: Context) -> None:
    """Added by mistake: opened again, it hangs on nothing, and counts nowhere that nobody else named it."""
    lumen, acme = customer(ctx, "Lumen"), customer(ctx, "Acme")
    report = filed(ctx, "one", lumen)
    for nonce, who in (("a", acme), ("b", lumen)):
        issue = taken_in(ctx, nonce, customer=who)
        assert hanging.hang(ctx, issue.id, IRIS, on=report.id) is None
        assert report_now(ctx, report).customers == (2 if who == acme else 1)
        assert customer_settling.reopen(ctx, issue.id, HUGO) is None
        assert (now(ctx, issue).is_open, now(ctx, issue).report) == (True, None)
        assert (report_now(ctx, report).customers, whose(ctx, report)) == (1, [lumen])


def test_a_report_told_anew_has_the_customers_named_then(ctx: Context) -> None:
    """Mending names others: what the first ones are said to have told is nobody's, and hangs on nothing."""
    lumen, acme = customer(ctx, "Lumen"), customer(ctx, "Acme")
    source = taken_in(ctx, customer=customer(ctx, "Bolt"))
    report = filed(ctx, "one", lumen, customer_issue=source.id)
    (before,) = [each for each in hanging_on(ctx, report) if each.told.customer == lumen]
    for who in (acme, acme, lumen):
        told = replace(draft("one", customer_issue=source.id), customers=Brought((who,)))
        mending.mend(ctx, report.id, told)
        assert set(whose(ctx, report)) == {source.told.customer, who}
        assert report_now(ctx, report).customers == 2
    assert (now(ctx, before).told.customer, now(ctx, before).state) == (None, State.NOT_OURS)
    assert now(ctx, source).report == report.id
    assert ANA not in str(hanging_on(ctx, report))
