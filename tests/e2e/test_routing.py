"""Whom a report goes to where several rotations serve a product, and the steps by which it goes on."""

from contextlib import closing
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.duty import TimeOff
from domain.duty_window import DutyWindow
from domain.rotation_profile import Profile, Rank, Service, Step
from storage import time_off
from storage.database import Database
from storage.tables import pings as pings_table
from storage.time_off import KeptTimeOff, Source
from tests.e2e.asking import (
    MONDAY,
    WRONG,
    before_the_start,
    begin_on_monday,
    expect_line,
    expect_ping,
    keep_rotation,
    let_target_pass,
    pings,
)
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import expect_card, filled, open_form, report
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

SHOP = (Service("shop"),)
ENGINEERS = ("U0ELSA", "U0DIEGO", "U0FANG")


@pytest.fixture(autouse=True)
def monday(world: World) -> None:
    """Begin on the morning of a Monday, after the hand-off."""
    begin_on_monday(world)


def test_an_area_with_a_rotation_of_its_own(world: World, tmp_path: Path) -> None:
    """Its reports go to its engineer, also when handed back; all others to the product's; Home shows both."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with before_the_start(url) as tx:
        payment = Profile("Payment bugs", serves=(Service("shop", "Payment"),))
        keep_rotation(tx, "shop-payment", ("U0DIEGO", "U0GRACE"), payment)
    with BotProcess(world.url, tmp_path, url):
        filled(open_form(world), WRONG, area="Payment").submit()
        ping = expect_ping(world, "U0GRACE").expect_text("It waits for you; @Diego Mora is asked")
        assert ping.click("Take").ok
        card = expect_card(world, WRONG).expect_text("Taken by @Grace Okafor")
        assert card.choose("Hand to rotation", by="U0GRACE").ok
        assert "@Grace Okafor is on duty" in expect_line(world, "back to the rotation").text
        assert card.choose("Why?", by="U0HUGO").ok
        world.person("U0HUGO").expect_form("Why?").expect_text("on duty in the rotation Payment bugs")
        assert not pings(world, "U0ELSA")
        report(world, "The basket is empty")
        world.dm("U0ELSA").expect_message("The basket is empty", within=20)
        home = world.person("U0HUGO").home()
        home.expect_text("Shop › Payment").expect_text("Grace Okafor until")


def test_every_step_in_its_order(world: World, tmp_path: Path) -> None:
    """Members who are there, the secondary's engineer, the channel, the lead; then that nobody is left."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with before_the_start(url) as tx:
        steps = (Step.OTHERS, Step.SECONDARY, Step.CHANNEL, Step.LEAD)
        keep_rotation(
            tx, "shop-bugs", ENGINEERS, Profile("Shop bugs", serves=SHOP, lead="U0HUGO", steps=steps)
        )
        keep_rotation(tx, "backup", ("U0GRACE",), Profile("Backup", rank=Rank.SECONDARY, serves=SHOP))
        holiday = TimeOff("OFF1", "U0DIEGO", MONDAY - timedelta(days=1), MONDAY + timedelta(days=30))
        time_off.add(tx, KeptTimeOff(holiday, Source.FORM, None, "U0DIEGO", MONDAY))
    with BotProcess(world.url, tmp_path, url):
        report(world, WRONG)
        for member, following in (("U0ELSA", "@Fang"), ("U0FANG", "@Grace"), ("U0GRACE", "the channel")):
            expect_ping(world, member).expect_text(f"It waits for you; {following}")
            let_target_pass(world, member)
        called = expect_line(world, "nobody has reacted in time. Who can take it?")
        assert all(world.name(each) in called.text for each in ("U0ELSA", "U0FANG", "U0GRACE"))
        expect_card(world, WRONG).expect_text("Nobody has reacted: whoever can, take it; the next in line")
        let_target_pass(world, "U0ELSA")  # the rotation's zone is hers
        lead = expect_ping(world, "U0HUGO").expect_text("It waits for you; from")
        assert lead.buttons == ["Take", "Acknowledge", "Pass to next", "⋯"]
        let_target_pass(world, "U0HUGO")
        expect_line(world, "nobody is left to ask")
        expect_card(world, WRONG).expect_text("Everybody in the rotation was asked")
        assert stays(lambda: not pings(world, "U0DIEGO"), during=1.0)
        assert [len(pings(world, each)) for each in ("U0ELSA", "U0FANG", "U0GRACE", "U0HUGO")] == [1] * 4


def test_the_region_that_is_awake_is_asked(world: World, tmp_path: Path) -> None:
    """Where rotations follow the sun a report goes to who is on duty then; after hours is noted."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with before_the_start(url) as tx:
        day, night = DutyWindow(time(8), time(20)), DutyWindow(time(20), time(8))
        keep_rotation(tx, "shop-bugs", ("U0ELSA",), Profile("Shop by day", serves=SHOP), day)
        keep_rotation(tx, "shop-night", ("U0FANG",), Profile("Shop by night", serves=SHOP), night)
    with BotProcess(world.url, tmp_path, url):
        report(world, WRONG)
        expect_ping(world, "U0ELSA")
        world.advance(timedelta(hours=12).total_seconds())
        report(world, "The basket is empty")
        world.dm("U0FANG").expect_message("The basket is empty", within=20).expect_text("It waits for you")
        assert not world.dm("U0ELSA").messages("The basket is empty")
        kept = {"U0ELSA": False, "U0FANG": True}  # half past five in the morning in Taipei
        eventually(lambda: after_hours(url) == kept, what="which ping came after hours")


def after_hours(url: str) -> dict[str, bool]:
    """Return who was pinged, and whether outside their working hours, as it is kept."""
    with closing(Database(url)) as database, database.reading() as tx:
        found = tx.execute(select(pings_table.c.member, pings_table.c.after_hours))
        return {row.member: row.after_hours for row in found}


def test_who_comes_on_duty_is_asked_at_once(world: World, tmp_path: Path) -> None:
    """Outside the hours of duty the lead is asked; when those begin, before the target, the engineer is."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with before_the_start(url) as tx:
        window = DutyWindow(time(10, 45), time(20))
        keep_rotation(tx, "shop-bugs", ("U0ELSA",), Profile("Shop bugs", serves=SHOP, lead="U0HUGO"), window)
    with BotProcess(world.url, tmp_path, url):
        report(world, WRONG)
        expect_ping(world, "U0HUGO").expect_text("It waits for you; @Elsa Lind is asked 2031-01-06 09:45")
        world.advance(timedelta(minutes=16).total_seconds())
        expect_ping(world, "U0ELSA").expect_text("It waits for you; the channel is asked")
        expect_line(world, "@Elsa Lind is on duty now, and is asked")
