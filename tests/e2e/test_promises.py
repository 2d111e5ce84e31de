"""Promises in time: the card says until when, people are warned before, and the lead is told once after."""

from collections.abc import Iterator
from contextlib import contextmanager
from csv import DictReader
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.bot.stage import bugle
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CONFIG, engineer, expect_card, report
from tests.harness.waiting import stays
from tests.harness.world import World

WRONG = "The card is charged twice"
MONDAY = datetime(2031, 7, 7, 8, 0, tzinfo=UTC)  # ten in Madrid
WEDNESDAY = datetime(2031, 7, 9, 13, 0, tzinfo=UTC)
HOUR = 3600
PROMISED = """
[calendar]
zone = "Europe/Madrid"
country = "ES"
closed = [2031-07-08]

[[promises]]
severities = ["high"]
response = "4h"
resolution = "8h"

[[promises]]
severities = ["critical"]
response = "1h"
"""


@contextmanager
def promising(
    world: World, folder: Path, url: str = "", *, lead: str = 'lead = "U0HUGO"'
) -> Iterator[BotProcess]:
    """Run the bot from ten on a Monday with promises, and a lead of the shop's rotation."""
    world.post("/clock", {"to": MONDAY.isoformat()})
    text = CONFIG.read_text(encoding="utf-8").replace('name = "Shop bugs"\n', f'name = "Shop bugs"\n{lead}\n')
    config = folder / "bugle.toml"
    config.write_text(text + PROMISED, encoding="utf-8")
    url = url or f"sqlite:///{folder / 'bugle.db'}"
    with BotProcess(world.url, folder, url, BUGLE_CONFIG=str(config)) as bot:
        yield bot


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield each database in turn; "" is SQLite."""
    if request.param == "sqlite":
        yield ""
        return
    with request.getfixturevalue("postgres_server").fresh(empty=True) as made:
        yield made


def until(world: World, hours: float) -> None:
    """Let it be so many hours after ten on Monday."""
    now = datetime.fromisoformat(world.get("/clock")["now"])
    world.advance((MONDAY - now).total_seconds() + hours * HOUR)


def test_before_it_is_broken_people_are_warned_and_then_the_lead_told(
    world: World, tmp_path: Path, url: str
) -> None:
    """The card has both times; at 75 percent who is on duty and the thread read it, at the end the lead."""
    with promising(world, tmp_path, url):
        report(world, WRONG)
        card = expect_card(world, WRONG).expect_text("Respond by 2031-07-07 12:00").expect_text("Resolve by")
        holder = world.dm(engineer(world))
        until(world, 2.9)
        assert stays(lambda: not card.thread.messages("is reminded"), during=1.5)
        until(world, 3.02)
        said = card.thread.expect_message("is reminded", within=20)
        assert "Respond by" in said.text
        holder.expect_message("Somebody should respond by", within=20)
        assert not world.dm("U0HUGO").messages("Nobody has responded")
        until(world, 4.02)
        world.dm("U0HUGO").expect_message(
            "Nobody has responded to this report. A response was promised by", within=20
        )
        card.expect_text("Response overdue since")
        until(world, 6.9)
        assert stays(lambda: len(card.thread.messages("is reminded")) <= 2, during=1.0)
        assert len(world.dm("U0HUGO").messages("Nobody has responded")) == 1


def test_what_waits_for_the_reporter_or_is_answered_breaks_nothing(world: World, tmp_path: Path) -> None:
    """A question is a response, and stops the clock until its answer; a closed day does not count."""
    with promising(world, tmp_path) as bot:
        report(world, WRONG)
        card = expect_card(world, WRONG).expect_text("Respond by")
        form = card.choose("Ask reporter", by="U0IRIS").opens("Ask reporter")
        form.fill("Question", "Which card was it?")
        assert form.submit().closed
        card.expect_text("The time to resolve it stands still")
        assert "Respond by" not in card.refresh().text
        asked = world.dm("U0ANA").expect_message("Which card was it?")
        until(world, 5)
        answer = asked.click(asked.buttons[0]).opens()
        answer.fill(answer.labels[0], "A Visa of Lumen")
        assert answer.submit().closed
        # Until five there are two hours of the eight; Tuesday is closed.
        card.expect_text("Resolve by 2031-07-09 1")
        until(world, 51)
        assert stays(lambda: not world.dm("U0HUGO").messages(WRONG), during=1.5)
        said = bugle("export", folder=tmp_path, **bot.env)
        (row,) = DictReader(StringIO(said.out))
        assert (row["response_kept"], row["resolution_kept"]) == ("yes", "")
        due = datetime.fromisoformat(row["resolution_promised_by"])
        assert abs((due - WEDNESDAY).total_seconds()) < 60


def test_a_severity_that_changes_is_judged_from_the_filing(world: World, tmp_path: Path) -> None:
    """Made critical, it had one hour from when it was filed; without a lead admins read that it is over."""
    with promising(world, tmp_path, lead=""):
        report(world, WRONG)
        card = expect_card(world, WRONG).expect_text("Respond by")
        until(world, 1.5)
        form = card.click("Set severity", by="U0IRIS").opens("Set severity")
        form.choose("Severity", "Critical")
        form.fill("Reason", "Every shop is hit")
        assert form.submit().closed
        card.expect_text("Response overdue since 2031-07-07 09:00")
        world.advance(90)
        told = world.channel("C0ADMINS").expect_message("Nobody has responded to this report", within=20)
        assert "has no lead to tell" in told.text
        assert stays(lambda: len(world.channel("C0ADMINS").messages("Nobody has responded")) == 1, during=1.0)


def test_two_replicas_and_a_kill_tell_once(world: World, tmp_path: Path) -> None:
    """One of two replicas is killed as the time runs out: each thing is told once all the same."""
    with promising(world, tmp_path) as one:
        report(world, WRONG)
        card = expect_card(world, WRONG).expect_text("Respond by")
        config = one.env["BUGLE_CONFIG"]
        with BotProcess(world.url, tmp_path, one.env["DATABASE_URL"], BUGLE_CONFIG=config) as two:
            until(world, 3.02)
            two.kill()
            card.thread.expect_message("is reminded", within=30)
            one.kill()
            until(world, 4.5)
            two.start()
            world.dm("U0HUGO").expect_message("Nobody has responded", within=30)
            one.start()
            world.advance(120)
            card.expect_text("Response overdue since", within=30)
        assert len(card.thread.messages("is reminded")) == 1
        assert stays(lambda: len(world.dm("U0HUGO").messages("Nobody has responded")) == 1, during=1.5)
