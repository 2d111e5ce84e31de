"""Promises looked at by the clock, on SQLite and PostgreSQL: each thing is told once, by however many.

No call to Slack or Jira is made here. Time is moved by hand.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.config import Admins, Config, Product
from domain.customer import Profile as CustomerProfile
from domain.happened import Happened
from domain.promise import Kind, Promise, Promises, by_kind
from domain.report import Brought, Draft, Impact, Report, Workaround
from domain.rotation import Kind as Turns
from domain.rotation import Rotation
from domain.rotation_changes import begin
from domain.rotation_profile import Profile, Service
from gateways.jira import Jira
from gateways.slack import Slack
from storage import customers, promises, reports, rotations
from storage.database import Database
from storage.tables import effects
from workflows import filing, grading, owning, promised, promising, questioning, settling
from workflows.context import Context

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
ELSA, HUGO, ANA = "U0ELSA", "U0HUGO", "U0ANA"
SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
WITHIN = Promises((Promise(response=2 * HOUR, resolution=6 * HOUR),
                   Promise(tiers=frozenset({"gold"}), response=HOUR)))  # fmt: skip


class Clock:
    """The business time, turned by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """Return what it is now."""
        return self.at


@pytest.fixture
def jira() -> Iterator[Jira]:
    """Yield a Jira that nobody calls."""
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at ten on a Monday."""
    return Clock()


@pytest.fixture
def ctx(database: Database, jira: Jira, clock: Clock) -> Iterator[Context]:
    """Yield a context in which Elsa is on duty, Hugo leads, and there are promises."""
    turns = Rotation((ELSA,), Turns.WEEKLY, 1, NOW.replace(tzinfo=None) - 2 * HOUR, "UTC")
    with database.transaction() as tx:
        profile = Profile("Shop", serves=(Service("shop"),), lead=HUGO)
        rotations.add_new(tx, "shop", profile, begin(turns))
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    config = Config(Admins("C0ADMINS"), (SHOP,), promises=WITHIN)
    made = Context(config, database, slack, jira, clock.now)
    yield made
    made.saves.finish()


def filed(ctx: Context, *known: str, nonce: str = "1") -> Report:
    """File a report of Ana's about known customers."""
    told = Happened("1. Pay", "One charge", "The card is charged twice")
    draft = Draft(
        nonce, ANA, "ana", "shop", None, Impact.BLOCKED, Workaround.NONE, told, "en", Brought(known)
    )
    filing.file_report(ctx, draft)
    with ctx.database.reading() as tx:
        found = reports.with_nonce(tx, nonce)
    assert found is not None
    return found


def told(ctx: Context) -> list[tuple[str, str, str]]:
    """Return what was decided to be told of promises: how, to whom, about which."""
    kinds = effects.c.kind.in_(("write_note", "post_line", "tell_promise_broken"))
    with ctx.database.reading() as tx:
        rows = tx.execute(select(effects.c.kind, effects.c.args).where(kinds).order_by(effects.c.id)).all()
    found = [(kind, args, args.get("values", args)) for kind, args in rows]
    return [
        (args.get("note") or args.get("line") or kind, args.get("to") or "", values["kind"])
        for kind, args, values in found
        if "kind" in values
    ]


def later(ctx: Context, clock: Clock, hours: float) -> list[tuple[str, str, str]]:
    """Let it be so long after ten, and the tick come; return all that was told so far."""
    clock.at = NOW + hours * HOUR
    promising.look(ctx)
    return told(ctx)


WARNED = [("promise_warned", ELSA, "response"), ("promise_warned", "", "response")]
BROKEN = ("promise_broken", HUGO, "response")


def test_who_has_it_is_warned_and_the_lead_told_once(ctx: Context, clock: Clock) -> None:
    """At 75 percent who is on duty is warned, and the thread; when it is over the lead is told, once each."""
    report = filed(ctx)
    assert later(ctx, clock, 1.49) == []
    assert later(ctx, clock, 1.5) == later(ctx, clock, 1.6) == WARNED
    assert later(ctx, clock, 1.99) == WARNED
    assert later(ctx, clock, 2) == later(ctx, clock, 2.5) == [*WARNED, BROKEN]
    with ctx.database.reading() as tx:
        assert reports.get(tx, report.id).version > report.version  # so that its card says so


def test_who_responds_in_time_is_told_nothing(ctx: Context, clock: Clock) -> None:
    """What is taken is owed a fix only; its owner is warned of that, whoever is on duty."""
    report = filed(ctx)
    clock.at = NOW + HOUR
    assert owning.take(ctx, report.id, "U0GRACE") is None
    assert later(ctx, clock, 4.4) == []
    assert later(ctx, clock, 4.5)[0] == ("promise_warned", "U0GRACE", "resolution")
    assert later(ctx, clock, 6)[2:] == [("promise_broken", HUGO, "resolution")]


