"""Settling customer issues at the same instant and twice, on SQLite and PostgreSQL: each is settled once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.customer_issue import State
from domain.settling import Refusal, Why
from storage import audit, feedback_tags
from storage.database import Database
from tests.workflows.told import ANA, HUGO, IRIS, context, now, taken_in
from workflows import customer_settling
from workflows.context import Context


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody."""
    with context(database) as made:
        yield made


def tags(ctx: Context, typed: str = "") -> list[tuple[str, int]]:
    """Return the tags of the shop's feedback with how often each was given."""
    with ctx.database.reading() as tx:
        return feedback_tags.counts(tx, "shop", typed)


def test_the_first_of_two_who_settle_it_decides(ctx: Context) -> None:
    """Two people settle one customer issue at the same instant: the second is told who was first, and how."""
    issue = taken_in(ctx)
    deeds: tuple[Callable[[], Refusal | None], ...] = (
        lambda: customer_settling.say_answered(ctx, issue.id, IRIS, note="Try the new one"),
        lambda: customer_settling.say_not_ours(ctx, issue.id, HUGO, reason="It is the bank's"),
    )
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda deed: deed(), deeds))
    settled = now(ctx, issue)
    assert sorted(each is None for each in told) == [False, True]
    (refused,) = [each for each in told if each is not None]
    assert refused == Refusal(Why.SETTLED, settled.settled_by, settled.state)
    assert settled.version == 2


def test_settling_it_twice_changes_nothing(ctx: Context) -> None:
    """The same press again, by the same person with the same words, is no second decision and no refusal."""
    issue = taken_in(ctx)
    for _ in range(2):
        assert customer_settling.say_answered(ctx, issue.id, IRIS, note="Try the new one") is None
    settled = now(ctx, issue)
    assert (settled.state, settled.settled_by, settled.version) == (State.ANSWERED, IRIS, 2)
    assert settled.settled_note == "Try the new one"


def test_the_audit_says_who_decided_what(ctx: Context) -> None:
    """Each decision is noted with who made it and what it was before; a press that changes nothing is not."""
    issue = taken_in(ctx, brought_by=ANA)
    for _ in range(2):
        assert customer_settling.say_answered(ctx, issue.id, IRIS, note="") is None
    assert customer_settling.reopen(ctx, issue.id, HUGO) is None
    with ctx.database.reading() as tx:
        noted = audit.of(tx, audit.About.CUSTOMER_ISSUE, issue.id)
    assert [(each.deed, each.who, each.details.get("state")) for each in noted] == [
        (audit.Deed.ADDED, ANA, None),
        (audit.Deed.CHANGED, IRIS, "answered"),
        (audit.Deed.CHANGED, HUGO, "new"),
    ]


def test_feedback_is_counted_by_its_tags(ctx: Context) -> None:
    """Tags are kept with what they are on, count once for each, change with it and go when it is opened."""
    one, other = taken_in(ctx, "1"), taken_in(ctx, "2")
    assert customer_settling.keep_as_feedback(ctx, one.id, IRIS, tags=("speed", "search")) is None
    assert customer_settling.keep_as_feedback(ctx, other.id, IRIS, tags=("speed",)) is None
    assert tags(ctx) == [("speed", 2), ("search", 1)]
    assert tags(ctx, "sea") == [("search", 1)]
    assert customer_settling.keep_as_feedback(ctx, other.id, HUGO, tags=("search",)) is None
    assert tags(ctx) == [("search", 2), ("speed", 1)]
    changed = now(ctx, other)
    assert (changed.settled_by, changed.told.tags) == (IRIS, ("search",))
    assert customer_settling.reopen(ctx, other.id, HUGO) is None
    assert customer_settling.reopen(ctx, other.id, HUGO) == Refusal(Why.OPEN)
    assert tags(ctx) == [("search", 1), ("speed", 1)]
    assert now(ctx, other).is_open


def test_what_satisfied_little_is_counted_from_the_start(ctx: Context) -> None:
    """A low score makes it feedback by rule, with the tags it came with, tidied; nobody settled it."""
    issue = taken_in(ctx, satisfaction=40, tags=("#Dark  Mode", "dark mode"))
    assert (issue.state, issue.settled_by) == (State.FEEDBACK, None)
    assert tags(ctx) == [("dark mode", 1)]
    refused = customer_settling.say_answered(ctx, issue.id, IRIS, note="")
    assert refused == Refusal(Why.SETTLED, None, State.FEEDBACK)
