"""Snoozing a ping, and its coming back."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.asking import (
    WRONG,
    begin_on_monday,
    expect_line,
    expect_ping,
    let_target_pass,
    line,
    pings,
)
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import expect_card, expect_issue, report
from tests.harness.cards import Card
from tests.harness.waiting import stays
from tests.harness.world import World

FOUR_HOURS = timedelta(hours=4)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def monday(world: World) -> None:
    """Begin on the morning of a Monday, after the hand-off."""
    begin_on_monday(world)


def snooze(world: World, ping: Card, user: str, label: str) -> None:
    """Snooze a ping: two taps."""
    ping.choose("Snooze…")
    form = world.person(user).expect_form("Snooze")
    assert form.click(label).ok
    form.expect_text("Snoozed until")


@pytest.mark.usefixtures("bot")
def test_a_snooze_comes_back_to_whoever_is_on_duty(world: World) -> None:
    """Until then it counts as acknowledged, and all read until when; then a new round begins."""
    report(world, WRONG)
    first, second, _ = line(world)
    ping = expect_ping(world, first).expect_text(expect_issue(world, WRONG)["key"])
    assert ping.choose("Snooze…").ok
    form = world.person(first).expect_form("Snooze")
    assert form.labels == ["Snooze 1 hour", "Snooze 4 hours", "Snooze until tomorrow"]
    form.expect_text("It comes back").expect_text("Then whoever is on duty is asked anew")
    assert form.click("Snooze 4 hours").ok
    form.expect_text("Snoozed until")
    ping.expect_text(f"Snoozed by @{world.name(first)} until").expect_button("Acknowledge")
    expect_card(world, WRONG).expect_text("Snoozed by")
    expect_line(world, "snoozed it until")
    world.advance(FOUR_HOURS.total_seconds() - 60)
    assert stays(lambda: not pings(world, second) and len(pings(world, first)) == 1, during=1.0)
    world.advance(90)
    expect_line(world, f"The snooze is over: @{world.name(first)} is asked now")
    ping.expect_text("You were asked again")
    expect_ping(world, first).expect_text(f"It waits for you; @{world.name(second)} is asked")
    let_target_pass(world, first)
    expect_ping(world, second)


@pytest.mark.usefixtures("bot")
def test_no_snooze_outlasts_the_duty(world: World) -> None:
    """Shortly before the hand-off the last choice is the hand-off, and the next engineer is asked then."""
    world.advance((WEEK - timedelta(minutes=150)).total_seconds())  # two hours before Monday's hand-off
    report(world, WRONG)
    first, second, _ = line(world)
    ping = expect_ping(world, first)
    snooze(world, ping, first, "Snooze until the hand-off")
    world.advance(timedelta(hours=2).total_seconds() + 60)
    expect_ping(world, second).expect_text("It waits for you")
    expect_line(world, f"The snooze is over: @{world.name(second)} is asked now")
    ping.expect_no_button("Acknowledge")
    assert len(pings(world, first)) == 1


@pytest.mark.usefixtures("bot")
def test_pressing_twice_and_too_late_is_harmless(world: World) -> None:
    """Two presses snooze once; once somebody has taken it the form says who, and nothing is snoozed."""
    report(world, WRONG)
    first, _, _ = line(world)
    ping = expect_ping(world, first)
    assert ping.choose("Snooze…").ok
    form = world.person(first).expect_form("Snooze")
    world.trouble("slack", "slow", "views.update", delay=2.0, times=2)
    assert form.click("Snooze 1 hour").ok
    assert form.click("Snooze 1 hour").ok
    form.expect_text("Snoozed until")
    expect_line(world, "snoozed it until")
    assert len(expect_card(world, WRONG).thread.messages("snoozed it until")) == 1
    assert ping.choose("Snooze…").ok
    other = world.person(first).expect_form("Snooze", other_than=[form.id]).expect_field("Snooze 4 hours")
    assert expect_card(world, WRONG).click("Take", by="U0GRACE").ok
    late = world.person(first).form()
    assert other.label in late.labels
    assert late.click("Snooze 4 hours").ok
    late.expect_text("Nothing was snoozed: @Grace Okafor has it now")
    ping.expect_text("Taken by @Grace Okafor")


@pytest.mark.usefixtures("bot")
def test_who_snoozed_it_may_look_at_it_sooner(world: World) -> None:
    """Acknowledge ends the snooze; nobody is asked when it would have come back."""
    report(world, WRONG)
    first, second, _ = line(world)
    ping = expect_ping(world, first)
    snooze(world, ping, first, "Snooze 1 hour")
    assert ping.expect_button("Acknowledge").click("Acknowledge").ok
    ping.expect_text("You are looking at it").expect_no_button("Acknowledge")
    world.advance(timedelta(hours=2).total_seconds())
    assert stays(lambda: len(pings(world, first)) == 1 and not pings(world, second), during=2.0)


def test_a_snooze_survives_a_power_cut_and_two_replicas(world: World, tmp_path: Path) -> None:
    """Killed and started again as two, Bugle lets it come back once, at its time or as soon as it can."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url) as bot, BotProcess(world.url, tmp_path, url):
        report(world, WRONG)
        first, second, _ = line(world)
        ping = expect_ping(world, first)
        snooze(world, ping, first, "Snooze 1 hour")
        ping.expect_text("Snoozed by")
        bot.kill()
        world.advance(timedelta(hours=1).total_seconds() + 30)
        bot.start()
        expect_line(world, "The snooze is over")
        ping.expect_text("You were asked again")
        assert stays(lambda: len(pings(world, first)) == 2 and not pings(world, second), during=2.0)
        assert len(expect_card(world, WRONG).thread.messages("The snooze is over")) == 1
