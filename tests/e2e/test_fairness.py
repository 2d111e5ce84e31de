"""Fairness in the running product: numbers after bugs, a hand-off and what was said of the shift."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import duty_now
from storage.database import Database
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import expect_card, report
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

MONDAY = datetime(2031, 1, 6, 10, 0, tzinfo=UTC)  # an hour after Elsa's week has begun
ELSA, IRIS = "U0ELSA", "U0IRIS"


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
