"""The bugs of a hand-off, on both databases: passed on, kept, accepted, each once, whoever presses when."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.handoff import Decision, Item, Role, WhyNot
from domain.happened import Happened
from domain.report import Draft, Impact, Report, Workaround
from domain.rotation import Kind, Rotation
from domain.rotation_changes import begin
from storage import efforts, handoffs, reports
from storage.database import Database
from storage.handoffs import HandoffMessage
from tests.domain.rotations import DAY, local, utc
from tests.workflows.duties import KEY, Duties, duties
from workflows import handoff_deciding, owning, settling
from workflows.handoff_refusing import why_not_accepted, why_not_kept, why_not_passed
from workflows.handoff_showing import listed

ANA, BEN, CARL, HUGO = "U0ANA", "U0BEN", "U0CARL", "U0HUGO"
WEEK = 7 * DAY
START = utc("2026-01-05T09:00")
WEEKLY = begin(Rotation((ANA, BEN, CARL), Kind.WEEKLY, 1, local("2026-01-05T09:00"), "UTC"))


@pytest.fixture
def weekly(database: Database) -> Iterator[Duties]:
    """Yield a weekly rotation of three in Ana's week."""
    with duties(database, WEEKLY, START) as made:
        yield made


def filed(made: Duties, actual: str, *, asked: str = ANA, owner: str | None = None) -> Report:
    """Keep a report that waits for who was asked, or is somebody's."""
    happened = Happened("Pay", "Once", actual)
    draft = Draft(actual, HUGO, "hugo", "shop", None, Impact.BLOCKED, Workaround.NONE, happened, "en")
    with made.ctx.database.transaction() as tx:
        report = reports.add(
            tx, draft, severity="high", reasons={}, customers=0, on_duty=asked, now=made.clock.at
        )
        assert report is not None
        return reports.change(tx, report, taken_by=owner, taken_at=made.clock.at) if owner else report


def items(made: Duties, handoff: int = 1) -> list[Item]:
    """Return the bugs of a hand-off."""
    with made.ctx.database.reading() as tx:
        return handoffs.items(tx, handoff)


def owner(made: Duties, report: Report) -> str | None:
    """Return whose a report is now."""
    with made.ctx.database.reading() as tx:
        return reports.get(tx, report.id).taken_by


def test_the_list_holds_what_the_leaver_has(weekly: Duties) -> None:
    """What they own and what waits for them, open; not what others have, nor what is closed."""
    owned, waiting = filed(weekly, "One", owner=ANA), filed(weekly, "Two")
    filed(weekly, "Three", owner=HUGO)
    filed(weekly, "Four", asked=CARL)
    closed = filed(weekly, "Five", owner=ANA)
    settling.close_as_no_bug(weekly.ctx, closed.id, HUGO, reason="Meant so")
    weekly.at(START + WEEK)
    assert {each.report for each in items(weekly)} == {owned.id, waiting.id}
    assert len(weekly.decided("write_handoff")) == 2


def test_what_is_accepted_changes_hands(weekly: Duties) -> None:
    """Passed on, a bug stays with its owner until it is accepted; presses again change nothing."""
    report = filed(weekly, "One", owner=ANA)
    weekly.at(START + WEEK)
    for _ in range(2):
        handoff_deciding.pass_on(weekly.ctx, 1, report.id, ANA)
    assert owner(weekly, report) == ANA
    assert items(weekly)[0].is_offered
    handoff_deciding.accept(weekly.ctx, 1, report.id, HUGO)
    assert owner(weekly, report) == ANA
    for _ in range(2):
        handoff_deciding.accept(weekly.ctx, 1, report.id, BEN)
    assert owner(weekly, report) == BEN
    assert (len(weekly.decided("assign_issue")), len(weekly.decided("post_line"))) == (1, 2)
    assert why_not_passed(weekly.ctx, 1, report.id, ANA) == (WhyNot.ACCEPTED, BEN)
    assert why_not_kept(weekly.ctx, 1, report.id) == (WhyNot.ACCEPTED, BEN)
    assert why_not_accepted(weekly.ctx, 1, report.id, BEN) is None


