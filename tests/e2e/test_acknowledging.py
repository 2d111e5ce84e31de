"""An acknowledgement counts as long as something comes of it."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from domain.working_hours import WorkingHours
from storage.database import Database
from storage.tables import pings as pings_table
from tests.e2e.asking import (
    WRONG,
    ZONES,
    begin_on_monday,
    expect_line,
    expect_ping,
    let_target_pass,
    line,
    now,
    pings,
)
from tests.e2e.reporting import expect_card, report
from tests.harness.cards import Card
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

LASTS = timedelta(hours=4)  # of a bug that blocks and has no workaround
SOON = timedelta(seconds=30)
pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def acknowledged(world: World) -> Card:
    """Return the ping of a report that the engineer on duty has acknowledged."""
    begin_on_monday(world)
    report(world, WRONG)
    ping = expect_ping(world, line(world)[0])
    assert ping.click("Acknowledge").ok
    return ping.expect_text("unless something comes of it, you are asked again")


def lapse(world: World, user: str) -> datetime:
    """Return when an acknowledgement of now counts no more."""
    return WorkingHours().after(now(world), LASTS, ZoneInfo(ZONES[user]))


def let_it_be(world: World, at: datetime, *, less: timedelta = timedelta()) -> None:
    """Let it be half a minute later than that, or so much sooner."""
    world.advance((at - less - now(world)).total_seconds() + 30)


def test_it_lapses_once_and_then_goes_on(world: World, acknowledged: Card) -> None:
    """The same person is asked once more; when nothing comes of that either, the next in line is."""
    first, second, _ = line(world)
    at = lapse(world, first)
    let_it_be(world, at, less=timedelta(minutes=5))
    assert stays(lambda: len(pings(world, first)) == 1, during=1.0)
    let_it_be(world, at)
    assert world.name(first) in expect_line(world, "they are asked once more").text
    acknowledged.expect_text("You were asked again: see the newer message below")
    again = expect_ping(world, first).expect_text(f"It waits for you; @{world.name(second)} is asked")
    assert again.click("Acknowledge").ok
    again.expect_text("you are asked again")
    let_it_be(world, lapse(world, first))
    expect_ping(world, second).expect_text("It waits for you")
    assert world.name(second) in expect_line(world, "nothing has come of it: @").text
    assert len(pings(world, first)) == 2


def test_who_is_asked_once_more_may_stay_silent(world: World, acknowledged: Card) -> None:
    """Then the next in line is asked after the target, like after any ping."""
    first, second, _ = line(world)
    let_it_be(world, lapse(world, first))
    acknowledged.expect_text("You were asked again")
    expect_line(world, "they are asked once more")
    let_target_pass(world, first)
    expect_ping(world, second)
    expect_line(world, "has not reacted in time")


def test_words_in_the_thread_prolong_it(world: World, acknowledged: Card, tmp_path: Path) -> None:
    """What an engineer says there counts as something that comes of it; what the reporter says does not."""
    first, second, _ = line(world)
    card = expect_card(world, WRONG)
    at = lapse(world, first)
    let_it_be(world, at, less=timedelta(hours=1))
    later = lapse(world, first)
    card.reply("It is the new gateway, I can see it", by=second)
    eventually(lambda: abs(lapses_at(tmp_path) - later) < SOON, what="the words to be heard")
    let_it_be(world, at)
    assert stays(lambda: len(pings(world, first)) == 1, during=1.0)
    acknowledged.expect(lambda ping: f"{later:%Y-%m-%d %H:%M}" in ping.text, what="the later time")
    let_it_be(world, later, less=timedelta(hours=17))  # that evening
    card.reply("Any news?", by="U0ANA")
    assert stays(lambda: abs(lapses_at(tmp_path) - later) < SOON, during=1.0)
    let_it_be(world, later)
    expect_line(world, "they are asked once more")


def lapses_at(folder: Path) -> datetime:
    """Return when the acknowledgement of the only report counts no more, as it is kept."""
    with closing(Database(f"sqlite:///{folder / 'bugle.db'}")) as database, database.reading() as tx:
        kept = tx.execute(select(pings_table.c.lapses_at)).scalar_one()
    assert isinstance(kept, datetime)
    return kept


def test_a_question_prolongs_it_and_taking_ends_it(world: World, acknowledged: Card) -> None:
    """Asking the reporter is something that comes of it; what is taken lapses no more."""
    first, second, _ = line(world)
    card = expect_card(world, WRONG)
    at = lapse(world, first)
    let_it_be(world, at, less=timedelta(hours=1))
    assert card.choose("Ask reporter", by=first).ok
    form = world.person(first).expect_form("Ask reporter")
    form.fill("Question", "Which card?")
    assert form.submit().closed
    expect_line(world, "Which card?")
    let_it_be(world, at)
    assert stays(lambda: len(pings(world, first)) == 1, during=2.0)
    assert acknowledged.click("Take").ok
    acknowledged.expect_text("Taken by")
    world.advance(timedelta(days=30).total_seconds())
    assert stays(lambda: len(pings(world, first)) == 1 and not pings(world, second), during=2.0)
