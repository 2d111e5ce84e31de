"""Shifts in one's own calendar, by an address that follows changes or as a file."""

from pathlib import Path

import httpx
import pytest
import vobject

from tests.e2e.bot_process import BotProcess
from tests.harness.forms import Form
from tests.harness.world import World

ELSA = "U0ELSA"


def opened(world: World) -> Form:
    """Open the modal from Home."""
    home = world.person(ELSA).home()
    home.expect_text("On duty now")
    return home.click("Calendar").opens()


def address(form: Form) -> str:
    """Get a new address."""
    assert form.click("New address").ok
    form.expect_text("/calendar/")
    return form.text.split("```")[1]


def test_an_address_is_read_by_calendars_until_it_is_stopped(world: World, tmp_path: Path) -> None:
    """The modal shows an address; what is there is a calendar; stopped, nothing is there."""
    url = f"sqlite:///{tmp_path / 'bugle.db'}"
    with BotProcess(world.url, tmp_path, url, PUBLIC_URL="https://bugle.example") as bot:
        form = opened(world)
        form.choose("Choose", "Shop bugs")
        found = address(form)
        assert found.startswith("https://bugle.example/calendar/")
        there = found.replace("https://bugle.example", bot.url)
        answer = httpx.get(there)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
        calendar = vobject.readOne(answer.text)
        assert calendar.contents["x-wr-calname"][0].value == "Shop bugs"
        assert len(calendar.contents["vevent"]) > 50
        assert form.click("Stop the address", confirm="Stop").ok
        form.expect_text("The address has stopped")
        assert httpx.get(there).status_code == httpx.get(f"{bot.url}/calendar/guess.ics").status_code == 404


@pytest.mark.usefixtures("bot")
def test_without_a_public_address_there_is_the_file(world: World) -> None:
    """The modal says why there is no address, and the file comes in the messages with Bugle."""
    form = opened(world)
    form.expect_text("needs PUBLIC_URL")
    assert form.click("Send me the file").ok
    form.expect_text("The file is in your messages")
    (file,) = world.dm(ELSA).expect_message("Shifts as they are now").raw["files"]
    assert file["name"] == "bug-rotation.ics"
