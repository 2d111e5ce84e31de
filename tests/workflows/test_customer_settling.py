"""Settling customer issues at the same instant and twice, on SQLite and PostgreSQL: each is settled once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from domain.config import Admins, Config, Product
from domain.customer_config import CustomerRules
from domain.customer_issue import CustomerIssue, Origin, State, Told
from domain.settling import Refusal, Why
from gateways.jira import Jira
from gateways.slack import Slack
from storage import customer_issues, feedback_tags
from storage.database import Database
from workflows import customer_settling, passing_on
from workflows.context import Context

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
IRIS, HUGO = "U0IRIS", "U0HUGO"


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody."""
    config = Config(Admins("C0ADMINS"), (SHOP,), customers=CustomerRules(low_satisfaction=40))
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
        yield Context(config, database, slack, jira, lambda: NOW)


def taken_in(ctx: Context, nonce: str = "n", **told: object) -> CustomerIssue:
    """Take a customer issue in."""
    with ctx.database.transaction() as tx:
        issue = passing_on.take_in(tx, ctx, Told(nonce, Origin.FORM, "shop", "Too slow", **told))  # type: ignore[arg-type]
    assert issue is not None
    return issue


def now(ctx: Context, issue: CustomerIssue) -> CustomerIssue:
    """Return a customer issue as it is now."""
    with ctx.database.reading() as tx:
        return customer_issues.get(tx, issue.id)


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
