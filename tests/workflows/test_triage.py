"""Triage at the same instant and twice, on SQLite and PostgreSQL: each deed is done once.

The deeds only decide; no call to Slack or Jira is made here.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from domain.config import Admins, Config, Product, Roles, RotationEntry
from domain.happened import Happened
from domain.report import Draft, Impact, Report, Workaround
from domain.rotation import Kind, Rotation
from domain.rotation_profile import Profile
from domain.triage import Original, Refusal, State, Why
from gateways.jira import Jira
from gateways.slack import Slack
from storage import customers, jira_accounts, pings, questions, reports, user_groups
from storage.database import Database
from storage.effects import EffectRow, listed
from storage.tables import effects
from workflows import grading, jira_linking, owning, questioning, settling
from workflows.context import Context
from workflows.duplicate_choices import choices
from workflows.rotating import keep_new_rotations
from workflows.user_groups import members_changed

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SHOP = Product("shop", "Shop", "SHOP", "C0SHOPBUGS")
SERVED = replace(SHOP, rotation="shop-bugs")
LATER = datetime(2027, 7, 5, 10)  # noqa: DTZ001 - a rotation's start is local
BY_RULE = "severity_by_rule"
GRACE, HUGO, ANA = "U0GRACE", "U0HUGO", "U0ANA"


def context(database: Database, jira: Jira, config: Config) -> Context:
    """Return a context whose gateways reach nobody."""
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    return Context(config, database, slack, jira, lambda: NOW)


@pytest.fixture
def jira() -> Iterator[Jira]:
    """Yield a Jira that nobody calls."""
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as made:
        yield made


@pytest.fixture
def ctx(database: Database, jira: Jira) -> Context:
    """Return a context in which everybody may triage."""
    return context(database, jira, Config(Admins("C0ADMINS"), (SHOP,)))


def filed(ctx: Context, actual: str = "The card is charged twice", key: str | None = None) -> Report:
    """Keep a report of Ana's."""
    happened = Happened("Pay", "Once", actual)
    nonce = f"{actual}{key}"
    draft = Draft(nonce, ANA, "ana", "shop", None, Impact.BLOCKED, Workaround.NONE, happened, "en")
    with ctx.database.transaction() as tx:
        made = reports.add(
            tx, draft, severity="high", reasons={}, customers=0, on_duty="U0ELSA", now=NOW, issue_key=key
        )
    assert made is not None
    return made


def now(ctx: Context, report: Report) -> Report:
    """Return a report as it is now."""
    with ctx.database.reading() as tx:
        return reports.get(tx, report.id)


def count(ctx: Context, kind: str) -> int:
    """Return how many effects of a kind were decided."""
    with ctx.database.reading() as tx:
        query = select(func.count()).select_from(effects).where(effects.c.kind == kind)
        return int(tx.execute(query).scalar_one())


def decided(ctx: Context, kind: str) -> list[EffectRow]:
    """Return the effects of a kind that were decided, oldest first."""
    with ctx.database.reading() as tx:
        return [each for each in reversed(listed(tx)) if each.kind == kind]


def lukewarm(ctx: Context) -> tuple[Report, Report]:
    """Keep a report of medium severity without customers, and one of the same bug with ten."""
    original, duplicate = filed(ctx, "One", "SHOP-1"), filed(ctx, "Two")
    with ctx.database.transaction() as tx:
        original = reports.change(tx, original, severity="medium", workaround=Workaround.USED)
        ten = customers.keep(tx, [f"Customer {number}" for number in range(10)])
        number = customers.add_to(tx, duplicate.id, ten, brought_by=ANA, now=NOW)
        reports.change(tx, duplicate, customers=number)
    return original, duplicate


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do things in threads that begin together; return what came of each."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result(timeout=30) for done in [pool.submit(do, deed) for deed in deeds]]


