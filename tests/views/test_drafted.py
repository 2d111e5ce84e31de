"""Forms come back as they were, whatever fields they have, and never in a way that Slack refuses."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.inputs import HOLDS, Place, chosen, places
from sandbox.slack.lint import with_ids
from sandbox.slack.lint.whole import lint_view
from views.blocks import Block, button, field, option, plain, section
from views.drafted import files_in, filled_in, told_of_changes

OPTIONS = [option("One", "1"), option("Two", "2"), option("Three", "3")]
PLAIN = {"type": "plain_text", "text": "?"}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}
FIELDS: Mapping[str, tuple[dict[str, Any], Any]] = {
    "plain_text_input": ({"multiline": True, "initial_value": "Steps:"}, "Two charges\n🐛 \N{BUG}"),
    "number_input": ({"is_decimal_allowed": True}, "4.5"),
    "email_text_input": ({}, "ana@harbor.example"),
    "url_text_input": ({}, "https://help.harbor.example/1"),
    "rich_text_input": ({}, "Two charges"),
    "static_select": ({"options": OPTIONS, "initial_option": OPTIONS[0]}, "2"),
    "external_select": ({"min_query_length": 0}, "2"),
    "radio_buttons": ({"options": OPTIONS}, "2"),
    "multi_static_select": ({"options": OPTIONS}, ["1", "3"]),
    "multi_external_select": ({"min_query_length": 0}, ["1", "3"]),
    "checkboxes": ({"options": OPTIONS}, ["2"]),
    "users_select": ({}, "U0ANA"),
    "multi_users_select": ({}, ["U0ANA", "U0BEN"]),
    "conversations_select": ({}, "C0SUPPORT"),
    "multi_conversations_select": ({}, ["C0SUPPORT"]),
    "channels_select": ({}, "C0SUPPORT"),
    "multi_channels_select": ({}, ["C0SUPPORT"]),
    "datepicker": ({}, "2026-11-23"),
    "timepicker": ({}, "09:30"),
    "datetimepicker": ({}, 1_764_000_000),
}


def form(kind: str, **changed: Any) -> Block:
    """Return a form with one field of a kind."""
    element = {"type": kind, "action_id": "a", **FIELDS[kind][0], **changed}
    return modal(field("b", "A field", element, optional=True))


def modal(*blocks: Block) -> Block:
    """Return a form of these blocks."""
    return {"type": "modal", "title": plain("Form"), "submit": plain("File"), "blocks": list(blocks)}


def answered(view: Block, value: Any) -> dict[str, Any]:
    """Return the state of a form with one field after somebody answered it."""
    element = view["blocks"][0]["element"]
    offered = [{"text": PLAIN, "value": value} for value in "123"]
    return {"b": {"a": chosen(element, value, offered)}}


def shown(view: Block) -> dict[str, Any]:
    """Return the state that a form opens with."""
    from sandbox.slack.inputs import Fields  # noqa: PLC0415

    fields = Fields()
    fields.show(with_ids(view["blocks"]))
    values: dict[str, Any] = fields.state()["values"]
    return values


@pytest.mark.parametrize("kind", FIELDS)
def test_every_kind_of_field_comes_back_as_it_was(kind: str) -> None:
    """What was answered is what the form opens with, and Slack takes the form."""
    view = told_of_changes(form(kind))
    state = answered(view, FIELDS[kind][1])
    again = filled_in(view, state)
    assert lint_view(again) == []
    before, after = state["b"]["a"], shown(again)["b"]["a"]
    assert _values(after) == _values(before)


def _values(state: dict[str, Any]) -> object:
    held = state[HOLDS[state["type"]][0]]
    if isinstance(held, list):
        return [each["value"] if isinstance(each, dict) else each for each in held]
    return held["value"] if isinstance(held, dict) and "value" in held else held


@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_that_was_emptied_stays_empty(kind: str) -> None:
    """What the form would fill in by itself does not come back after somebody took it out."""
    view = told_of_changes(form(kind))
    again = filled_in(view, answered(view, None))
    assert lint_view(again) == []
    assert not _values(shown(again)["b"]["a"])


@pytest.mark.parametrize("kind", [*FIELDS, "file_input"])
def test_every_field_tells_of_its_changes(kind: str) -> None:
    """All fields but files tell us, letter by letter where somebody types; Slack takes the form."""
    element = {"type": kind, "action_id": "a", **(FIELDS[kind][0] if kind in FIELDS else {})}
    view = told_of_changes(modal(field("b", "A field", element)))
    block = view["blocks"][0]
    assert lint_view(view) == []
    assert view["notify_on_close"]
    assert block.get("dispatch_action", False) == (kind != "file_input")
    letters = {"trigger_actions_on": ["on_character_entered"]}
    assert (block["element"].get("dispatch_action_config") == letters) == kind.endswith("_input") or (
        kind == "file_input"
    )


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons", "multi_static_select", "checkboxes"])
def test_a_choice_that_is_gone_is_left_out(kind: str) -> None:
    """An option that is no longer offered would make Slack refuse the form."""
    state = answered(form(kind), FIELDS[kind][1])
    kept = [option("Drei", "3")]
    again = filled_in(
        form(kind, options=kept, **({"initial_option": kept[0]} if kind == "static_select" else {})), state
    )
    assert lint_view(again) == []
    assert _values(shown(again)["b"]["a"]) in (["3"], [], None)


def test_a_choice_comes_back_as_it_reads_now() -> None:
    """Somebody who has changed their language gets the same choice in the new one."""
    state = answered(form("static_select"), "2")
    translated = [option("Uno", "1"), option("Dos", "2")]
    again = filled_in(form("static_select", options=translated, initial_option=translated[0]), state)
    assert again["blocks"][0]["element"]["initial_option"] == translated[1]


def test_what_is_in_sections_and_rows_comes_back_too() -> None:
    """Menus beside a text or in a row of buttons are fields as well."""
    menu = {"type": "static_select", "action_id": "m", "options": OPTIONS, "placeholder": PLAIN}
    view = modal(
        {**section("Choose"), "block_id": "s", "accessory": menu},
        {"type": "actions", "block_id": "r", "elements": [button("Go", "go", "1"), menu]},
    )
    state = {name: {"m": chosen(menu, "2", [])} for name in "sr"}
    again = filled_in(view, state)
    assert lint_view(again) == []
    assert {
        place.block_id: element.get("initial_option")
        for place, element in places(again["blocks"]).items()
        if place.action_id == "m"
    } == {"s": OPTIONS[1], "r": OPTIONS[1]}
    assert Place("r", "go") in places(again["blocks"])


def test_another_kind_of_field_under_the_same_name_is_left_alone() -> None:
    """A field that is of another kind since cannot take the old answer."""
    state = answered(form("number_input"), "4.5")
    assert filled_in(form("datepicker"), state) == form("datepicker")
    assert filled_in(form("datepicker"), {}) == form("datepicker")


def test_files_are_found_in_what_was_filled_in() -> None:
    """Slack puts no files back into a field: their ids are kept beside it."""
    state = {
        "f": {"f": {"type": "file_input", "files": [{"id": "F1"}, {"id": "F2"}]}},
        "g": {"g": {"type": "file_input", "files": None}},
        "t": {"t": {"type": "plain_text_input", "value": "x"}},
    }
    assert files_in(state) == ("F1", "F2")


@given(st.text(max_size=300))
def test_any_text_comes_back_letter_by_letter(text: str) -> None:
    """Whatever was typed, in any script, is there again."""
    state = {"b": {"a": {"type": "plain_text_input", "value": text}}}
    element = filled_in(form("plain_text_input"), state)["blocks"][0]["element"]
    assert element.get("initial_value", "") == text