def test_all_at_once(weekly: Duties) -> None:
    """Pass all on leaves what is kept; Accept all takes the rest; somebody else can press neither."""
    kept, one, two = (filed(weekly, name, owner=ANA) for name in ("Kept", "One", "Two"))
    weekly.at(START + WEEK)
    handoff_deciding.keep(weekly.ctx, 1, kept.id, ANA)
    handoff_deciding.pass_on(weekly.ctx, 1, None, BEN)
    assert [each.decision for each in items(weekly)] == [Decision.KEPT, None, None]
    handoff_deciding.pass_on(weekly.ctx, 1, None, ANA)
    handoff_deciding.accept_all(weekly.ctx, 1, ANA)
    handoff_deciding.accept_all(weekly.ctx, 1, BEN)
    assert [owner(weekly, each) for each in (kept, one, two)] == [ANA, BEN, BEN]


def test_kept_after_all(weekly: Duties) -> None:
    """Until it is accepted a bug can be kept after all; then who accepts it reads why not."""
    report = filed(weekly, "One", owner=ANA)
    weekly.at(START + WEEK)
    handoff_deciding.pass_on(weekly.ctx, 1, report.id, ANA)
    handoff_deciding.keep(weekly.ctx, 1, None, ANA)
    assert items(weekly)[0].is_offered
    handoff_deciding.keep(weekly.ctx, 1, report.id, ANA)
    handoff_deciding.accept(weekly.ctx, 1, report.id, BEN)
    assert owner(weekly, report) == ANA
    assert why_not_accepted(weekly.ctx, 1, report.id, BEN) == (WhyNot.KEPT, ANA)


def test_a_late_list_goes_to_who_is_on_duty_by_then(weekly: Duties) -> None:
    """What Ana passes on a week later waits for Carl, not for Ben; two weeks later it is her turn again."""
    report = filed(weekly, "One", owner=ANA)
    weekly.at(START + WEEK)
    handoff_deciding.pass_on(weekly.ctx, 1, report.id, ANA)
    weekly.at(START + 2 * WEEK)
    handoff_deciding.pass_on(weekly.ctx, 1, report.id, ANA)
    assert why_not_accepted(weekly.ctx, 1, report.id, BEN) == (WhyNot.PASSED_ELSEWHERE, CARL)
    handoff_deciding.accept(weekly.ctx, 1, report.id, BEN)
    assert owner(weekly, report) == ANA
    weekly.at(START + 3 * WEEK)
    assert why_not_passed(weekly.ctx, 1, report.id, ANA) == (WhyNot.ON_DUTY_AGAIN, None)
    handoff_deciding.accept(weekly.ctx, 1, report.id, CARL)
    assert owner(weekly, report) == CARL


def test_what_is_over_is_not_handed_over(weekly: Duties) -> None:
    """A bug that somebody took or closed meanwhile is neither offered nor accepted."""
    taken, closed = filed(weekly, "Taken"), filed(weekly, "Closed")
    weekly.at(START + WEEK)
    handoff_deciding.pass_on(weekly.ctx, 1, None, ANA)
    assert owning.take(weekly.ctx, taken.id, HUGO) is None
    settling.close_as_no_bug(weekly.ctx, closed.id, HUGO, reason="Meant so")
    handoff_deciding.accept_all(weekly.ctx, 1, BEN)
    assert [owner(weekly, each) for each in (taken, closed)] == [HUGO, None]
    assert why_not_accepted(weekly.ctx, 1, taken.id, BEN) == (WhyNot.TAKEN, HUGO)
    assert why_not_accepted(weekly.ctx, 1, closed.id, BEN) == (WhyNot.CLOSED, HUGO)