def test_one_of_two_takes_it(ctx: Context) -> None:
    """Two people take a report at once: one owns it, the other learns who, one assignment is decided."""
    report = filed(ctx)
    done = at_once(lambda: owning.take(ctx, report.id, GRACE), lambda: owning.take(ctx, report.id, HUGO))
    owner = now(ctx, report).taken_by
    assert sorted(done, key=str) == sorted([None, Refusal(Why.TAKEN, by=owner)], key=str)
    assert count(ctx, "assign_issue") == count(ctx, "post_line") == 1
    assert owner is not None
    assert owning.take(ctx, report.id, owner) is None
    assert count(ctx, "assign_issue") == 1


def test_assigning_to_the_owner_changes_nothing(ctx: Context) -> None:
    """A form submitted twice assigns once; to somebody else it assigns again."""
    report = filed(ctx)
    for _ in range(2):
        assert owning.assign(ctx, report.id, HUGO, to=GRACE) is None
    assert count(ctx, "assign_issue") == count(ctx, "write_note") == 1
    assert owning.assign(ctx, report.id, GRACE, to=HUGO) is None
    assert (now(ctx, report).taken_by, count(ctx, "assign_issue")) == (HUGO, 2)


def test_a_severity_set_twice_is_set_once(ctx: Context) -> None:
    """The same severity for the same reason says nothing new; another reason does."""
    report = filed(ctx)
    for _ in range(2):
        assert grading.set_severity(ctx, report.id, HUGO, key="low", reason="Rare") is None
    assert count(ctx, "post_line") == count(ctx, "comment_issue") == count(ctx, "set_priority") == 1
    assert grading.set_severity(ctx, report.id, HUGO, key="low", reason="Rare, and old") is None
    triage = now(ctx, report).triage
    assert (triage.severity_by, triage.severity_reason) == (HUGO, "Rare, and old")


def test_one_of_two_closes_it(ctx: Context) -> None:
    """Closed by two people at once, a report has one reason, and the reporter is told once."""
    report = filed(ctx)
    done = at_once(
        lambda: settling.close_as_no_bug(ctx, report.id, GRACE, reason="Meant so"),
        lambda: settling.close_as_no_bug(ctx, report.id, HUGO, reason="Not promised"),
    )
    closed_by = now(ctx, report).triage.closed_by
    assert sorted(done, key=str) == sorted([None, Refusal(Why.CLOSED, by=closed_by)], key=str)
    assert count(ctx, "write_note") == count(ctx, "move_issue") == 1


def test_two_reports_are_not_each_other_s_duplicates(ctx: Context) -> None:
    """Each is called a duplicate of the other at once: one is closed, the other stays open."""
    one, two = filed(ctx, "One"), filed(ctx, "Two")
    done = at_once(
        lambda: settling.close_as_duplicate(ctx, one.id, GRACE, of=Original(two.id, None)),
        lambda: settling.close_as_duplicate(ctx, two.id, HUGO, of=Original(one.id, None)),
    )
    assert Refusal(Why.OWN_DUPLICATE) in done
    states = {now(ctx, each).triage.state for each in (one, two)}
    assert states == {State.OPEN, State.DUPLICATE}


def test_a_duplicate_of_a_duplicate_leads_to_the_original(ctx: Context) -> None:
    """What is called a duplicate of a duplicate is one of its original; a report of itself is refused."""
    one, two, three = filed(ctx, "One", "SHOP-1"), filed(ctx, "Two"), filed(ctx, "Three")
    assert settling.close_as_duplicate(ctx, two.id, HUGO, of=Original(one.id, None)) is None
    assert settling.close_as_duplicate(ctx, three.id, HUGO, of=Original(two.id, None)) is None
    triage = now(ctx, three).triage
    assert (triage.duplicate_of, triage.duplicate_key) == (one.id, "SHOP-1")
    own = settling.close_as_duplicate(ctx, one.id, HUGO, of=Original(three.id, None))
    assert own == Refusal(Why.OWN_DUPLICATE)


