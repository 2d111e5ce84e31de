"""Loops at the same instant, in two processes, and in thousands, on SQLite and PostgreSQL."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.customer import Profile
from domain.customer_issue import Origin, Told
from domain.customer_issue import State as Outcome
from domain.loop import How, Loop, State
from domain.loop_list import After, Wanted
from domain.report import Report
from domain.tracking import IssueFacts
from handlers.loop_list import shown
from storage import customer_issues, customers, effects, loop_lists, loops, reports
from storage.database import Database
from tests.workflows.told import ANA, BEN, NOW, context, filed
from views.loop_list import Looked
from workflows import closing, erasing_customers, loop_reminding, loop_telling, merging_customers, tracking
from workflows.context import Context

THOUSANDS = 5000


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody."""
    with context(database) as made:
        yield made


def told_us(ctx: Context, report: Report, number: int, *, times: int = 1, owner: str = ANA) -> list[str]:
    """Let so many customers have told us of a report, each so many times; return their customer issues."""
    found = []
    with ctx.database.transaction() as tx:
        for each in range(number):
            profile = Profile(f"k{each}", f"Customer {each:05}", owner=owner, value=each)
            who = customers.keep_profile(tx, profile, NOW)
            for again in range(times):
                told = Told(
                    f"{report.id}:{each}:{again}", Origin.FORM, "shop", "Slow", who.id, brought_by=BEN
                )
                issue = customer_issues.add(tx, told, NOW, state=Outcome.BUG, report=report.id)
                assert issue is not None
                found.append(issue.id)
    return found


def end(ctx: Context, report: Report, status: str = "Done", category: str = "done", **facts: object) -> None:
    """Let Jira say how far the issue of a report is."""
    with ctx.database.transaction() as tx:
        at = NOW + timedelta(seconds=int(str(facts.pop("second", 1))))
        told = IssueFacts("1", "SHOP-1", status, category, at, **facts)  # type: ignore[arg-type]
        tracking.follow(tx, ctx, report.id, told)


@pytest.fixture
def report(ctx: Context) -> Report:
    """Return a report with an issue."""
    found = filed(ctx, "one")
    with ctx.database.transaction() as tx:
        return reports.change(tx, reports.lock(tx, found.id), issue_key="SHOP-1")


def kept(ctx: Context) -> list[Loop]:
    """Return all that is kept, by customer issue."""
    with ctx.database.reading() as tx:
        rows = loop_lists.page(tx, Wanted(), THOUSANDS * 2)
        return [each.loop for each in rows]


def decided(ctx: Context, kind: str) -> list[dict[str, object]]:
    """Return the args of the effects of a kind that were decided."""
    with ctx.database.reading() as tx:
        return [dict(each.args) for each in effects.listed(tx, limit=1000) if each.kind == kind]


def test_of_two_who_tell_a_customer_one_does(ctx: Context, report: Report) -> None:
    """At the same instant, also where the customer told us in several ways: it is noted once."""
    issues = told_us(ctx, report, 1, times=3)
    end(ctx, report)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda each: loop_telling.say_told(ctx, [each], ANA, How.OTHERWISE), issues))
    assert sorted(told) == [0, 0, 3]
    with ctx.database.reading() as tx:
        assert {loops.find(tx, each).touches for each in issues} == {1}  # type: ignore[union-attr]


def test_two_processes_remind_once(ctx: Context, report: Report) -> None:
    """Both find the same loops due: each person is reminded of each once."""
    told_us(ctx, report, 20)
    end(ctx, report)
    with ctx.database.transaction() as tx:
        for each in loops.lock(tx, [each.customer_issue for each in loops.all_listed(tx)]).values():
            loops.change(tx, each, remind_at=NOW - timedelta(minutes=1))

    def remind(_: int) -> None:
        with ctx.database.transaction() as tx:
            loop_reminding._remind(tx, ctx, [ANA])  # as a tick does once it knows who ANA is

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(remind, range(4)))
    assert len(decided(ctx, "remind_of_loops")) == 1
    assert {each.reminders for each in kept(ctx)} == {1}


