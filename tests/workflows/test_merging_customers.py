"""Customers merged into others, on SQLite and PostgreSQL: nothing is lost, whatever the order."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from domain.customer import Profile
from storage import audit, customer_issues, customer_posts, customers
from storage.audit import About, Deed
from storage.customer_posts import Form
from storage.database import Database
from storage.effects import listed
from tests.workflows import told
from tests.workflows.told import ANA, HUGO, NOW, customer, filed, hanging_on, taken_in
from workflows.context import Context
from workflows.merging_customers import merge


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody."""
    with told.context(database) as made:
        yield made


def keep(ctx: Context, **values: object) -> Profile:
    """Keep a customer of the directory."""
    with ctx.database.transaction() as tx:
        return customers.keep_profile(tx, Profile(**values), NOW)  # type: ignore[arg-type]


def profile(ctx: Context, customer: str) -> Profile | None:
    """Return what a customer is now."""
    with ctx.database.reading() as tx:
        return customers.profile(tx, customer)


def count(ctx: Context, customer: str) -> int:
    """Return how many customer issues a customer has."""
    with ctx.database.reading() as tx:
        return len(customer_issues.of_customer(tx, customer))


def test_all_that_hangs_on_a_customer_is_the_others(ctx: Context) -> None:
    """Customer issues and reports move, a report about both is about one; every message shown is edited."""
    small, large = customer(ctx, "Lumen"), customer(ctx, "Lumen Retail")
    issue = taken_in(ctx, "a", customer=small)
    taken_in(ctx, "b", customer=large)
    both, one = filed(ctx, "r1", small, large), filed(ctx, "r2", small)
    with ctx.database.transaction() as tx:
        customer_posts.add(
            tx, customer_issue=issue.id, form=Form.CARD, audience="C1", channel="C1", ts="1.1", version=1
        )
    before = count(ctx, small) + count(ctx, large)
    merged = merge(ctx, small, large, HUGO)
    assert merged is not None
    assert (merged.into, merged.reports) == (large, 2)
    assert (count(ctx, small), count(ctx, large)) == (0, before)
    with ctx.database.reading() as tx:
        for report in (both, one):
            assert [each.id for each in customers.of_report(tx, report.id)] == [large]
        assert [each.id for each in customers.matching(tx, "lumen")] == [large]
        assert [each.kind for each in listed(tx) if each.kind == "edit_customer_issue"] == [
            "edit_customer_issue"
        ]
        noted = [each for who in (small, large) for each in audit.of(tx, About.CUSTOMER, who)]
    assert told.report_now(ctx, both).customers == 1
    assert len(hanging_on(ctx, both)) == 2
    assert [(each.who, each.deed) for each in noted] == [(HUGO, Deed.MERGED)] * 2


def test_what_still_names_it_means_the_other(ctx: Context) -> None:
    """A form opened before, its name as reps type it, and its key: all lead to the one that is left."""
    lumen = keep(ctx, key="A1", name="Lumen", tier="enterprise", fields={"seats": "5"})
    typed = customer(ctx, "Lumen Retail")
    assert merge(ctx, lumen.id, typed, None) is not None
    left = profile(ctx, typed)
    assert left == Profile("A1", "Lumen Retail", typed, tier="enterprise", fields={"seats": "5"})
    assert profile(ctx, lumen.id) == left
    with ctx.database.transaction() as tx:
        assert customers.with_key(tx, "A1") == left
        assert [each.id for each in customers.keep(tx, ["lumen"])] == [typed]
    assert taken_in(ctx, "late", customer=lumen.id).told.customer == typed
    assert [each.told.customer for each in hanging_on(ctx, filed(ctx, "late", lumen.id))] == [typed]


def test_merging_in_a_ring_leaves_one(ctx: Context) -> None:
    """Again, back, or round: there is nothing more to merge, and all lead to the one that is left."""
    a, b, c = (customer(ctx, name) for name in ("A", "B", "C"))
    taken_in(ctx, "a", customer=a)
    assert merge(ctx, a, b, None) is not None
    assert merge(ctx, a, b, None) is None
    assert merge(ctx, b, a, None) is None
    assert merge(ctx, b, c, None) is not None
    assert merge(ctx, c, a, None) is None
    assert merge(ctx, a, "nobody", None) is None
    for each in (a, b, c):
        found = profile(ctx, each)
        assert found is not None
        assert found.id == c
    assert count(ctx, c) == 1


def test_two_who_merge_at_once_leave_one(ctx: Context) -> None:
    """One merges A into B while another merges B into A: one of them did, and nothing is lost."""
    a, b = customer(ctx, "A"), customer(ctx, "B")
    taken_in(ctx, "a", customer=a)
    taken_in(ctx, "b", customer=b)
    start = threading.Barrier(2)

    def do(pair: tuple[str, str]) -> bool:
        start.wait()
        return merge(ctx, *pair, ANA) is not None

    with ThreadPoolExecutor(2) as people:
        done = list(people.map(do, [(a, b), (b, a)]))
    assert sorted(done) == [False, True]
    assert sorted((count(ctx, a), count(ctx, b))) == [0, 2]


def test_what_comes_in_while_it_is_merged_is_the_others_too(ctx: Context) -> None:
    """Customer issues that are passed on in the same moment are lost to nobody."""
    a, b = customer(ctx, "A"), customer(ctx, "B")
    start = threading.Barrier(3)

    def tell(nonce: str) -> None:
        start.wait()
        for number in range(10):
            taken_in(ctx, f"{nonce}{number}", customer=a)

    def do() -> None:
        start.wait()
        assert merge(ctx, a, b, ANA) is not None

    with ThreadPoolExecutor(3) as people:
        for each in [people.submit(tell, "x"), people.submit(tell, "y"), people.submit(do)]:
            each.result()
    assert (count(ctx, a), count(ctx, b)) == (0, 20)


def test_a_customer_keeps_its_own(ctx: Context) -> None:
    """What both have is as the one that stays has it."""
    one = keep(ctx, key="1", name="One", tier="starter", channel="C1", fields={"a": "1"})
    two = keep(ctx, key="2", name="Two", tier="enterprise", fields={"a": "2", "b": "2"})
    merge(ctx, one.id, two.id, None)
    assert profile(ctx, one.id) == replace(two, channel="C1")
