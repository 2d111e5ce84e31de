"""Jira refuses what a form said: the reporter corrects it, and the same report gets its one issue."""

import pytest

from tests.e2e.reporting import expect_card, expect_issue, expect_whole, filled, issues, open_form
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
REGION, DUE = "customfield_10050", "duedate"


def asked_of(world: World, label: str) -> None:
    """Wait until a form for the shop shows a field."""

    def look() -> bool:
        form = open_form(world)
        there = label in form.labels
        form.close()
        return there

    eventually(look, what=f"a form with {label}")


def test_a_field_newly_required_comes_back_to_the_reporter(world: World) -> None:
    """Jira asks for a field that the form did not show: the reporter fills it in, and one issue is made."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    form.choose("Customers", "New customer: Lumen", query="Lumen")
    world.post("/jira/projects/SHOP", {"require": [REGION]})
    assert form.submit().closed
    note = world.dm("U0ANA").expect_message("Jira did not take your report")
    assert "Affected region is required." in note.text
    assert issues(world) == []
    form = note.click("Correct it").opens()
    assert "Jira says: Affected region is required." in form.text.replace("*", "")
    assert form.value("What happened").count("The card is charged twice") == 1
    assert (form.value("Area"), form.value("Customers")) == ("Payment", ["New customer: Lumen"[14:]])
    form.choose("Affected region", "Asia")
    form.fill("What happened", form.value("What happened").replace("charged twice", "charged twice at noon"))
    assert form.submit().closed
    expect_whole(world, ["The card is charged twice at noon"])
    fields = expect_issue(world, "charged twice at noon")["fields"]
    assert fields[REGION]["value"] == "Asia"
    assert len(issues(world)) == 1


def test_admins_read_who_corrected_it(world: World) -> None:
    """Once the reporter has corrected the report there is nothing left to retry or drop for admins."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    world.post("/jira/projects/SHOP", {"require": [DUE]})
    assert form.submit().closed
    notice = world.channel("C0ADMINS", seen_by="U0IRIS").expect_message("Create the Jira issue")
    assert notice.buttons == ["Retry", "Drop"]
    form = world.dm("U0ANA").expect_message("Jira did not take your report").click("Correct it").opens()
    form.fill("Due date", "2026-12-24")
    assert form.submit().closed
    notice.expect_text(f"@{world.name('U0ANA')} has corrected the report.").expect_no_button("Retry")
    assert notice.refresh().buttons == []
    expect_issue(world, "charged twice")


def test_pressing_the_button_later_says_that_nothing_is_left(world: World) -> None:
    """A report whose issue is there by now has nothing to correct."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    world.post("/jira/projects/SHOP", {"require": [DUE]})
    assert form.submit().closed
    note = world.dm("U0ANA").expect_message("Jira did not take your report")
    form = note.click("Correct it").opens()
    form.fill("Due date", "2026-12-24")
    assert form.submit().closed
    assert expect_issue(world, "charged twice")["fields"]["duedate"] == "2026-12-24"
    note.click("Correct it")
    world.dm("U0ANA").expect_message("Nothing is left to correct")


def test_what_is_corrected_gives_nothing_away(world: World) -> None:
    """A card's number that comes in with the correction is masked: nobody is asked about it again."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    world.post("/jira/projects/SHOP", {"require": [DUE]})
    assert form.submit().closed
    form = world.dm("U0ANA").expect_message("Jira did not take your report").click("Correct it").opens()
    form.fill("Due date", "2026-12-24")
    form.fill("What happened", form.value("What happened") + "\nWith 4111 1111 1111 1111")
    form.fill("Help desk link", "https://desk.example/t/17?token=a1b2c3d4e5f6")
    assert form.submit().closed
    description = expect_issue(world, "charged twice")["fields"]["description"]
    assert "••••1111" in description
    assert "4111 1111" not in description
    assert "a1b2c3d4e5f6" not in description


def test_what_jira_requires_is_asked_from_then_on(world: World) -> None:
    """The next form shows the field, and does not file without it."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    world.post("/jira/projects/SHOP", {"require": [REGION]})
    assert form.submit().closed
    world.dm("U0ANA").expect_message("Jira did not take your report")
    asked_of(world, "Affected region")
    form = filled(open_form(world), "The basket is empty")
    assert form.submit().errors == {"Affected region": "This field is required"}


def test_an_area_deleted_meanwhile_is_named_in_the_issue(world: World) -> None:
    """A component is deleted between choosing and filing: the issue is made and says which area was meant."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    world.post("/jira/projects/SHOP", {"remove_components": ["Payment"]})
    assert form.submit().closed
    fields = expect_issue(world, "Payment: The card is charged twice")["fields"]
    assert fields["components"] == []
    assert "||Area|Payment|" in fields["description"]
    expect_card(world, "The card is charged twice").expect_text("Payment")


def test_a_refusal_that_is_the_team_s_goes_to_admins_alone(world: World) -> None:
    """A project that Bugle may no longer create issues in is nothing a reporter can correct."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    world.post("/jira/projects/SHOP", {"revoke": ["CREATE_ISSUES"]})
    assert form.submit().closed
    world.channel("C0ADMINS").expect_message("Create the Jira issue")
    assert world.dm("U0ANA").messages("Jira did not take") == []