def test_customers_move_and_come_back(ctx: Context) -> None:
    """A duplicate's customers count on the original, each once; opened again it has its own."""
    original, duplicate = filed(ctx, "One"), filed(ctx, "Two")
    with ctx.database.transaction() as tx:
        lumen, acme = customers.keep(tx, ["Lumen"]), customers.keep(tx, ["Acme"])
        for report, theirs in ((original, lumen), (duplicate, [*lumen, *acme])):
            number = customers.add_to(tx, report.id, theirs, brought_by=ANA, now=NOW)
            reports.change(tx, report, customers=number)
    settling.close_as_duplicate(ctx, duplicate.id, HUGO, of=Original(original.id, None))
    assert names(ctx, original) == ["Acme", "Lumen"]
    assert (names(ctx, duplicate), now(ctx, original).customers, now(ctx, duplicate).customers) == ([], 2, 0)
    assert settling.reopen(ctx, duplicate.id, HUGO) is None
    assert settling.reopen(ctx, duplicate.id, HUGO) == Refusal(Why.NOT_CLOSED)
    assert (names(ctx, original), names(ctx, duplicate)) == (["Lumen"], ["Acme", "Lumen"])
    assert (now(ctx, original).customers, now(ctx, duplicate).customers) == (1, 2)


def test_moved_customers_judge_the_severity_anew(ctx: Context) -> None:
    """With a duplicate's customers the rules ask for more; without them again they do not; each is said."""
    original, duplicate = lukewarm(ctx)
    settling.close_as_duplicate(ctx, duplicate.id, HUGO, of=Original(original.id, None))
    raised = now(ctx, original)
    assert (raised.severity, raised.severity_reasons["customers"], raised.customers) == ("high", 10, 10)
    assert settling.reopen(ctx, duplicate.id, HUGO) is None
    assert (now(ctx, original).severity, now(ctx, original).customers) == ("medium", 0)
    said = [each.args["values"] for each in decided(ctx, "post_line") if each.args["line"] == BY_RULE]
    assert said == [{"severity": "High", "number": 10}, {"severity": "Medium", "number": 0}]
    assert count(ctx, "set_priority") == 2


def test_a_severity_that_a_person_set_stays(ctx: Context) -> None:
    """Whatever the rules say of the customers that come, what triage decided counts."""
    original, duplicate = lukewarm(ctx)
    assert grading.set_severity(ctx, original.id, HUGO, key="low", reason="Rare") is None
    settling.close_as_duplicate(ctx, duplicate.id, HUGO, of=Original(original.id, None))
    assert (now(ctx, original).severity, now(ctx, original).customers) == ("low", 10)
    assert count(ctx, "set_priority") == 1


def names(ctx: Context, report: Report) -> list[str]:
    """Return the names of the customers a report is about."""
    with ctx.database.reading() as tx:
        return [each.name for each in customers.of_report(tx, report.id)]


def test_a_question_is_asked_and_answered_once(ctx: Context) -> None:
    """One opening of the form asks once; only the reporter answers, and only the first answer counts."""
    report = filed(ctx)
    for _ in range(2):
        assert questioning.ask(ctx, report.id, HUGO, nonce="V1", text="Which card?") is None
    with ctx.database.reading() as tx:
        (question,) = questions.waiting_for(tx, ANA)
    assert questioning.answer(ctx, question.id, GRACE, "A Visa") == Refusal(Why.NOT_ASKED, by=ANA)
    done = at_once(*(lambda: questioning.answer(ctx, question.id, ANA, "A Visa") for _ in range(2)))
    assert sorted(done, key=str) == sorted([None, Refusal(Why.ANSWERED)], key=str)
    with ctx.database.reading() as tx:
        assert questions.waiting_for(tx, ANA) == []


def test_a_report_handed_back_twice_goes_back_once(ctx: Context) -> None:
    """Without a rotation nobody is on duty; a second press finds that it is back already."""
    report = filed(ctx)
    owning.take(ctx, report.id, GRACE)
    for _ in range(2):
        assert owning.hand_to_rotation(ctx, report.id, GRACE) is None
    back = now(ctx, report)
    assert (back.taken_by, back.on_duty, back.triage.handed_at) == (None, None, NOW)
    assert count(ctx, "assign_issue") == 2


