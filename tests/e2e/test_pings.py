"""Pings: acknowledged, passed on, and going to the next in line when nobody reacts in time."""

import random
from datetime import timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from domain.working_hours import WorkingHours
from tests.e2e.asking import (
    WRONG,
    ZONES,
    begin_on_monday,
    expect_line,
    expect_ping,
    let_target_pass,
    let_time_pass_until_nearly,
    line,
    now,
    pings,
)
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, CONFIG, expect_card, expect_issue, report
from tests.harness.waiting import eventually, stays
from tests.harness.world import World

pinged_once = pytest.mark.usefixtures("bot")


@pytest.fixture(autouse=True)
def monday(world: World) -> None:
    """Begin on the morning of a Monday, after the hand-off."""
    begin_on_monday(world)


@pinged_once
def test_an_unanswered_ping_goes_to_the_next_in_their_own_hours(world: World) -> None:
    """Not before the target has passed in working hours, then once: new ping, old one edited, thread told."""
    report(world, WRONG)
    first, second, _ = line(world)
    ping = expect_ping(world, first).expect_text(f"It waits for you; @{world.name(second)} is asked")
    assert ping.buttons == ["Take", "Acknowledge", "Pass to next", "⋯"]
    let_time_pass_until_nearly(world, first)
    assert stays(lambda: not pings(world, second), during=2.0)
    world.advance(360)
    expect_ping(world, second).expect_text("It waits for you")
    said = expect_line(world, "has not reacted in time")
    assert world.name(first) in said.text
    assert world.name(second) in said.text
    ping.expect_text(f"Waiting for @{world.name(second)}, next in line").expect_no_button("Acknowledge")
    assert ping.refresh().buttons == ["Take"]
    expect_card(world, WRONG).expect_text("next in line")


@pinged_once
def test_who_takes_it_is_left_in_peace(world: World) -> None:
    """Once somebody has it nobody else is asked, however long it takes."""
    report(world, WRONG)
    first, second, third = line(world)
    expect_issue(world, WRONG)
    assert expect_ping(world, first).click("Take").ok
    expect_card(world, WRONG).expect_text("Taken by")
    world.advance(timedelta(days=30).total_seconds())
    assert stays(lambda: not pings(world, second) and not pings(world, third), during=2.0)


@pinged_once
def test_when_everybody_was_asked_the_channel_is(world: World) -> None:
    """After the last member the thread calls them all, and the card says so; each was pinged once."""
    report(world, WRONG)
    for member in line(world):
        expect_ping(world, member)
        let_target_pass(world, member)
    called = expect_line(world, "everybody in the rotation was asked")
    assert all(world.name(member) in called.text for member in line(world))
    expect_card(world, WRONG).expect_text("Everybody in the rotation was asked").expect_button("Take")
    world.advance(timedelta(days=30).total_seconds())
    thread = expect_card(world, WRONG).thread
    assert stays(lambda: len(thread.messages("in the rotation was asked, and")) == 1, during=2.0)
    assert [len(pings(world, member)) for member in line(world)] == [1, 1, 1]


@pinged_once
def test_passing_on_asks_the_next_at_once(world: World) -> None:
    """The next is asked now and the thread says who passed; a second press passes nothing on."""
    report(world, WRONG)
    first, second, third = line(world)
    ping = expect_ping(world, first).expect_text(expect_issue(world, WRONG)["key"])
    world.trouble("slack", "slow", "chat.update", delay=2.0, times=5)
    assert ping.click("Pass to next").ok
    assert ping.click("Pass to next").ok
    expect_ping(world, second)
    assert world.name(first) in expect_line(world, "passed it on").text
    ping.expect_no_button("Pass to next")
    assert stays(lambda: not pings(world, third), during=1.0)
    assert len(pings(world, second)) == 1


@pinged_once
def test_who_looks_at_it_may_still_pass_it_on(world: World) -> None:
    """After Acknowledge the report can be passed on, and then waits for the next."""
    report(world, WRONG)
    first, second, _ = line(world)
    ping = expect_ping(world, first)
    assert ping.click("Acknowledge").ok
    ping.expect_text("You are looking at it").expect_no_button("Acknowledge")
    assert ping.refresh().click("Pass to next").ok
    expect_ping(world, second).expect_button("Acknowledge")
    ping.expect_text("next in line")


@pinged_once
def test_who_is_deactivated_is_passed_over(world: World) -> None:
    """Somebody who left the company holds nobody up: the one after is asked, and the thread says why."""
    report(world, WRONG)
    first, second, third = line(world)
    ping = expect_ping(world, first)
    world.set_person(second, deactivated=True)
    world.expect_heard("user_change")
    assert ping.click("Pass to next").ok
    expect_ping(world, third)
    assert world.name(second) in expect_line(world, "cannot be reached in Slack").text
    assert world.channel("C0ADMINS").messages() == []