def test_without_a_lead_admins_are_told(ctx: Context, clock: Clock) -> None:
    """A rotation without a lead has its broken promises told in the admins' channel."""
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, "shop")
        assert kept is not None
        rotations.change(tx, kept, profile=replace(kept.profile, lead=None))
    filed(ctx)
    assert later(ctx, clock, 2) == [("tell_promise_broken", "", "response")]


def test_time_of_waiting_for_the_reporter_does_not_count(ctx: Context, clock: Clock) -> None:
    """From the question to the answer the time to resolve stands still; then it goes on."""
    report = filed(ctx)
    assert questioning.ask(ctx, report.id, ELSA, nonce="q", text="Which card?") is None
    assert later(ctx, clock, 6.5) == []
    with ctx.database.transaction() as tx:
        question = tx.execute(select(effects.c.args).where(effects.c.kind == "post_question")).scalar_one()
    assert questioning.answer(ctx, question["question"], ANA, "Mine") is None
    assert due(ctx, report) == NOW + 28.5 * HOUR  # half an hour of this day is left, and 5.5 of the next
    assert later(ctx, clock, 26.9) == []
    assert later(ctx, clock, 27)[0][2] == "resolution"


def due(ctx: Context, report: Report, kind: Kind = Kind.RESOLUTION) -> datetime | None:
    """Return when a report has to be resolved, or responded to."""
    with ctx.database.reading() as tx:
        return by_kind(promised.standing(tx, ctx, reports.get(tx, report.id)))[kind].due


def test_what_is_closed_is_left_alone_until_it_is_reopened(ctx: Context, clock: Clock) -> None:
    """Nothing is told of a closed report; opened again it has the time that was left."""
    report = filed(ctx)
    clock.at = NOW + HOUR
    assert settling.close_as_no_bug(ctx, report.id, ELSA, reason="By design") is None
    assert later(ctx, clock, 48) == []
    with ctx.database.reading() as tx:
        assert promises.due(tx, clock.at + timedelta(days=999), 10) == []
    assert settling.reopen(ctx, report.id, ELSA) is None
    assert due(ctx, report) == NOW + 53 * HOUR
    assert later(ctx, clock, 53)[-1] == ("promise_broken", HUGO, "resolution")


def test_a_customer_of_a_stricter_tier_is_judged_from_the_filing(ctx: Context, clock: Clock) -> None:
    """Brought later, or of a tier that is set later, a customer makes it due sooner."""
    with ctx.database.transaction() as tx:
        (gold,) = customers.keep(tx, ["Lumen"])
        customers.change(tx, CustomerProfile("lumen", "Lumen", gold.id, "gold"), NOW)
    report = filed(ctx)
    assert due(ctx, report, Kind.RESPONSE) == NOW + 2 * HOUR
    assert later(ctx, clock, 0.9) == []
    with ctx.database.transaction() as tx:
        locked = reports.lock(tx, report.id)
        customers.add_to(tx, report.id, [gold], brought_by=ANA, now=clock.at)
        grading.with_customers(tx, ctx, locked, 1)
    assert due(ctx, report, Kind.RESPONSE) == NOW + HOUR
    assert later(ctx, clock, 0.95) == WARNED
    assert later(ctx, clock, 1)[2:] == [BROKEN]


def test_reports_from_before_are_taken_up_quietly(ctx: Context, clock: Clock) -> None:
    """What was late before anything was promised is told to nobody; what is not yet late is watched."""
    before = replace(ctx, config=replace(ctx.config, promises=Promises()))
    filed(before)
    clock.at = NOW + 3 * HOUR
    promising.look(ctx)
    promising.take_up(ctx)
    promising.take_up(ctx)
    assert later(ctx, clock, 3) == []
    assert later(ctx, clock, 4.5)[0] == ("promise_warned", ELSA, "resolution")
    assert later(ctx, clock, 6)[2:] == [("promise_broken", HUGO, "resolution")]


def test_without_promises_nothing_is_kept(ctx: Context, clock: Clock) -> None:
    """A team that promises nothing has no rows and no work."""
    ctx = replace(ctx, config=replace(ctx.config, promises=Promises()))
    filed(ctx)
    promising.take_up(ctx)
    assert later(ctx, clock, 100) == []
    with ctx.database.reading() as tx:
        assert promises.due(tx, clock.at, 10) == []


def test_replicas_tell_once(ctx: Context, clock: Clock) -> None:
    """Several ticks at one instant tell each thing once."""
    for number in range(5):
        filed(ctx, nonce=str(number))
    begin_together = threading.Barrier(4)

    def tick(_: Any) -> None:
        begin_together.wait()
        promising.look(ctx)

    for hours in (1.5, 2.0):
        clock.at = NOW + hours * HOUR
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(tick, range(4)))
    found = told(ctx)
    assert sorted(found) == sorted([*WARNED, BROKEN] * 5)
