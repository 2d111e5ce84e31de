"""Triage on bad days: channels that are gone, outsiders, roles, people who cannot be reached."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import read_config
from bot.manifest import manifest
from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import CARDS, CONFIG, engineer, expect_card, expect_issue, report
from tests.e2e.test_triage import comments, expect_assignee, expect_status, filed
from tests.harness.cards import Card
from tests.harness.waiting import eventually
from tests.harness.world import World

TWICE = "The card is charged twice"
ADMINS = "C0ADMINS"


def notices(world: World) -> list[Card]:
    """Return what admins are told."""
    return world.channel(ADMINS, seen_by="U0IRIS").messages("could not be done")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("loss", "gain"),
    [({"archived": True}, {"archived": False}), ({"leave": "app"}, {"join": "app"})],
    ids=["archived", "removed"],
)
def test_a_lost_channel_is_told_once_and_made_up_for(
    world: World, loss: dict[str, object], gain: dict[str, object]
) -> None:
    """The report goes on without its card's channel; admins read it once, and Retry does all that waited."""
    card = filed(world, TWICE)
    world.post(f"/slack/channel/{CARDS}", loss)
    ping = world.dm(engineer(world)).expect_message(TWICE)
    assert ping.click(ping.buttons[0]).ok
    expect_assignee(world, world.name(engineer(world)))
    report(world, "Paying charges two times")
    expect_issue(world, "Paying charges two times")
    world.dm("U0ANA").expect_message("Paying charges two times").expect_text("SHOP-2")
    notice = world.channel(ADMINS, seen_by="U0IRIS").expect_message("Bugle can say nothing in #shop-bugs")
    assert len(notices(world)) == 1
    world.post(f"/slack/channel/{CARDS}", gain)
    assert notice.click("Retry", by="U0IRIS").ok
    expect_card(world, "Paying charges two times").expect_text("SHOP-2")
    card.expect_text("Taken by")
    card.thread.expect_count(1, "took it")
    notice.expect_no_button("Retry")
    assert len(notices(world)) == 1


@pytest.mark.usefixtures("bot")
def test_a_channel_with_another_id_is_followed(world: World) -> None:
    """What is there is still edited; the old id is believed no more, and admins read what to do."""
    card = filed(world, TWICE)
    world.post(f"/slack/channel/{CARDS}", {"new_id": "C1SHOPBUGS"})
    eventually(lambda: world.calls("bot", "channel_id_changed"), what="the event to reach Bugle")
    before = world.calls()[-1]["number"]
    ping = world.dm(engineer(world)).expect_message(TWICE)
    assert ping.click("Take").ok
    moved = world.channel("C1SHOPBUGS").expect_message("Taken by")
    assert moved.ts == card.ts
    moved.thread.expect_message("took it")
    report(world, "Paying charges two times")
    world.channel(ADMINS, seen_by="U0IRIS").expect_message("Bugle can say nothing in")
    posts = [each for each in world.calls("slack", after=before) if each["method"].startswith("chat.")]
    assert CARDS not in [each["request"]["channel"] for each in posts]


@pytest.mark.usefixtures("bot")
def test_people_of_other_companies_are_told_that_it_is_not_theirs(world: World) -> None:
    """A card's channel is shared with a customer later: their press changes nothing and is answered."""
    card = filed(world, TWICE)
    world.post(f"/slack/channel/{CARDS}", {"share": "T0LUMEN"})
    assert card.click("Take", by="U0XOLGA").ok
    told = world.channel(CARDS, seen_by="U0XOLGA").expect_message("This is for the people of the company")
    assert told.ephemeral
    assert "Take" in card.refresh().buttons


@pytest.mark.usefixtures("bot")
def test_a_guest_is_asked_and_the_asker_warned(world: World) -> None:
    """A guest who reported gets the question; whoever asked is told that guests may not see it."""
    card = filed(world, TWICE)
    world.post("/slack/people/U0ANA", {"guest": True})
    form = card.choose("Ask reporter", by="U0IRIS").opens("Ask reporter")
    form.fill("Question", "Which card was it?")
    assert form.submit().closed
    card.thread.expect_message("@Iris Novak: @Ana Ruiz is a guest here")
    world.dm("U0ANA").expect_message("Which card was it?")


@pytest.mark.usefixtures("bot")
def test_a_reporter_without_an_address_is_no_obstacle(world: World) -> None:
    """Slack tells no e-mail of the reporter: the issue is made all the same, and names them."""
    world.post("/slack/people/U0ANA", {"email": ""})
    filed(world, TWICE)
    description = world.get("/jira/issues/SHOP-1")["fields"]["description"]
    assert description.startswith("Reported by *Ana Ruiz* in Slack.")


@pytest.mark.usefixtures("bot")
def test_jira_down_while_triaging_loses_nothing(world: World) -> None:
    """What is decided while Jira is down reaches it in order when it is back."""
    card = filed(world, TWICE)
    trouble = world.trouble("jira", "down")
    assert card.click("Take", by="U0GRACE").ok
    card.expect_text("Taken by")
    form = card.choose("Not a bug", by="U0IRIS").opens("Not a bug")
    form.fill("Reason", "It is meant so")
    assert form.submit().closed
    card.expect_text("It is meant so")
    world.no_trouble(trouble)
    world.advance(600)
    assert expect_status(world, "Done")["assignee"]["displayName"] == "Grace Okafor"
    assert "It is meant so" in comments(world)


@pytest.fixture
def roles(world: World, tmp_path: Path) -> Iterator[BotProcess]:
    """Yield a bot whose bugle.toml lets Grace and the group bug-duty triage."""
    path = tmp_path / "bugle.toml"
    roles = '\n[roles]\ntriage = ["U0GRACE", "S0ONDUTY"]\n'
    path.write_text(CONFIG.read_text(encoding="utf-8") + roles, encoding="utf-8")
    config = read_config(path)
    world.set_app(manifest=manifest(config=config))
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(path)) as running:
        yield running


def told(world: World, who: str) -> Card:
    """Wait until somebody is told in the card's channel, alone, why nothing was changed."""
    return world.channel(CARDS, seen_by=who).expect_message("Nothing was changed")


@pytest.mark.usefixtures("roles")
def test_who_may_not_triage_is_told_who_may(world: World) -> None:
    """Somebody without the role presses: nothing changes, and they read whom to ask."""
    card = filed(world, TWICE)
    assert card.click("Take", by="U0BEN").ok
    said = told(world, "U0BEN")
    assert said.ephemeral
    assert "@Grace Okafor" in said.text
    card.click("Set severity", by="U0BEN")
    card.choose("Hand to rotation", by="U0BEN")
    world.channel(CARDS, seen_by="U0BEN").expect_count(3, "Nothing was changed")
    assert card.refresh().buttons[0] == "Take"


@pytest.mark.usefixtures("roles")
def test_people_groups_and_the_engineer_on_duty_may(world: World) -> None:
    """A person with the role, a member of a group, a new member of it, and whoever is on duty may triage."""
    card = filed(world, TWICE)
    assert card.click("Set severity", by="U0GRACE").opens("Set severity").close().ok
    assert card.click("Set severity", by="U0ELSA").opens("Set severity").close().ok
    assert card.click("Take", by=engineer(world)).ok
    card.expect_text("Taken by")


@pytest.mark.usefixtures("roles")
def test_why_is_told_to_all(world: World) -> None:
    """Nobody needs a role to ask why."""
    card = filed(world, TWICE)
    view = card.choose("Why?", by="U0BEN").opens("Why?")
    eventually(lambda: "Severity: High" in view.text, what="the reasons")
