"""The fields of the pretend Slack's forms: every kind of them, what the client checks, what the app hears."""

from typing import Any

import pytest

from tests.harness import World
from tests.sandbox.slack.forms import JSON, Bot, field, modal, option

FIELDS: dict[str, tuple[JSON, Any, Any]] = {
    "plain_text_input": ({}, "x & y", {"value": "x & y"}),
    "number_input": ({"is_decimal_allowed": False}, "7", {"value": "7"}),
    "url_text_input": ({}, "https://x.example/1", {"value": "https://x.example/1"}),
    "email_text_input": ({}, "a@b.example", {"value": "a@b.example"}),
    "static_select": ({"options": [option("A")]}, "a", {"selected_option": option("A")}),
    "radio_buttons": ({"options": [option("A")]}, "a", {"selected_option": option("A")}),
    "multi_static_select": (
        {"options": [option("A"), option("B")]}, ["a", "b"], {"selected_options": [option("A"), option("B")]},
    ),
    "checkboxes": ({"options": [option("A")]}, ["a"], {"selected_options": [option("A")]}),
    "users_select": ({}, "U0BEN", {"selected_user": "U0BEN"}),
    "multi_users_select": ({}, ["U0BEN"], {"selected_users": ["U0BEN"]}),
    "conversations_select": ({}, "C0SUPPORT", {"selected_conversation": "C0SUPPORT"}),
    "multi_conversations_select": ({}, ["C0SUPPORT"], {"selected_conversations": ["C0SUPPORT"]}),
    "channels_select": ({}, "C0SUPPORT", {"selected_channel": "C0SUPPORT"}),
    "multi_channels_select": ({}, ["C0SUPPORT"], {"selected_channels": ["C0SUPPORT"]}),
    "datepicker": ({}, "2026-11-23", {"selected_date": "2026-11-23"}),
    "timepicker": ({}, "09:30", {"selected_time": "09:30"}),
    "datetimepicker": ({}, 1795427857, {"selected_date_time": 1795427857}),
    "rich_text_input": (
        {},
        "x",
        {
            "rich_text_value": {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
            }
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FIELDS)
def test_each_kind_of_field_reports_its_state(world: World, bot: Bot, kind: str) -> None:
    """A field that is filled arrives in state.values in the form Slack has for its kind."""
    settings, value, expected = FIELDS[kind]
    bot.opens = modal(field("Thing", kind, **settings))
    form = world.person("U0ANA").types("/open")
    form.fill("Thing", value)
    assert form.submit().closed
    values = bot.bodies[-1]["view"]["state"]["values"]
    assert values == {"thing_block": {"thing": {"type": kind, **expected}}}


def test_optional_fields_arrive_empty(world: World, bot: Bot) -> None:
    """Optional fields left alone arrive as null or as an empty list."""
    bot.opens = modal(
        field("One", "plain_text_input", block={"optional": True}),
        field("Many", "multi_users_select", block={"optional": True}),
    )
    world.person("U0ANA").types("/open").submit()
    assert bot.bodies[-1]["view"]["state"]["values"] == {
        "one_block": {"one": {"type": "plain_text_input", "value": None}},
        "many_block": {"many": {"type": "multi_users_select", "selected_users": []}},
    }


@pytest.mark.parametrize(
    ("kind", "settings", "value", "error"),
    [
        ("plain_text_input", {}, "  ", "This field is required"),
        ("plain_text_input", {"min_length": 3}, "ab", "Must be at least 3 characters long"),
        ("plain_text_input", {"max_length": 3}, "abcd", "Must be at most 3 characters long"),
        ("number_input", {"is_decimal_allowed": False}, "1.5", "Must be a whole number"),
        ("number_input", {"is_decimal_allowed": True}, "many", "Must be a number"),
        ("number_input", {"is_decimal_allowed": False, "max_value": "7"}, "8", "Must be 7 or less"),
        ("url_text_input", {}, "x.example", "Must be a valid URL"),
        ("email_text_input", {}, "a@b", "Must be a valid email"),
    ],
)
def test_the_client_checks_before_it_submits(
    world: World, bot: Bot, *, kind: str, settings: JSON, value: str, error: str
) -> None:
    """What Slack's client finds wrong is shown under the field, and nothing reaches the app."""
    bot.opens = modal(field("Thing", kind, **settings))
    form = world.person("U0ANA").types("/open")
    form.fill("Thing", value)
    result = form.submit()
    assert (result.errors, result.raw["sent"]) == ({"Thing": error}, False)
    assert bot.bodies == []


def test_the_apps_errors_stand_under_fields_until_they_are_filled_anew(world: World, bot: Bot) -> None:
    """response_action errors are shown by field, keep the form, and go when the person types again."""
    form = world.person("U0ANA").types("/open")
    form.fill("Name", "x")
    bot.answer = {"response_action": "errors", "errors": {"name_block": "Say more"}}
    assert form.submit().errors == {"Name": "Say more"}
    assert form.value("Name") == "x"
    form.fill("Name", "xy")
    assert form.errors == {}
    bot.answer = {}
    assert form.submit().closed


def test_option_requests_know_nothing_of_other_fields(world: World, bot: Bot) -> None:
    """A search in a menu carries its own ids and query, and no state of the fields beside it."""
    bot.opens = modal(field("Name", "plain_text_input"), field("Searched", "external_select"))
    form = world.person("U0ANA").types("/open")
    form.fill("Name", "x")
    assert form.options("Searched", "be") == []
    assert bot.bodies == []  # three characters are needed unless the menu says otherwise
    assert form.options("Searched", "bet") == ["Beta"]
    (body,) = bot.bodies
    assert (body["action_id"], body["block_id"], body["value"]) == ("searched", "searched_block", "bet")
    assert body["view"]["state"] == {"values": {}}
    form.choose("Searched", "Beta")
    assert form.value("Searched") == "Beta"


def test_fields_dispatch_when_they_are_told_to(world: World, bot: Bot) -> None:
    """Inputs reach the app while they are filled only with dispatch_action, texts only as configured."""
    typed = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    bot.opens = modal(
        field("Quiet", "plain_text_input"),
        field("Enter", "plain_text_input", block={"dispatch_action": True}),
        field("Loud", "plain_text_input", block={"dispatch_action": True}, **typed),
        field("Pick", "static_select", block={"dispatch_action": True}, options=[option("A")]),
    )
    for name in ("enter", "loud", "pick", "quiet"):
        bot.app.action(name)(bot._keep)  # the bot of this test is its own
    form = world.person("U0ANA").types("/open")
    assert [form.fill(name, "x").raw["sent"] for name in ("Quiet", "Enter", "Loud")] == [False, False, True]
    assert form.choose("Pick", "A").raw["sent"]
    assert form.click("Enter").raw["sent"]
    acted = [(body["actions"][0]["action_id"], body["view"]["state"]["values"]) for body in bot.bodies]
    assert [action for action, _ in acted] == ["loud", "pick", "enter"]
    assert acted[2][1]["loud_block"]["loud"]["value"] == "x"


def test_files_given_to_a_form_reach_the_app(world: World, bot: Bot) -> None:
    """A file field takes files of its kinds, and the app can fetch their bytes."""
    bot.opens = modal(field("Screenshots", "file_input", filetypes=["png"], max_files=2))
    form = world.person("U0ANA").types("/open")
    with pytest.raises(AssertionError, match="kinds png"):
        form.attach("Screenshots", {"name": "a.pdf", "content": "x"})
    form.attach("Screenshots", {"name": "a.png", "content": "pixels"})
    assert form.value("Screenshots") == ["a.png"]
    form.submit()
    (file,) = bot.bodies[-1]["view"]["state"]["values"]["screenshots_block"]["screenshots"]["files"]
    assert bot.client.files_info(file=file["id"])["file"]["size"] == 6
