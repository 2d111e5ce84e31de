"""The whole form: what is picked reaches Jira, whatever the project asks for."""

from typing import Any

import pytest

from tests.e2e.reporting import expect_card, expect_issue, expect_under_way, filled, form_with, open_form
from tests.harness.forms import Form
from tests.harness.waiting import eventually
from tests.harness.world import World

pytestmark = pytest.mark.usefixtures("bot")
OWN = [f"customfield_{number}" for number in range(10060, 10072)]


def answer_all(form: Form) -> None:
    """Answer a field of every sort that a project can require."""
    form.fill("Order reference", "A-17")
    form.fill("Log excerpt", "one\ntwo")
    form.fill("First seen on", "2026-11-20")
    form.fill("Last seen at", 1_764_000_000)
    form.choose("Account manager", "Hugo Vidal")
    form.choose("To be told", "Ana Ruiz", "Iris Novak")
    form.choose("Sales channels", "Web", "App")
    form.choose("Contract", "Enterprise")
    form.choose("Devices", "Phone", "Desktop")
    assert "Place › Taiwan" not in form.labels
    form.choose("Place", "Taiwan")
    form.expect_field("Place › Taiwan")
    assert form.value("Log excerpt") == "one\ntwo"
    form.choose("Place › Taiwan", "Tainan")
    form.fill("Page", "https://shop.example/pay")
    form.fill("Keywords", " pay  twice ")
    form.choose("Affected region", "Asia")


def expect_answers(fields: dict[str, Any]) -> None:
    """Check that an issue has what `answer_all` said."""
    expected: dict[str, Any] = {
        "customfield_10060": "A-17",
        "customfield_10061": "one\ntwo",
        "customfield_10062": "2026-11-20",
        "customfield_10070": "https://shop.example/pay",
        "customfield_10071": ["pay", "twice"],
    }
    assert {field: fields[field] for field in expected} == expected
    assert fields["customfield_10063"].startswith("2025-11-24T17:00:00.000")  # in Madrid
    assert fields["customfield_10064"]["displayName"] == "Hugo Vidal"
    assert [each["displayName"] for each in fields["customfield_10065"]] == ["Ana Ruiz", "Iris Novak"]
    assert [each["value"] for each in fields["customfield_10066"]] == ["Web", "App"]
    assert fields["customfield_10067"]["value"] == "Enterprise"
    assert [each["value"] for each in fields["customfield_10068"]] == ["Phone", "Desktop"]
    place = fields["customfield_10069"]
    assert (place["value"], place["child"]["value"]) == ("Taiwan", "Tainan")
    assert fields["customfield_10050"]["value"] == "Asia"


def test_all_that_is_picked_reaches_the_issue(world: World) -> None:
    """Area, customers, environment, version, effort and help desk link are in Jira, card and receipt."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    form.choose("Customers", "New customer: Lumen Retail", query="  Lumen   Retail ")
    form.choose("Environment", "Web shop")
    form.choose("Version", "2026.9")
    form.choose("Customer effort", "5 · A lot")
    form.fill("Help desk link", "https://desk.example/tickets/7?a=[1]|b")
    assert form.submit().closed
    fields = expect_issue(world, "Payment: The card is charged twice")["fields"]
    assert [each["name"] for each in fields["versions"]] == ["2026.9"]
    assert fields["environment"] == "Web shop"
    for row in (
        "||Customers|Lumen Retail|",
        "||Customer effort|5 · A lot|",
        "||Help desk|[https://desk.example/tickets/7?a=%5B1%5D%7Cb]|",
    ):
        assert row in fields["description"]
    expect_card(world, "The card is charged twice").expect_text("1 customer")
    again = open_form(world)
    assert again.options("Customers", "lúmen") == ["Lumen Retail", "New customer: lúmen"]
    assert again.options("Customers", "retail") == ["Lumen Retail", "New customer: retail"]
    assert again.options("Customers", "LUMEN RETAIL") == ["Lumen Retail"]


def test_every_sort_of_field_that_jira_requires_is_asked_for(world: World) -> None:
    """Text, number, date, time, people, one of several, several, boxes, cascades: each reaches Jira."""
    world.post("/jira/projects/SHOP", {"require": [*OWN, "customfield_10050"]})
    form = filled(form_with(world, "Order reference"), "The card is charged twice")
    answer_all(form)
    assert "charged twice" in form.value("What happened")
    assert form.submit().closed
    expect_answers(expect_issue(world, "The card is charged twice")["fields"])


def test_fields_follow_the_product_and_nothing_typed_is_lost(world: World) -> None:
    """Changing the product shows what that one asks; what was typed stays."""
    form = filled(open_form(world), "The card is charged twice")
    form.choose("Customers", "New customer: Lumen", query="Lumen")
    form.choose("Product", "Pay")
    form.expect_field("Affected region")
    assert "The card is charged twice" in form.value("What happened")
    assert (form.value("Impact"), form.value("Customers")) == ("Blocks their work", ["New customer: Lumen"])
    assert form.submit().errors == {"Affected region": "This field is required"}
    form.choose("Environment", "Production")
    form.choose("Affected region", "Europe")
    assert form.submit().closed
    fields = expect_issue(world, "The card is charged twice")["fields"]
    assert (fields["project"]["key"], fields["customfield_10050"]["value"]) == ("PAY", "Europe")


def test_a_product_changed_at_the_last_moment_is_asked_about(world: World) -> None:
    """File is pressed before the fields of another product are shown: the form shows them instead."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    trouble = world.trouble("slack", "down", "views.update")
    form.choose("Product", "Pay")
    result = form.submit()
    assert not result.closed
    form.expect_field("Affected region")
    assert "The card is charged twice" in form.value("What happened")
    world.no_trouble(trouble)
    form.choose("Affected region", "Asia")
    assert form.submit().closed
    assert expect_issue(world, "The card is charged twice")["fields"]["project"]["key"] == "PAY"


def test_products_changed_quickly_show_the_last_one(world: World) -> None:
    """Somebody goes through the products while Slack is slow: the form ends up with the last one's fields."""
    form = filled(open_form(world), "The card is charged twice", area="Payment")
    world.trouble("slack", "slow", "views.update", times=1, delay=1.0)
    form.choose("Product", "Pay")
    form.choose("Product", "Shop")
    form.choose("Product", "Pay")
    form.expect_field("Affected region")
    form.choose("Product", "Shop")
    form.expect_no_field("Affected region")
    assert form.value("Area") == "Payment"


def test_a_choice_that_slack_shows_late_is_the_one_shown(world: World) -> None:
    """The fields of one product are shown while those of the next are on their way: the last choice stays."""
    form = open_form(world)
    world.trouble("slack", "slow", "views.update", match="Affected region", times=1, delay=2.0)
    form.choose("Product", "Pay")
    expect_under_way(world)
    world.trouble("slack", "slow", "views.update", match="Web shop", times=1, delay=2.5)
    form.choose("Product", "Shop")

    def outcomes() -> list[str]:
        return [call["outcome"] for call in world.calls("slack", "views.update")]

    eventually(lambda: len(outcomes()) == 3, what="the last fields to be shown")
    assert outcomes() == ["ok", "hash_conflict", "ok"]
    form.expect_no_field("Affected region")
    assert "Web shop" in form.options("Environment")
