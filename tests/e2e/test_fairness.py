"""Fairness in the running product: numbers after bugs, a hand-off and what was said of the shift."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import duty_now
from storage.database import Database
from tests.e2e.bot_process import ROOT, BotProcess
from tests.e2e.reporting import CARDS, expect_card, report
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

MONDAY = datetime(2031, 1, 6, 10, 0, tzinfo=UTC)  # an hour after Elsa's week has begun
ELSA, DIEGO, FANG, IRIS = "U0ELSA", "U0DIEGO", "U0FANG", "U0IRIS"


def opened(world: World) -> Form:
    """Open the fairness of the shop's rotation from the list."""
    shown = world.person(IRIS).types("/rotation", channel="C0GENERAL")
    pressed = {"block_id": "rotation_row:shop-bugs", "action_id": "rotation_fairness", "value": "shop-bugs"}
    return world.person(IRIS).does(f"view/{shown.id}/action", **pressed).opens("Fairness")


def expect_settled(url: str) -> None:
    """Wait until Bugle has looked who is on duty."""
    with closing(Database(url)) as database:

        def is_settled() -> bool:
            with database.reading() as tx:
                return duty_now.find(tx, "shop-bugs") is not None

        eventually(is_settled, within=20, what="a first look")


def test_loads_are_shown_after_bugs_and_a_hand_off(world: World, tmp_path: Path) -> None:
    """Elsa took two bugs, closed one and said 4 of her shift: all of it stands there, then the picture."""
    world.post("/clock", {"to": MONDAY.isoformat()})
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url):
        expect_settled(url)
        for wrong in ("Basket is empty", "Card is charged twice"):
            report(world, wrong)
            world.dm(ELSA).expect_message(wrong, within=20)  # her ping
            assert expect_card(world, wrong).click("Take", by=ELSA).ok
            expect_card(world, wrong).expect_text(f"Taken by @{world.name(ELSA)}")
        week_later = MONDAY.replace(hour=9, second=1) + timedelta(days=7)
        world.post("/clock", {"to": week_later.isoformat()})
        left = world.dm(ELSA).expect_message("You hold 2 open bugs from it", within=20)
        assert left.click("4").ok
        left.expect_text("You said of this shift: 4 of 5.")
        form = opened(world)
        form.expect_text("of 100*", within=20)
        form.expect_text(f"@{world.name(ELSA)}* · 1 shift · 167 h: 79 by day, 56 at night, 32 on weekends")
        form.expect_text("2 pings, 0 outside working hours · 2 bugs taken, 0 closed · effort 4 of 5")
        form.expect_text("is on duty for *Pay bugs* too")
        eventually(
            lambda: any(block["type"] == "image" for block in form.refresh().raw["blocks"]),
            within=20,
            what="the picture",
        )
        form.choose("Period", "The last year")
        form.expect_text("2 bugs taken", within=20)


def test_a_round_is_ordered_by_least_load_and_said_once(world: World, tmp_path: Path) -> None:
    """Elsa had a ping and a bug, the others nothing: she is last in the next round, as the channel reads."""
    world.post("/clock", {"to": MONDAY.isoformat()})
    written = (ROOT / "bot" / "sandbox.toml").read_text("utf-8")
    config = tmp_path / "bugle.toml"
    config.write_text(written.replace('key = "shop-bugs"\n', 'key = "shop-bugs"\nbalanced = true\n'), "utf-8")
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(config)):
        expect_settled(url)
        report(world, "Basket is empty")
        world.dm(ELSA).expect_message("Basket is empty", within=20)
        assert expect_card(world, "Basket is empty").click("Take", by=ELSA).ok
        expect_card(world, "Basket is empty").expect_text("Taken by")
        channel, told = world.channel(CARDS), None
        for week, holder in enumerate((DIEGO, FANG, DIEGO, FANG, ELSA), start=1):
            handoff = MONDAY.replace(hour=9, second=1) + timedelta(weeks=week)
            world.post("/clock", {"to": handoff.isoformat()})
            told = channel.expect_message(f"@{world.name(holder)} is on duty now", after=told, within=20)
            next_one = {1: FANG, 2: DIEGO, 3: FANG, 4: ELSA}.get(week)
            if next_one:
                assert f"Next: {world.name(next_one)}." in told.text
        (line,) = channel.messages("The next round of *Shop bugs* begins with whoever had the least")
        assert line.text.endswith(f"{world.name(DIEGO)}, {world.name(FANG)}, and {world.name(ELSA)}.")
