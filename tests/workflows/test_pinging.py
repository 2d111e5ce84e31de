"""Pings at the same instant and twice, on SQLite and PostgreSQL: each deed is done once.

The deeds only decide; no call to Slack or Jira is made here. Time is moved by hand.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.config import Admins, Config, Product
from domain.escalation import End, Ping
from domain.happened import Happened
from domain.report import Draft, Impact, Report, Workaround
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from domain.rotation_profile import Profile, Service
from gateways.jira import Jira
from gateways.slack import Slack
from storage import pings, reports, rotations
from storage.database import Database
from storage.tables import effects
from workflows import acknowledging, escalating, filing, owning, settling, snoozing
from workflows.context import Context

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
LASTS = 4 * HOUR  # of an acknowledgement, for a bug that blocks and has no workaround
ELSA, DIEGO, ANA, GRACE = "U0ELSA", "U0DIEGO", "U0ANA", "U0GRACE"
SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
ALARMS = {each.name: each.record for each in (*acknowledging.EFFECTS, *snoozing.EFFECTS)}


@pytest.fixture
def jira() -> Iterator[Jira]:
    """Yield a Jira that nobody calls."""
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as made:
        yield made


@pytest.fixture
def ctx(database: Database, jira: Jira) -> Iterator[Context]:
    """Yield a context with a rotation in which Elsa has this week, and Diego the next."""
    turns = Rotation((ELSA, DIEGO), Kind.WEEKLY, 1, NOW.replace(tzinfo=None) - 2 * HOUR, "UTC")
    with database.transaction() as tx:
        rotations.add_new(tx, "shop", Profile("Shop", serves=(Service("shop"),)), begin(turns))
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    made = Context(Config(Admins("C0ADMINS"), (SHOP,)), database, slack, jira, lambda: NOW)
    yield made
    made.saves.finish()


@pytest.fixture
def report(ctx: Context) -> Report:
    """Return a report of Ana's, of which Elsa was pinged."""
    happened = Happened("Pay", "Once", "The card is charged twice")
    draft = Draft("N1", ANA, "ana", "shop", None, Impact.BLOCKED, Workaround.NONE, happened, "en")
    assert filing.file_report(ctx, draft)
    with ctx.database.transaction() as tx:
        made = reports.with_nonce(tx, "N1")
        assert made is not None
        pinged = pings.get(tx, made.id, 1)
        pings.posted(tx, pinged, at=NOW, zone="UTC", due_at=NOW + HOUR, after_hours=False)
    return made


def later(ctx: Context, by: timedelta) -> Context:
    """Return the context so much later."""
    return replace(ctx, now=lambda: NOW + by)


def ring(ctx: Context, name: str, report: Report, number: int = 1) -> None:
    """Let an alarm ring about a ping."""
    heard = ALARMS[name]
    assert heard is not None
    with ctx.database.transaction() as tx:
        heard(tx, ctx, {"report": report.id, "number": number}, None)


def all_pings(ctx: Context, report: Report) -> list[Ping]:
    """Return the pings of the only round or the last one."""
    with ctx.database.reading() as tx:
        return pings.of_round(tx, report.id)


def count(ctx: Context, kind: str) -> int:
    """Return how many effects of a kind were decided."""
    with ctx.database.reading() as tx:
        query = select(func.count()).select_from(effects).where(effects.c.kind == kind)
        return int(tx.execute(query).scalar_one())


def at_once(*deeds: Callable[[], object]) -> None:
    """Do things in threads that begin together."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> None:
        start.wait()
        deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        for done in [pool.submit(do, deed) for deed in deeds]:
            done.result(timeout=30)


def test_a_double_press_snoozes_once(ctx: Context, report: Report) -> None:
    """Two presses at once say it once and set one alarm."""
    press = lambda: snoozing.snooze(ctx, report.id, 1, ELSA, until=NOW + HOUR)  # noqa: E731
    at_once(press, press)
    assert count(ctx, "end_snooze") == count(ctx, "post_line") == 1
    assert snoozing.look(ctx, report.id, 1, ELSA).until == NOW + HOUR


def test_a_snooze_comes_back_once(ctx: Context, report: Report) -> None:
    """Two replicas hear the alarm at once: one new round begins, with who is on duty then."""
    snoozing.snooze(ctx, report.id, 1, ELSA, until=NOW + HOUR)
    too_soon = later(ctx, timedelta(minutes=59))
    ring(too_soon, "end_snooze", report)
    assert [each.number for each in all_pings(ctx, report)] == [1]
    due = later(ctx, timedelta(days=7))
    at_once(lambda: ring(due, "end_snooze", report), lambda: ring(due, "end_snooze", report))
    assert [(each.number, each.step, each.member) for each in all_pings(ctx, report)] == [(2, 1, DIEGO)]
    assert count(ctx, "ping_member") == 2


def test_only_whose_it_is_snoozes_and_only_ahead(ctx: Context, report: Report) -> None:
    """Somebody else's press, one on an older ping and one for a time that has passed change nothing."""
    snoozing.snooze(ctx, report.id, 1, GRACE, until=NOW + HOUR)
    snoozing.snooze(ctx, report.id, 2, ELSA, until=NOW + HOUR)
    snoozing.snooze(ctx, report.id, 1, ELSA, until=NOW)
    assert count(ctx, "end_snooze") == 0
    assert snoozing.look(ctx, report.id, 1, GRACE).holder == ELSA


