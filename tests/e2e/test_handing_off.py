"""Hand-offs in the running product: announced once, and made of the open bugs that the leaver holds."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from storage import duty_now, rotations
from storage.database import Database
from tests.databases import PostgresServer
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, expect_card, expect_issue, expect_under_way, issues, report
from tests.harness.cards import Card
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

MONDAY = datetime(2031, 1, 6, 9, 30, tzinfo=UTC)  # half an hour after Elsa's week has begun
WEEK = timedelta(days=7)
ELSA, DIEGO, FANG = "U0ELSA", "U0DIEGO", "U0FANG"
ON_DUTY = "is on duty now for *Shop bugs*"
OVER = "Your shift in *Shop bugs* is over"
YOURS = "You are on duty now for *Shop bugs*"
KEY = "shop-bugs"


@pytest.fixture(autouse=True)
def monday(world: World) -> None:
    """Begin on the morning of a Monday, after the hand-off."""
    world.post("/clock", {"to": MONDAY.isoformat()})


@pytest.fixture
def settled(world: World, tmp_path: Path) -> Iterator[BotProcess]:
    """Yield a running bot that has looked who is on duty."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url) as bot:
        expect_settled(url)
        yield bot


def expect_settled(url: str, at: datetime = MONDAY) -> None:
    """Wait until who is on duty was settled no earlier than that."""
    with closing(Database(url)) as database:

        def is_settled() -> bool:
            with database.reading() as tx:
                found = duty_now.find(tx, KEY)
            return found is not None and found.settled_at >= at

        eventually(is_settled, within=20, what="a first look")


def hand_over(world: World) -> None:
    """Let it be just after the next hand-off: Monday, ten o'clock in Stockholm."""
    now = datetime.fromisoformat(world.get("/clock")["now"])
    to = MONDAY.replace(hour=9, minute=0)
    while to <= now:
        to += WEEK
    world.post("/clock", {"to": (to + timedelta(seconds=1)).isoformat()})


@pytest.mark.usefixtures("settled")
def test_a_hand_off_is_announced_once(world: World) -> None:
    """The channel reads who is on duty now, until when, and who is next; a first look is no hand-off."""
    channel = world.channel(CARDS)
    assert channel.messages(ON_DUTY) == []
    hand_over(world)
    line = channel.expect_message(ON_DUTY, within=20)
    assert world.name(DIEGO) in line.text
    assert f"Next: {world.name(FANG)}." in line.text
    world.advance(120)
    assert stays(lambda: len(channel.messages(ON_DUTY)) == 1, during=2.0)


def expect_list(world: World, user: str, text: str = OVER) -> Card:
    """Wait for the message of a hand-off to somebody."""
    return world.dm(user).expect_message(text, within=20)


def took(world: World, wrong: str, by: str = ELSA) -> None:
    """Have a bug reported that somebody takes."""
    report(world, wrong)
    expect_issue(world, wrong)
    assert expect_card(world, wrong).click("Take", by=by).ok
    expect_card(world, wrong).expect_text(f"Taken by @{world.name(by)}")


def assignee(world: World, wrong: str) -> str | None:
    """Return whose the issue about this is in Jira, by the name there."""
    fields = next(each["fields"] for each in issues(world) if wrong in each["fields"]["summary"])
    return fields["assignee"] and str(fields["assignee"]["displayName"])


@pytest.mark.usefixtures("settled")
def test_bugs_are_handed_over_one_by_one(world: World) -> None:
    """Elsa keeps one bug, passes two on; Diego accepts one, and has it in Jira and on the card."""
    for wrong in ("Basket is empty", "Card is charged twice", "Prices are in dollars"):
        took(world, wrong)
    hand_over(world)
    left = expect_list(world, ELSA).expect_text("You hold 3 open bugs from it")
    assert left.click("Keep it").ok
    left.expect_text("You keep it.")
    assert left.refresh().click("Pass all on").ok
    left.expect(lambda card: card.text.count("has not accepted it yet") == 2, what="two passed on")
    said = expect_card(world, "Card is charged twice").thread.expect_message("passes it on", within=20)
    assert world.name(DIEGO) in said.text
    given = expect_list(world, DIEGO, YOURS).expect_text("These are passed on to you")
    assert "Basket is empty" not in given.text
    assert given.buttons == ["Accept all", "Accept", "Accept"]
    assert given.click("Accept").ok
    given.expect_text("You accepted it").expect_no_button("Accept all")
    left.expect_text(f"@{world.name(DIEGO)} accepted it")
    expect_card(world, "Card is charged twice").expect_text(f"Taken by @{world.name(DIEGO)}")
    expect_card(world, "Card is charged twice").thread.expect_message("took it over from", within=20)
    eventually(lambda: assignee(world, "Card is charged twice") == world.name(DIEGO), within=20, what="Jira")
    assert expect_card(world, "Prices are in dollars").text.count(f"Taken by @{world.name(ELSA)}") == 1
    assert [len(world.dm(each).messages(text)) for each, text in ((ELSA, OVER), (DIEGO, YOURS))] == [1, 1]


@pytest.mark.usefixtures("settled")
def test_a_late_press_is_explained(world: World) -> None:
    """A button that a slow screen still shows changes nothing, and who pressed it reads who was first."""
    took(world, "Basket is empty")
    hand_over(world)
    left = expect_list(world, ELSA).expect_text("You hold 1 open bug from it")
    assert left.click("Pass on").ok
    given = expect_list(world, DIEGO, YOURS).expect_button("Accept")
    world.trouble("slack", "slow", "chat.update", delay=3.0, times=4)
    assert left.refresh().click("Keep it").ok
    assert given.click("Accept").ok
    world.dm(DIEGO).expect_message(f"@{world.name(ELSA)} keeps it after all.", within=20)
    expect_card(world, "Basket is empty").expect_text(f"Taken by @{world.name(ELSA)}")