def test_a_report_handed_to_nobody_calls_the_rotation(ctx: Context) -> None:
    """Handed back before the rotation begins, its lead is called at once and its members are asked later."""
    rotation = Rotation(("U0ELSA",), Kind.WEEKLY, 1, LATER, "UTC")
    entry = RotationEntry("shop-bugs", Profile("Shop bugs"), rotation)
    ctx = replace(ctx, config=replace(ctx.config, products=(SERVED,), rotations=(entry,)))
    keep_new_rotations(ctx.database, ctx.config)
    report = filed(ctx)
    owning.take(ctx, report.id, GRACE)
    for _ in range(2):
        assert owning.hand_to_rotation(ctx, report.id, GRACE) is None
    with ctx.database.reading() as tx:
        called = pings.latest(tx, report.id)
    assert called is not None
    assert (called.number, called.member, called.due_at is None) == (1, None, False)
    assert count(ctx, "ask_next") == 1
    assert count(ctx, "post_line") == 3  # taken, handed back, who can take it


def test_one_of_two_links_an_account(ctx: Context) -> None:
    """Two people say at once that an account is theirs: one has it, and can link it again and another."""
    done = at_once(
        lambda: jira_linking.link(ctx, GRACE, "acc-1", "Grace"),
        lambda: jira_linking.link(ctx, HUGO, "acc-1", "Grace"),
    )
    assert sorted(done, key=str) == [False, True]
    holder = (GRACE, HUGO)[done.index(True)]
    assert jira_linking.link(ctx, holder, "acc-1", "Grace")
    assert jira_linking.link(ctx, holder, "acc-2", "Other")
    with ctx.database.reading() as tx:
        held = jira_accounts.find(tx, holder)
    assert held is not None
    assert (held.account, count(ctx, "tell_of_link")) == ("acc-2", 2)


def test_roles_say_who_may(database: Database, jira: Jira) -> None:
    """A person, the members of a group as they come and go, whoever is on duty or owns it; nobody else."""
    config = Config(Admins("C0ADMINS"), (SHOP,), roles=Roles(triage=(GRACE, "S0LEADS")))
    ctx = context(database, jira, config)
    report = filed(ctx)
    unknown = Refusal(Why.GROUPS_UNKNOWN, allowed=(GRACE, "S0LEADS"))
    assert settling.close_as_no_bug(ctx, report.id, HUGO, reason="x") == unknown
    with database.transaction() as tx:
        user_groups.keep(tx, "S0LEADS", ["U0IRIS"], NOW)
    refused = Refusal(Why.NOT_ALLOWED, allowed=(GRACE, "S0LEADS"))
    assert owning.take(ctx, report.id, HUGO) == refused
    assert owning.take(ctx, report.id, "U0ELSA") is None
    assert owning.assign(ctx, report.id, GRACE, to=HUGO) is None
    assert owning.assign(ctx, report.id, HUGO, to="U0BEN") is None
    assert owning.assign(ctx, report.id, HUGO, to=HUGO) == refused
    members_changed(ctx, "S0LEADS", added=[HUGO], removed=["U0IRIS"])
    assert owning.assign(ctx, report.id, HUGO, to=HUGO) is None
    assert owning.assign(ctx, report.id, "U0IRIS", to="U0IRIS") == refused


def test_originals_are_found_by_key_and_words(ctx: Context) -> None:
    """Typed words must all be there, in any case; duplicates, the report itself and % find nothing."""
    mine, other = filed(ctx, "Basket is empty", "SHOP-1"), filed(ctx, "Checkout hangs at 100%", "SHOP-2")
    third = filed(ctx, "Checkout hangs")
    settling.close_as_duplicate(ctx, third.id, HUGO, of=Original(other.id, None))
    assert [each.key for each in choices(ctx, mine.id, "HANGS checkout")] == ["SHOP-2"]
    assert [each.key for each in choices(ctx, mine.id, "shop-2")] == ["SHOP-2"]
    assert [each.key for each in choices(ctx, mine.id, "0%")] == ["SHOP-2"]
    assert choices(ctx, mine.id, "%checkout") == []
    assert choices(ctx, mine.id, "shop-1") == []
    assert choices(ctx, mine.id, "pay-9") == [Original(None, "PAY-9")]