def test_considering_again_changes_nothing(ctx: Context, report: Report) -> None:
    """However often a report is looked at, its loops and messages stay as they are."""
    told_us(ctx, report, 3)
    end(ctx, report)
    before = kept(ctx)
    for second in (2, 3):
        end(ctx, report, priority="High" if second == 2 else "Low", second=second)
    with ctx.database.transaction() as tx:
        closing.consider(tx, ctx, reports.lock(tx, report.id))
    assert kept(ctx) == before
    assert len(decided(ctx, "post_loops")) == 1


def test_an_end_that_changes_is_told_anew(ctx: Context, report: Report) -> None:
    """Told that it is fixed, and then Jira says that it will not be: who was told hears of that."""
    issues = told_us(ctx, report, 2)
    end(ctx, report, resolution="Fixed")
    loop_telling.say_told(ctx, issues[:1], ANA)
    end(ctx, report, resolution="Won't Do", second=2)
    assert {each.state for each in kept(ctx)} == {State.TO_TELL}
    assert {each.ending for each in kept(ctx)} == {"wont_fix"}


def test_merged_customers_are_told_once(ctx: Context, report: Report) -> None:
    """Two entries turn out to be one customer: one answer is about both."""
    issues = told_us(ctx, report, 2)
    end(ctx, report)
    with ctx.database.reading() as tx:
        one, other = (customer_issues.get(tx, each).told.customer for each in issues)
    assert merging_customers.merge(ctx, str(one), str(other), None) is not None
    assert loop_telling.say_told(ctx, issues[:1], ANA) == 2


def test_who_was_erased_is_told_nothing(ctx: Context, report: Report) -> None:
    """Nobody is reminded of a customer whom nobody knows any more."""
    issues = told_us(ctx, report, 2)
    end(ctx, report)
    with ctx.database.reading() as tx:
        one = customer_issues.get(tx, issues[0]).told.customer
    erasing_customers.erase_customer(ctx, str(one), None)
    assert [each.customer_issue for each in kept(ctx)] == issues[1:]


def test_a_list_of_thousands_is_there_at_once(ctx: Context, report: Report) -> None:
    """Of 5,000 loops the list opens, by any filter and on any page, well within Slack's three seconds."""
    told_us(ctx, report, THOUSANDS)
    end(ctx, report)
    rows = kept(ctx)
    assert len(rows) == THOUSANDS
    middle = rows[THOUSANDS // 2]
    deep = ((middle.since.isoformat(), middle.customer_issue),)
    took = []
    for looked in (Looked("en"), Looked("es", whose="all", product="shop"), Looked("en", pages=deep)):
        began = time.perf_counter()
        view = shown(ctx, ANA, looked)
        took.append(time.perf_counter() - began)
        assert len([each for each in view["blocks"] if each.get("block_id", "").startswith("loop:")]) == 10
    assert max(took) < 1.5, took
    assert Counter(each.holder for each in rows) == {ANA: THOUSANDS}


def test_pages_leave_nothing_out(ctx: Context, report: Report) -> None:
    """Page by page every loop is there once, though all came at the same instant."""
    told_us(ctx, report, 35)
    end(ctx, report)
    seen: list[str] = []
    after = None
    with ctx.database.reading() as tx:
        while page := loop_lists.page(tx, Wanted(holder=ANA), 10, after):
            seen += [each.loop.customer_issue for each in page]
            last = page[-1].loop
            after = After(last.since, last.customer_issue)
    assert len(seen) == len(set(seen)) == 35


def test_a_lead_who_owns_it_is_told_once(ctx: Context, report: Report) -> None:
    """Who is both has one reminder, not one as each."""
    telling = replace(ctx.config.follow_up.telling, lead=ANA)
    follow_up = replace(ctx.config.follow_up, telling=telling)
    ctx = replace(ctx, config=replace(ctx.config, follow_up=follow_up))
    told_us(ctx, report, 1)
    end(ctx, report)
    with ctx.database.transaction() as tx:
        (loop,) = loops.lock(tx, [each.customer_issue for each in loops.all_listed(tx)]).values()
        loops.change(tx, loop, remind_at=NOW - timedelta(minutes=1), reminders=5)
        loop_reminding._remind(tx, ctx, [ANA])
    assert len(decided(ctx, "remind_of_loops")) == 1