@pytest.mark.usefixtures("settled")
def test_nothing_open_is_one_short_line(world: World) -> None:
    """With nothing to hand over the leaver reads so, and is asked how the shift was, with one press."""
    hand_over(world)
    left = expect_list(world, ELSA).expect_text("You hold no open bug from it.")
    assert left.buttons == ["1 · Quiet", "2", "3", "4", "5 · Too much"]
    assert left.click("4").ok
    left.expect_text("You said of this shift: 4 of 5.").expect_no_button("2")


def test_two_replicas_announce_once(world: World, tmp_path: Path, postgres_server: PostgresServer) -> None:
    """Both look at the same instant, three hand-offs in a row: one line and one message of each."""
    with postgres_server.fresh() as url:
        one, two = (BotProcess(world.url, tmp_path, url) for _ in range(2))
        with one, two:
            expect_settled(url)
            for number, (leaver, taker) in enumerate(pairwise((ELSA, DIEGO, FANG, ELSA)), 1):
                hand_over(world)
                world.channel(CARDS).expect_count(number, ON_DUTY, within=30)
                expect_list(world, leaver)
                expect_list(world, taker, YOURS)
            assert stays(lambda: len(world.channel(CARDS).messages(ON_DUTY)) == 3, during=2.0)
            # Each has left once and taken over once.
            assert [len(world.dm(each).messages("*Shop bugs*")) for each in (ELSA, DIEGO, FANG)] == [2, 2, 2]


@pytest.mark.parametrize("trouble", ["cut_after", "slow"])
def test_killed_in_a_hand_off(world: World, settled: BotProcess, trouble: str) -> None:
    """A power cut while the line and the messages go out: after the next start each is there, once."""
    took(world, "Basket is empty")
    delay = {"delay": 3.0} if trouble == "slow" else {}
    world.trouble("slack", trouble, "chat.postMessage", times=2, **delay)
    hand_over(world)
    expect_under_way(world)
    settled.kill()
    settled.start()
    world.channel(CARDS).expect_message(ON_DUTY, within=30)
    left = expect_list(world, ELSA).expect_text("Basket is empty")
    expect_list(world, DIEGO, YOURS)
    settled.kill()
    settled.start()
    assert left.click("Pass on").ok
    left.expect_text("has not accepted it yet", within=20)
    assert stays(lambda: len(world.channel(CARDS).messages(ON_DUTY)) == 1, during=2.0)
    assert [len(world.dm(each).messages(text)) for each, text in ((ELSA, OVER), (DIEGO, YOURS))] == [1, 1]


def test_down_across_hand_offs(world: World, settled: BotProcess) -> None:
    """Back after two hand-offs, only who is on duty by then is told of, and takes over from the last one."""
    took(world, "Basket is empty")
    settled.kill()
    hand_over(world)
    hand_over(world)
    settled.start()
    line = world.channel(CARDS).expect_message(ON_DUTY, within=20)
    assert f"@{world.name(FANG)}" in line.text
    expect_list(world, ELSA).expect_text("Basket is empty")
    expect_list(world, FANG, YOURS)
    assert stays(lambda: len(world.channel(CARDS).messages(ON_DUTY)) == 1, during=1.0)
    assert world.dm(DIEGO).messages("shift") == []


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("change", "why"),
    [({"deactivated": True}, "their account is closed"), ({"guest": True}, "is a guest here")],
)
def test_who_cannot_be_written_to_is_told_to_admins_once(
    world: World, change: dict[str, bool], why: str
) -> None:
    """Their bugs are offered to the next; admins read what to do; the hand-off goes on."""
    took(world, "Basket is empty")
    world.set_person(ELSA, **change)
    world.expect_heard("user_change")
    hand_over(world)
    notice = world.channel("C0ADMINS").expect_message(why, within=20)
    assert "/rotation" in notice.text
    given = expect_list(world, DIEGO, YOURS).expect_button("Accept", within=20)
    assert given.click("Accept").ok
    expect_card(world, "Basket is empty").expect_text(f"Taken by @{world.name(DIEGO)}", within=20)
    for _ in range(3):
        hand_over(world)
    assert stays(lambda: len(world.channel("C0ADMINS").messages(why)) == 1, during=2.0)
    assert world.dm(ELSA).messages(OVER) == []


def test_quiet_rotations_wait_for_working_hours(world: World, settled: BotProcess, tmp_path: Path) -> None:
    """At ten in Stockholm Elsa is at work and reads it; in Mexico it is three, and Diego reads it at nine."""
    with closing(Database(f"sqlite:///{tmp_path / 'bugle.db'}")) as database, database.transaction() as tx:
        kept = rotations.lock(tx, KEY)
        assert kept is not None
        rotations.change(tx, kept, profile=replace(kept.profile, quiet=True))
    hand_over(world)
    expect_list(world, ELSA)
    world.channel(CARDS).expect_message(ON_DUTY, within=20)
    assert stays(lambda: world.dm(DIEGO).messages("You are on duty") == [], during=2.0)
    settled.kill()
    settled.start()
    world.post("/clock", {"to": (MONDAY + WEEK).replace(hour=14, minute=58).isoformat()})
    assert stays(lambda: world.dm(DIEGO).messages("You are on duty") == [], during=2.0)
    world.advance(180)
    expect_list(world, DIEGO, YOURS)
