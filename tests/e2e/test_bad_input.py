"""What people type and what becomes of them, their channels and projects: a report is whole all the same.

Bad days of triage are in test_triage_bad_days.py, what Jira refuses in test_mending.py.
"""

import json
import re
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.reporting import (
    CARDS,
    CONFIG,
    HAPPENED,
    engineer,
    expect_card,
    expect_issue,
    expect_whole,
    filled,
    open_form,
    report,
)
from tests.e2e.test_triage import filed
from tests.harness.world import World

TWICE = "The card is charged twice"
ADMINS = "C0ADMINS"
ODD = (
    f"{TWICE} <!channel> <@U0IRIS> <https://evil.example|ok> [~admin] {{code}} !x.png! &amp; *_~` "
    "\u202eהכרטיס חויב פעמיים\u202c \u200b\u200d\u2060\ufeff 👨‍👩‍👧‍👦"
)


@pytest.mark.usefixtures("bot")
def test_odd_characters_are_text_everywhere(world: World) -> None:
    """3,000 characters of emoji, right-to-left text, mentions and macros: read as typed, obeyed by nobody."""
    form = filled(open_form(world), ODD)
    room = 3000 - len(HAPPENED.format(actual=f"{ODD}\n"))
    form.fill("What happened", HAPPENED.format(actual=f"{ODD}\n{'😀' * room}"))
    form.choose("Customers", "New customer: <!here> {code} [~admin]", query="<!here> {code} [~admin]")
    assert form.submit().closed
    expect_whole(world, [TWICE])
    for place in (CARDS, engineer(world), "U0ANA"):
        where = world.channel(place) if place == CARDS else world.dm(place)
        message = where.expect_message(TWICE)
        assert "<!channel> <@U0IRIS>" in message.text
        assert not re.search("<!channel|<!here|<@U0IRIS|<https://evil", json.dumps(message.raw))
    fields = expect_issue(world, TWICE)["fields"]
    assert "😀" * room in fields["description"]
    assert "הכרטיס חויב פעמיים" in fields["description"]
    assert not re.search(r"(?<!\\)(\[~admin|\{code|!x\.png)", fields["description"])


@pytest.mark.usefixtures("bot")
def test_blocks_that_a_workspace_does_not_take_are_left_out(world: World) -> None:
    """Slack refuses a kind of block: card, ping and receipt say what happened as text, and nothing dies."""
    for method in ("chat.postMessage", "chat.update"):
        world.trouble("slack", "error", method, match='"type": "context"', error="invalid_blocks")
    report(world, TWICE)
    expect_whole(world, [TWICE])
    assert expect_card(world, TWICE).raw.get("blocks", []) == []
    assert world.channel(ADMINS).messages() == []


@pytest.mark.usefixtures("bot")
def test_a_form_and_home_do_without_blocks_that_a_workspace_does_not_take(world: World) -> None:
    """Slack refuses file inputs and headers in views: the form files all the same, Home says all it says."""
    world.trouble("slack", "error", "views.open", match='"type": "file_input"', error="invalid_blocks")
    world.trouble("slack", "error", "views.publish", match='"type": "header"', error="invalid_blocks")
    form = open_form(world)
    assert "Screenshots" not in form.labels
    form.fill("Help desk link", "https://desk.example/17")
    assert filled(form, TWICE).submit().closed
    expect_whole(world, [TWICE])
    world.person("U0ANA").home().expect_text("Your reports").expect_text(TWICE)
    assert world.channel(ADMINS).messages() == []


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("button", ["Assign…", "Set severity"])
def test_an_expired_trigger_is_told_and_the_next_press_opens(world: World, button: str) -> None:
    """The form behind a card's button opens too late: who pressed it reads so, and presses again."""
    card = filed(world, TWICE)
    world.trouble("slack", "slow", "views.open", times=1, delay=4)
    assert card.click(button, by="U0IRIS").ok
    told = world.channel(CARDS, seen_by="U0IRIS").expect_message(
        "Slack did not let Bugle show this", within=15
    )
    assert told.ephemeral
    assert card.click(button, by="U0IRIS").opens().close().ok


@pytest.mark.usefixtures("bot")
def test_a_renamed_channel_is_still_the_same(world: World) -> None:
    """The channel of the cards gets another name: cards there live on, and new ones go there."""
    card = filed(world, TWICE)
    world.set_channel(CARDS, name="shop-faults")
    assert card.click("Take", by="U0GRACE").ok
    card.expect_text("Taken by")
    filed(world, "The basket is empty")
    assert world.channel(ADMINS).messages() == []


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("change", [{"guest": True}, {"email": ""}], ids=["guest", "no address"])
def test_whoever_reports_gets_a_whole_report(world: World, change: dict[str, object]) -> None:
    """A guest, or somebody whose address Slack does not tell, files like everybody, and is named."""
    world.set_person("U0ANA", **change)
    report(world, TWICE)
    expect_whole(world, [TWICE])
    description = expect_issue(world, TWICE)["fields"]["description"]
    assert description.startswith("Reported by *Ana Ruiz* in Slack.")


@pytest.mark.usefixtures("bot")
def test_a_reporter_who_leaves_holds_nothing_up(world: World) -> None:
    """Their account is closed before the receipt is out: all else is there, and no admin is called."""
    world.trouble("slack", "error", "conversations.open", match="U0ANA", status=503)
    report(world, TWICE)
    world.set_person("U0ANA", deactivated=True)
    world.no_trouble()
    world.advance(600)
    key = expect_issue(world, TWICE)["key"]
    expect_card(world, TWICE).expect_text(key)
    ping = world.dm(engineer(world)).expect_message(TWICE).expect_text(key)
    assert ping.click("Take").ok
    expect_card(world, TWICE).expect_text("Taken by")
    assert world.channel(ADMINS).messages() == []


def test_a_project_that_moved_gets_its_reports_where_bugle_toml_says(world: World, tmp_path: Path) -> None:
    """Admins are told, name the new project in it and press Retry: the kept report gets its issue there."""
    path, told = tmp_path / "bugle.toml", CONFIG.read_text(encoding="utf-8")
    path.write_text(told, encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url, BUGLE_CONFIG=str(path)) as bot:
        form = filled(open_form(world), TWICE, area="Payment")
        world.post("/jira/projects/SHOP", {"revoke": ["CREATE_ISSUES", "BROWSE_PROJECTS"]})
        assert form.submit().closed
        notice = world.channel(ADMINS, seen_by="U0IRIS").expect_message("Create the Jira issue")
        expect_card(world, TWICE).expect_text("Issue on its way")
        bot.terminate()
        world.post("/jira/projects/PAY", {"not_required": ["customfield_10050"]})
        path.write_text(told.replace('project = "SHOP"', 'project = "PAY"'), encoding="utf-8")
        bot.start()
        assert notice.click("Retry", by="U0IRIS").ok
        fields = expect_issue(world, f"Payment: {TWICE}")["fields"]
        assert (fields["project"]["key"], fields["components"]) == ("PAY", [])
        assert "||Area|Payment|" in fields["description"]
        expect_whole(world, [TWICE])
