"""`bugle rotation`: rosters out of a bot in use, and into it."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import vobject

from tests.bot.stage import Said, bugle
from tests.e2e.bot_process import BotProcess
from tests.harness.waiting import eventually
from tests.harness.world import World

KEY = "shop-bugs"


@pytest.fixture
def folder(bot: BotProcess, tmp_path: Path) -> Path:
    """Return a folder beside a bot in use."""
    assert bot.url
    return tmp_path


def rotation(bot: BotProcess, folder: Path, *arguments: str) -> Said:
    """Run the command with the bot's own settings."""
    return bugle("rotation", *arguments, folder=folder, **bot.env)


def rows(bot: BotProcess, folder: Path) -> list[dict[str, str]]:
    """Return the shifts as the CSV export has them."""
    said = rotation(bot, folder, "export", KEY, "--format", "csv")
    assert (said.code, said.err) == (0, "")
    return list(csv.DictReader(StringIO(said.out)))


def test_show_says_who_is_on_duty(bot: BotProcess, folder: Path, world: World) -> None:
    """Each rotation has its shifts to come, the one under way marked; a key that is none is refused."""
    said = rotation(bot, folder, "show")
    assert said.code == 0
    assert "shop-bugs: Shop bugs" in said.out
    assert "pay-bugs: Pay bugs" in said.out
    now = rows(bot, folder)[0]
    (marked,) = [line for line in rotation(bot, folder, "show", KEY).out.splitlines() if line[:1] == "*"]
    assert marked.endswith(now["name"])
    assert now["name"] == world.name(now["person"])
    said = rotation(bot, folder, "show", "nothing")
    assert said.code == 1
    assert "choose from pay-bugs, shop-bugs" in said.err


def test_the_export_is_a_calendar(bot: BotProcess, folder: Path) -> None:
    """Without another format the file is iCalendar, with the shifts of the CSV."""
    said = rotation(bot, folder, "export", KEY, "--output", "shifts.ics")
    assert (said.code, said.out, said.err) == (0, "", "")
    calendar = vobject.readOne((folder / "shifts.ics").read_text(encoding="utf-8"))
    starts = {event.dtstart.value for event in calendar.contents["vevent"]}
    assert {datetime.fromisoformat(each["start"]) for each in rows(bot, folder)} <= starts


def test_a_roster_is_laid_over_a_rotation(bot: BotProcess, folder: Path, world: World) -> None:
    """A dry run only says what differs; done, the rotation says the same; again, nothing is left."""
    first, second = rows(bot, folder)[:2]
    middle = datetime.fromisoformat(second["start"]) + timedelta(days=1)
    lines = [
        "start,end,email",
        f"{second['start']},{middle.isoformat()},{_email(world, first['person'])}",
        f"{middle.isoformat()},{second['end']},nobody@harbor.example",
        "yesterday,today,U0ELSA",
    ]
    (folder / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    dry = rotation(bot, folder, "import", KEY, "roster.csv", "--dry-run")
    assert dry.code == 1
    assert f"{first['name']} instead of {second['name']}" in dry.out
    assert "roster.csv, 3: names nobody known" in dry.err
    assert "roster.csv, 4: 'yesterday' is no date and time" in dry.err
    assert rows(bot, folder)[1] == second
    assert "1 change:" in rotation(bot, folder, "import", KEY, "roster.csv").out
    changed = rows(bot, folder)[1:3]
    assert [each["person"] for each in changed] == [first["person"], second["person"]]
    assert changed[0]["why"] == "override"
    assert "nothing to change" in rotation(bot, folder, "import", KEY, "roster.csv").out


def test_an_export_is_taken_in_again(bot: BotProcess, folder: Path) -> None:
    """What Bugle exports, in either form, it can import: nothing differs."""
    for form in ("csv", "ics"):
        rotation(bot, folder, "export", KEY, "--format", form, "--output", f"out.{form}")
        said = rotation(bot, folder, "import", KEY, f"out.{form}")
        assert (said.code, said.out, said.err) == (0, f"{KEY}: nothing to change.\n", "")


def test_a_running_bot_follows_what_was_imported(bot: BotProcess, folder: Path, world: World) -> None:
    """A roster that gives the shift under way to somebody else is announced by the bot."""
    now = rows(bot, folder)[0]
    other = next(each["person"] for each in rows(bot, folder) if each["person"] != now["person"])
    (folder / "roster.csv").write_text(f"start,end,person\n{now['start']},{now['end']},{other}\n")
    assert rotation(bot, folder, "import", KEY, "roster.csv").code == 0
    home = world.person("U0ANA").home()
    eventually(lambda: f"*Shop*  @{world.name(other)}" in home.refresh().text, what="Home to name them")


def _email(world: World, user: str) -> str:
    people = world.get("/slack/people")["people"]
    return str(next(each for each in people if each["id"] == user)["email"])