def test_pressed_at_the_same_instant(weekly: Duties) -> None:
    """Kept and accepted by two people at once, a bug is one of both; nobody waits for the other for ever."""
    made = [filed(weekly, f"Bug {number}", owner=ANA) for number in range(4)]
    weekly.at(START + WEEK)
    handoff_deciding.pass_on(weekly.ctx, 1, None, ANA)
    together = threading.Barrier(4)

    def keep(report: Report) -> None:
        together.wait()
        handoff_deciding.keep(weekly.ctx, 1, report.id, ANA)

    def accept() -> None:
        together.wait()
        handoff_deciding.accept_all(weekly.ctx, 1, BEN)

    with ThreadPoolExecutor(4) as pool:
        pressed = [
            pool.submit(keep, made[0]),
            pool.submit(keep, made[3]),
            pool.submit(accept),
            pool.submit(accept),
        ]
        for each in pressed:
            each.result(timeout=30)
    for item in items(weekly):
        is_accepted = item.accepted_at is not None
        report = next(each for each in made if each.id == item.report)
        assert owner(weekly, report) == (BEN if is_accepted else ANA)
        assert is_accepted != (item.decision is Decision.KEPT)
    assert len(weekly.decided("assign_issue")) == sum(each.accepted_at is not None for each in items(weekly))


def test_many_bugs_have_pages(weekly: Duties) -> None:
    """Eight are shown at once; who turns the page sees the others, and only their own message turns."""
    for number in range(10):
        filed(weekly, f"Bug {number}", owner=ANA)
    weekly.at(START + WEEK)
    with weekly.ctx.database.transaction() as tx:
        for role in Role:
            handoffs.posted(tx, HandoffMessage(1, role, "D1", f"1.{role}", version=1))
    handoff_deciding.turn(weekly.ctx, 1, 1, ANA)
    with weekly.ctx.database.reading() as tx:
        handoff = handoffs.get(tx, 1)
        pages = {each.role: each.page for each in handoffs.messages(tx, 1)}
        first, second = (listed(tx, weekly.ctx, handoff, Role.LEAVER, page) for page in (0, 1))
    assert pages == {Role.LEAVER: 1, Role.TAKER: 0}
    assert [(len(each.lines), each.has_more) for each in (first, second)] == [(8, True), (2, False)]
    assert len({line.item.report for line in (*first.lines, *second.lines)}) == first.held == 10
    assert len(weekly.decided("edit_handoff")) == 2


def test_an_effort_is_kept_once(weekly: Duties) -> None:
    """Only the leaver says how the shift was, and what they say last counts."""
    weekly.at(START + WEEK)
    for person, effort in ((BEN, 1), (ANA, 4), (ANA, 4), (ANA, 2)):
        handoff_deciding.say_effort(weekly.ctx, 1, effort, person)
    with weekly.ctx.database.reading() as tx:
        (said,) = efforts.between(tx, KEY, START, START + 2 * WEEK)
        assert handoffs.get(tx, 1).version == 3
    assert (said.person, said.slot, said.revision, said.effort) == (ANA, 0, 0, 2)


def test_an_effort_is_asked_at_the_end_of_a_turn(weekly: Duties) -> None:
    """Covered for a day in between, Ana is asked when her week is over, and who covered when the day is."""
    weekly.override("1", START + DAY, START + 2 * DAY, CARL)
    for at in (START + DAY, START + 2 * DAY, START + WEEK):
        weekly.at(at)
    with weekly.ctx.database.reading() as tx:
        asked = [(each.leaver, each.asks_effort) for each in (handoffs.get(tx, n) for n in (1, 2, 3))]
    assert asked == [(ANA, False), (CARL, True), (ANA, True)]


def test_a_gap_hands_over_to_who_comes_after(weekly: Duties) -> None:
    """With nobody on duty nothing is handed over; the one after the gap takes over from the last one."""
    report = filed(weekly, "One", owner=ANA)
    for number, person in enumerate((ANA, BEN, CARL)):
        weekly.away(str(number), person, START + 6 * DAY, START + 8 * DAY)
    weekly.at(START + 6 * DAY)
    assert (weekly.decided("write_handoff"), items(weekly)) == ([], [])
    weekly.at(START + 8 * DAY)
    assert [each.report for each in items(weekly, 2)] == [report.id]
    assert weekly.told() == [(ANA, None), (ANA, BEN)]