def test_a_longer_snooze_counts(ctx: Context, report: Report) -> None:
    """Snoozed again for longer, it does not come back at the earlier time."""
    for hours in (1, 3):
        snoozing.snooze(ctx, report.id, 1, ELSA, until=NOW + hours * HOUR)
    ring(later(ctx, 2 * HOUR), "end_snooze", report)
    assert len(all_pings(ctx, report)) == 1
    ring(later(ctx, 3 * HOUR), "end_snooze", report)
    assert all_pings(ctx, report)[0].number == 2


@pytest.mark.parametrize("name", ["end_snooze", "lapse"])
def test_what_was_taken_or_passed_on_rests(ctx: Context, report: Report, name: str) -> None:
    """An alarm about what is no longer so does nothing."""
    acknowledging.acknowledge(ctx, report.id, ELSA)
    snoozing.snooze(ctx, report.id, 1, ELSA, until=NOW + HOUR)
    owning.take(ctx, report.id, ELSA)
    ring(later(ctx, timedelta(days=7)), name, report)
    assert len(all_pings(ctx, report)) == 1


def test_closed_while_snoozed_and_opened_again(ctx: Context, report: Report) -> None:
    """A snooze that ended meanwhile ends when it is opened again: nothing is left waiting for nobody."""
    snoozing.snooze(ctx, report.id, 1, ELSA, until=NOW + HOUR)
    assert settling.close_as_no_bug(ctx, report.id, GRACE, reason="Meant so") is None
    after = later(ctx, 2 * HOUR)
    ring(after, "end_snooze", report)
    assert settling.reopen(after, report.id, GRACE) is None
    assert count(ctx, "end_snooze") == 2
    ring(after, "end_snooze", report)
    assert [each.member for each in all_pings(ctx, report)] == [ELSA]
    assert all_pings(ctx, report)[0].number == 2


def test_two_acknowledge_at_once(ctx: Context, report: Report) -> None:
    """The first one counts, and its time runs once."""
    at_once(
        lambda: acknowledging.acknowledge(ctx, report.id, ELSA),
        lambda: acknowledging.acknowledge(ctx, report.id, GRACE),
    )
    assert count(ctx, "lapse") == 1
    assert all_pings(ctx, report)[0].lapses_at == NOW + LASTS


def test_an_acknowledgement_lapses_once_for_each(ctx: Context, report: Report) -> None:
    """Two replicas hear it at once: asked once more; the second time the next in line is asked."""
    acknowledging.acknowledge(ctx, report.id, ELSA)
    due = later(ctx, LASTS)
    at_once(lambda: ring(due, "lapse", report), lambda: ring(due, "lapse", report))
    assert [(each.member, each.end) for each in all_pings(ctx, report)] == [(ELSA, End.LAPSED), (ELSA, None)]
    acknowledging.acknowledge(due, report.id, ELSA)
    ring(later(ctx, timedelta(days=2)), "lapse", report, 2)
    assert [each.member for each in all_pings(ctx, report)] == [ELSA, ELSA, DIEGO]
    with ctx.database.reading() as tx:
        now = reports.get(tx, report.id)
    assert (now.acknowledged_by, now.on_duty) == (None, DIEGO)


def test_what_happens_prolongs_it(ctx: Context, report: Report) -> None:
    """A sign of life moves the time on; the alarm that rings before looks again then."""
    acknowledging.acknowledge(ctx, report.id, ELSA)
    soon = later(ctx, 3 * HOUR)
    with ctx.database.transaction() as tx:
        acknowledging.happened(tx, soon, reports.lock(tx, report.id))
    ring(later(ctx, LASTS), "lapse", report)
    assert len(all_pings(ctx, report)) == 1
    assert count(ctx, "lapse") == 2
    ring(later(ctx, 3 * HOUR + LASTS - timedelta(minutes=1)), "lapse", report)
    assert len(all_pings(ctx, report)) == 1
    ring(later(ctx, 3 * HOUR + LASTS), "lapse", report)
    assert [each.end for each in all_pings(ctx, report)] == [End.LAPSED, None]


def test_passed_on_while_snoozed(ctx: Context, report: Report) -> None:
    """Who is asked then is not bound by the snooze of the one before."""
    snoozing.snooze(ctx, report.id, 1, ELSA, until=NOW + HOUR)
    escalating.pass_on(ctx, report.id, 1, ELSA)
    ring(later(ctx, HOUR), "end_snooze", report)
    assert [each.member for each in all_pings(ctx, report)] == [ELSA, DIEGO]
