"""Taking in what customers say, at the same instant and twice, on SQLite and PostgreSQL: it is kept once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.customer_issue import CustomerIssue, Origin, Told
from storage import customer_issues, effects
from storage.database import Database
from tests.workflows.told import ANA, BEN, context, now
from workflows import passing_on
from workflows.context import Context


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody."""
    with context(database) as made:
        yield made


def message(by: str, text: str = "Too slow") -> Told:
    """Return what somebody passes on from one message of a customer's channel."""
    place = {"channel": "C0LUMEN", "ts": "1.000100"}
    return Told("message:C0LUMEN:1.000100", Origin.MESSAGE, "shop", text, brought_by=by, **place)


def kept(ctx: Context) -> CustomerIssue | None:
    """Return what was made of that message."""
    with ctx.database.reading() as tx:
        return customer_issues.from_message(tx, "C0LUMEN", "1.000100")


def decided(ctx: Context) -> list[str]:
    """Return the kinds of effects that were decided, in order."""
    with ctx.database.reading() as tx:
        return sorted(each.kind for each in effects.listed(tx))


def test_of_two_who_pass_on_a_message_one_is_told_of_the_other(ctx: Context) -> None:
    """At the same instant: one customer issue, one card, one receipt, and the second learns who was first."""
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda who: passing_on.pass_on(ctx, message(who), "Lumen"), (ANA, BEN)))
    first = kept(ctx)
    assert first is not None
    assert sorted(each is None for each in told) == [False, True]
    assert [each.id for each in told if each] == [first.id]
    assert decided(ctx) == ["post_customer_issue", "post_customer_receipt"]
    with ctx.database.reading() as tx:
        assert len(customer_issues.of_customer(tx, first.told.customer or "")) == 1


def test_who_presses_twice_is_told_nothing(ctx: Context) -> None:
    """The same form again changes nothing; with other words it is a second passing on, and told as such."""
    assert passing_on.pass_on(ctx, message(ANA)) is None
    assert passing_on.pass_on(ctx, message(ANA)) is None
    first = kept(ctx)
    assert first is not None
    again = passing_on.pass_on(ctx, message(ANA, "Much too slow"))
    assert again is not None
    assert (again.id, now(ctx, first).told.quote) == (first.id, "Too slow")


def test_a_message_is_known_by_its_channels_new_id(ctx: Context) -> None:
    """A channel whose id Slack changed, as when it is shared, still tells which message was passed on."""
    assert passing_on.pass_on(ctx, message(ANA)) is None
    with ctx.database.transaction() as tx:
        customer_issues.follow(tx, "C0LUMEN", "C0NEW")
        first = customer_issues.from_message(tx, "C0NEW", "1.000100")
    assert first is not None
    assert kept(ctx) is None