@pinged_once
def test_a_jump_of_the_clock_is_one_step(world: World) -> None:
    """When weeks pass at once only the next is asked: the others get their time first."""
    report(world, WRONG)
    first = line(world)[0]
    expect_ping(world, first)
    world.advance(timedelta(days=90).total_seconds())
    others = [member for member in line(world) if member != first]
    eventually(lambda: sum(len(pings(world, member)) for member in others) == 1, within=20)
    assert stays(lambda: sum(len(pings(world, member)) for member in others) == 1, during=2.0)


@pinged_once
def test_a_ping_shows_the_issue_and_who_is_on_it(world: World) -> None:
    """Before Jira answers the ping says so, then it links the issue, then it names who took it."""
    world.trouble("jira", "down")
    report(world, WRONG)
    ping = expect_ping(world, line(world)[0]).expect_text("Issue on its way")
    world.no_trouble()
    ping.expect_text(expect_issue(world, WRONG)["key"], within=20)
    assert expect_card(world, WRONG).click("Take", by="U0GRACE").ok
    ping.expect_text(f"Taken by @{world.name('U0GRACE')}").expect_no_button("Pass to next")


def test_a_step_survives_a_power_cut(world: World, tmp_path: Path) -> None:
    """A bot killed before the target and started long after asks the next exactly once."""
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path / 'bugle.db'}") as bot:
        report(world, WRONG)
        first, second, third = line(world)
        expect_ping(world, first).expect_text(expect_issue(world, WRONG)["key"])
        bot.kill()
        let_target_pass(world, first)
        world.trouble("slack", "cut_after", "chat.postMessage", times=1)
        bot.start()
        expect_ping(world, second)
        expect_line(world, "has not reacted in time")
        bot.kill()
        bot.start()
        assert stays(lambda: len(pings(world, second)) == 1 and not pings(world, third), during=3.0)
        assert len(world.channel(CARDS).messages(WRONG)) == 1


def test_while_nobody_is_on_duty_the_lead_is_asked(world: World, tmp_path: Path) -> None:
    """Before a rotation begins a report goes to its lead, and after the target to its members, one by one."""
    path = tmp_path / "bugle.toml"
    begins_later = CONFIG.read_text().replace("2026-01-05T10:00:00", "2031-07-07T10:00:00")
    path.write_text(begins_later.replace('name = "Shop bugs"', 'name = "Shop bugs"\nlead = "U0GRACE"'))
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(path)):
        report(world, WRONG)
        lead = expect_ping(world, "U0GRACE").expect_text("It waits for you; @Elsa Lind is asked")
        assert lead.buttons == ["Take", "Acknowledge", "Pass to next", "⋯"]
        expect_card(world, WRONG).expect_text(
            "Nobody is on duty: waiting for @Grace Okafor; the next in line"
        )
        assert world.name("U0GRACE") in expect_line(world, "Nobody is on duty now").text
        let_target_pass(world, "U0GRACE")
        ping = expect_ping(world, "U0ELSA").expect_text("It waits for you")
        expect_line(world, "has not reacted in time")
        assert ping.click("Take", by="U0ELSA").ok
        expect_card(world, WRONG).expect_text("Taken by")


@pinged_once
def test_a_raised_severity_hurries_the_ping(world: World) -> None:
    """When triage makes it critical, the shorter target counts from when the ping was posted."""
    report(world, WRONG)
    first, second, _ = line(world)
    expect_ping(world, first)
    assert expect_card(world, WRONG).click("Set severity", by="U0HUGO").ok
    form = world.person("U0HUGO").expect_form("Set severity")
    form.choose("Severity", "Critical")
    form.fill("Reason", "Money is lost")
    assert form.submit().closed
    expect_line(world, "set the severity to Critical")
    due = WorkingHours().after(now(world), timedelta(minutes=15), ZoneInfo(ZONES[first]))
    world.advance((due - now(world)).total_seconds() + 30)
    expect_ping(world, second)


@pytest.mark.soak
def test_steps_survive_power_cuts_at_any_instant(world: World, tmp_path: Path) -> None:
    """Killed at random instants while time passes, the bot asks each engineer once, and the channel once."""
    chance = random.Random(20261123)  # noqa: S311 - repeatable, keeps no secret
    with BotProcess(world.url, tmp_path, f"sqlite:///{tmp_path / 'bugle.db'}") as bot:
        report(world, WRONG)
        expect_issue(world, WRONG)
        members = line(world)
        for member in members:
            expect_ping(world, member)
            let_target_pass(world, member)
            for _ in range(6):
                Event().wait(chance.uniform(0.0, 0.8))
                bot.kill()
                bot.start()
        expect_line(world, "everybody in the rotation was asked")
        assert [len(pings(world, member)) for member in members] == [1, 1, 1]
        thread = expect_card(world, WRONG).thread
        assert len(thread.messages("has not reacted in time")) == 2
        assert len(thread.messages("everybody in the rotation was asked")) == 1
