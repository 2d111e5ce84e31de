"""The directory of customers in use: filled by the command, searched, changed and merged in Slack."""

from pathlib import Path

import pytest

from tests.bot.stage import Said, bugle
from tests.e2e.bot_process import BotProcess
from tests.e2e.telling import choose_customer, expect_told, passing
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

FILE = """Account ID;Account Name;Tier;ARR;CSM;Renewal Date;Seats
A1;Lumen Retail;Enterprise;€ 240.000,00;ana@harbor.example;30.09.2027;120
A2;Lumen Mayoristas;starter;12k;nobody@harbor.example;;
A3;Ohm Labs;starter;1.2M;;03/04/2027;
A4;Ohm Works;starter;9000;;;
"""


@pytest.fixture
def folder(bot: BotProcess, tmp_path: Path) -> Path:
    """Return a folder beside a bot in use."""
    assert bot.url
    return tmp_path


def customers(bot: BotProcess, folder: Path, *arguments: str) -> Said:
    """Run the command with the bot's own settings."""
    return bugle("customers", *arguments, folder=folder, **bot.env)


def imported(bot: BotProcess, folder: Path, text: str = FILE, *arguments: str) -> Said:
    """Import a file with this text."""
    (folder / "crm.csv").write_text(text, encoding="utf-8")
    return customers(bot, folder, "import", "crm.csv", *arguments)


def directory(world: World, user: str = "U0ANA") -> Form:
    """Open the directory from somebody's Home, in English."""
    world.set_person(user, locale="en-US")
    world.person(user).home().click("Customers")
    return world.person(user).expect_form("Customers")


def test_what_is_imported_is_found_in_the_menus(bot: BotProcess, folder: Path, world: World) -> None:
    """A dry run changes nothing; bad lines are named; the rest is found at once, by its reps too."""
    dry = imported(bot, folder, FILE, "--dry-run")
    assert dry.code == 1
    assert "2 would be added" in dry.out, dry
    assert "Nothing was changed" in dry.out
    said = imported(bot, folder)
    assert said.code == 1
    assert "2 added, 0 changed, 0 unchanged, 2 bad lines" in said.out
    assert "line 3: 'nobody@harbor.example': Nobody in your Slack has this e-mail address." in said.err
    assert "line 4: Renewal Date: '03/04/2027': This can be two days" in said.err
    assert "ARR -> value" in said.err
    again = imported(bot, folder, FILE, "--dates", "day-first", "--map", "CSM=ignore")
    assert (again.code, "2 added, 0 changed, 2 unchanged" in again.out) == (0, True)
    form = passing(world, "Search is slow")
    assert form.options("Customer", "lumen")[:2] == ["Lumen Mayoristas", "Lumen Retail"]
    choose_customer(form, "Lumen Retail")
    assert form.submit().closed
    card = expect_told(world, "Search is slow")
    assert "Lumen Retail" in card.text
    exported = customers(bot, folder, "export", "out.csv")
    assert (exported.code, exported.err) == (0, "")
    back = customers(bot, folder, "import", "out.csv")
    assert (back.code, "0 added, 0 changed, 4 unchanged" in back.out) == (0, True)


def test_what_is_no_file_of_customers_is_refused(bot: BotProcess, folder: Path) -> None:
    """In one line, with the way out."""
    for said, why in (
        (customers(bot, folder, "import", "nowhere.csv"), "cannot be read"),
        (imported(bot, folder, "Tier,Region\na,b\n"), "no column holds the customer's name or key"),
        (imported(bot, folder, FILE, "--map", "Foo=tier"), "is no column of this file"),
        (customers(bot, folder, "audit", "nobody"), "is no customer"),
    ):
        assert said.code == 1
        assert why in said.err
        assert "Traceback" not in said.err


def test_a_rep_adds_and_changes_a_customer(bot: BotProcess, folder: Path, world: World) -> None:
    """What cannot be is said on its field; what was saved is shown; the audit knows who."""
    shown = directory(world)
    form = shown.click("New customer…").opens()
    form.fill("Name", "Ohm Labs")
    form.fill("Value a year", "a lot")
    form.fill("Link to the CRM", "crm")
    assert set(form.submit().errors) == {"Value a year", "Link to the CRM"}
    form.fill("Value a year", "1.2M")
    form.fill("Link to the CRM", "https://crm.example/1")
    form.fill("Other fields", "Seats: 120")
    form.submit()
    shown = world.person("U0ANA").expect_form("Customers")
    shown.expect_text("Ohm Labs").expect_text("1,200,000").expect_text("*Seats*  120")
    twice = shown.click("New customer…").opens()
    twice.fill("Name", "OHM labs")
    assert "There is a customer of this name" in twice.submit().errors["Name"]
    twice.close()
    edit = shown.click("Edit…").opens()
    assert edit.value("Value a year") == "1200000"
    edit.fill("Region", "EMEA")
    edit.submit()
    world.person("U0ANA").expect_form("Customers").expect_text("EMEA")
    audit = customers(bot, folder, "audit", "Ohm Labs").out
    assert "U0ANA  added" in audit
    assert "U0ANA  seen" in audit
    assert "fields: region" in audit


def test_merging_keeps_what_was_told(bot: BotProcess, folder: Path, world: World) -> None:
    """It asks first and says what moves; cards show the customer that is left, and so does every menu."""
    assert imported(bot, folder, "Key,Name,Tier\nA1,Lumen Retail,enterprise\n").code == 0
    form = passing(world, "Search is slow")
    choose_customer(form, "Lumen Shops")
    assert form.submit().closed
    expect_told(world, "Lumen Shops")
    shown = directory(world)
    shown.choose("Type a name", "Lumen Shops", query="shops")
    shown.expect_text("1 customer issue waits")
    choice = shown.click("Merge…").opens()
    choice.choose("The customer that stays", "Lumen Retail", query="lumen r")
    choice.submit()
    asked = world.person("U0ANA").expect_form("Merge customers").expect_text("1 customer issue and 0 reports")
    asked.submit()
    world.person("U0ANA").expect_form("Customers").expect_text("1 customer issue waits")
    eventually(lambda: "Lumen Retail" in expect_told(world, "Search is slow").text)
    assert passing(world, "More").options("Customer", "lumen")[:-1] == ["Lumen Retail"]


def test_what_an_erased_customer_said_is_gone_from_slack(bot: BotProcess, folder: Path, world: World) -> None:
    """The command asks, blanks what is kept and what was posted, and leaves the customer in no menu."""
    form = passing(world, "Search is slow")
    choose_customer(form, "Lumen Shops")
    assert form.submit().closed
    expect_told(world, "Search is slow")
    data = customers(bot, folder, "data", "Lumen Shops")
    assert '"quote": "Search is slow"' in data.out
    assert customers(bot, folder, "erase", "Lumen Shops", "--yes").code == 0
    eventually(lambda: not world.channel("C0SHOPBUGS").messages("Search is slow"))
    assert not world.channel("C0SHOPBUGS").messages("Lumen Shops")
    assert "Lumen Shops" not in passing(world, "More").options("Customer", "lumen shop")
