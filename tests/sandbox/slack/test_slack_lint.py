"""What the pretend Slack refuses in views, messages and options, and what it takes."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sandbox.slack.lint import lint_blocks, lint_options, lint_view, with_ids

SCHEMAS = Path(__file__).parents[4] / "shared" / "specs" / "slack" / "blocks"


def plain(text: str = "x") -> dict[str, Any]:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> dict[str, Any]:
    """Return a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(value: str = "v", text: str = "x") -> dict[str, Any]:
    """Return an option."""
    return {"text": plain(text), "value": value}


def written(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an input block."""
    return {"type": "input", "label": plain(), "element": element, **more}


def acting(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an actions block."""
    return {"type": "actions", "elements": list(elements), **more}


def button(**more: Any) -> dict[str, Any]:
    """Return a button."""
    return {"type": "button", "text": plain(), "action_id": "a", **more}


def view(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a modal."""
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **more}


TEXT_INPUT = {"type": "plain_text_input", "action_id": "a"}
SELECT = {"type": "static_select", "action_id": "a", "options": [option()]}
BAD_BLOCKS = {
    "unknown type": ({"type": "sections"}, "unsupported type: sections [json-pointer:/blocks/0/type]"),
    "no text": ({"type": "section"}, "must provide text or fields [json-pointer:/blocks/0]"),
    "long section": (
        {"type": "section", "text": mrkdwn("x" * 3001)},
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "empty section": (
        {"type": "section", "text": mrkdwn("")},
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    "long field": (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "many fields": (
        {"type": "section", "fields": [mrkdwn()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "mrkdwn header": (
        {"type": "header", "text": mrkdwn()},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "long header": (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "long context": (
        {"type": "context", "elements": [mrkdwn()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "many buttons": (
        acting(*[button(action_id=str(n)) for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no buttons": (acting(), "no less than 1 item required [json-pointer:/blocks/0/elements]"),
    "long button": (
        acting(button(text=plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "long value": (
        acting(button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "style": (
        acting(button(style="green")),
        "must be a valid enum value; allowed: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    "additional property": (
        acting(button(colour="red")),
        "invalid additional property: colour [json-pointer:/blocks/0/elements/0]",
    ),
    "same action twice": (
        acting(button(), button()),
        "action_id a already exists [json-pointer:/blocks/0/elements/1]",
    ),
    "long ids": (
        acting(button(), block_id="b" * 256),
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    "no options": (
        acting({**SELECT, "options": []}),
        "no less than 1 item required [json-pointer:/blocks/0/elements/0/options]",
    ),
    "many options": (
        acting({**SELECT, "options": [option()] * 101}),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "options and groups": (
        acting({**SELECT, "option_groups": [{"label": plain(), "options": [option()]}]}),
        "must provide either options or option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    "long option": (
        acting({**SELECT, "options": [option(text="x" * 76)]}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    "long option value": (
        acting({**SELECT, "options": [option("v" * 151)]}),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    "long description": (
        acting({**SELECT, "options": [{**option(), "description": plain("x" * 76)}]}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/description/text]",
    ),
    "foreign initial option": (
        acting({**SELECT, "initial_option": option("other")}),
        "initial_option must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    "many choices": (
        acting({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "many overflow options": (
        acting({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "date": (
        acting({"type": "datepicker", "initial_date": "1.2.2026"}),
        "must be a date (YYYY-MM-DD) [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    "text input among buttons": (
        acting(TEXT_INPUT),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "file input outside modals": (
        written({"type": "file_input"}),
        "unsupported type: file_input [json-pointer:/blocks/0/element/type]",
    ),
    "confirmation": (
        acting(button(confirm={"title": plain(), "confirm": plain()})),
        "missing required field: text [json-pointer:/blocks/0/elements/0/confirm]",
    ),
    "image": (
        {"type": "image", "alt_text": "x"},
        "must provide either image_url or slack_file [json-pointer:/blocks/0]",
    ),
    "rich text": (
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text"}]}]},
        "missing required field: text [json-pointer:/blocks/0/elements/0/elements/0]",
    ),
    "wide table": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
    ),
}
BAD_VIEWS = {
    "long title": (
        view(title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "no title": (view(title=None), "missing required field: title [json-pointer:/view]"),
    "long submit": (
        view(submit=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "long metadata": (
        view(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "many blocks": (
        view(*[{"type": "divider"}] * 101),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "input without submit": (
        view(written(TEXT_INPUT), submit=None),
        "must define `submit` to use an `input` block in modals [json-pointer:/view]",
    ),
    "same block id": (
        view({"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}),
        "block_id b already exists [json-pointer:/view/blocks/1/block_id]",
    ),
    "contradicting lengths": (
        view(written({**TEXT_INPUT, "min_length": 5, "max_length": 4})),
        "min_length must not be more than max_length [json-pointer:/view/blocks/0/element]",
    ),
    "long max length": (
        view(written({**TEXT_INPUT, "max_length": 3001})),
        "must be between 1 and 3000 [json-pointer:/view/blocks/0/element/max_length]",
    ),
    "number without decimals said": (
        view(written({"type": "number_input"})),
        "missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]",
    ),
    "message block": (
        view({"type": "markdown", "text": "x"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    "two in focus": (
        view(*[written({**TEXT_INPUT, "focus_on_load": True}, block_id=one) for one in "ab"]),
        "focus_on_load can be set on one element only [json-pointer:/view/blocks]",
    ),
    "submit at home": (
        {"type": "home", "blocks": [], "submit": plain()},
        "invalid additional property: submit [json-pointer:/view]",
    ),
}


@pytest.mark.parametrize("case", BAD_BLOCKS)
def test_bad_blocks_are_refused_with_the_place(case: str) -> None:
    """A block that breaks a rule is refused once, with a pointer to where."""
    block, complaint = BAD_BLOCKS[case]
    assert lint_blocks([block], "/blocks", "message", most=50) == [complaint]


@pytest.mark.parametrize("case", BAD_VIEWS)
def test_bad_views_are_refused_with_the_place(case: str) -> None:
    """A view that breaks a rule is refused once, with a pointer to where."""
    given, complaint = BAD_VIEWS[case]
    assert lint_view(given) == [complaint]


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ({}, "must provide either options or option_groups [json-pointer:/]"),
        ({"options": [option()] * 101}, "no more than 100 items allowed [json-pointer:/options]"),
        (
            {"options": [{"text": mrkdwn(), "value": "v"}]},
            "unsupported type: mrkdwn [json-pointer:/options/0/text/type]",
        ),
    ],
)
def test_bad_options_are_refused(answer: dict[str, Any], complaint: str) -> None:
    """Options of an external menu keep to the same limits."""
    assert lint_options(answer) == [complaint]


def test_an_empty_list_of_options_is_fine() -> None:
    """Nothing found is a good answer to a search."""
    assert lint_options({"options": []}) == []


PICTURE = {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x"}
BOLD = {"type": "text", "text": "x", "style": {"bold": True}}
GROUP = {"label": plain(), "options": [option()]}
TYPED = {"trigger_actions_on": ["on_character_entered"]}
GOOD_BLOCKS = [
    {"type": "header", "text": plain()},
    {"type": "divider"},
    {"type": "section", "text": mrkdwn(), "accessory": button(style="danger", value="1")},
    {"type": "section", "fields": [mrkdwn(), plain()]},
    {"type": "context", "elements": [mrkdwn(), PICTURE]},
    acting(button(), {**SELECT, "action_id": "b"},
        {"type": "overflow", "action_id": "c", "options": [option()]}),
    {**PICTURE, "title": plain()},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [BOLD]}]},
    {"type": "markdown", "text": "**x**"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]},
]  # fmt: skip
GOOD_INPUTS = [
    {**TEXT_INPUT, "multiline": True, "max_length": 3000, "dispatch_action_config": TYPED},
    {"type": "external_select", "action_id": "a", "min_query_length": 0},
    {"type": "multi_external_select", "action_id": "a", "max_selected_items": 5},
    {"type": "multi_static_select", "action_id": "a", "option_groups": [GROUP]},
    {"type": "multi_users_select", "action_id": "a"},
    {"type": "conversations_select", "action_id": "a", "default_to_current_conversation": True},
    {"type": "channels_select", "action_id": "a"},
    {"type": "checkboxes", "action_id": "a", "options": [option()], "initial_options": [option()]},
    {"type": "radio_buttons", "action_id": "a", "options": [option()]},
    {"type": "datepicker", "action_id": "a", "initial_date": "2026-11-23"},
    {"type": "timepicker", "action_id": "a", "initial_time": "09:30"},
    {"type": "datetimepicker", "action_id": "a", "initial_date_time": 1795427857},
    {"type": "number_input", "action_id": "a", "is_decimal_allowed": False, "max_value": "7"},
    {"type": "url_text_input", "action_id": "a"},
    {"type": "email_text_input", "action_id": "a"},
    {"type": "file_input", "action_id": "a", "filetypes": ["png"], "max_files": 3},
    {"type": "rich_text_input", "action_id": "a"},
]  # fmt: skip


def schema(name: str) -> Any:
    """Return one of Slack's published schemas."""
    path = SCHEMAS / f"{name}.schema.json"
    if not path.exists():
        pytest.skip("Slack's published block schemas are not beside the repository")
    return json.loads(path.read_text())


def test_good_blocks_are_taken_and_agree_with_the_schema() -> None:
    """Blocks we take, ids filled in, are blocks by Slack's published schema."""
    assert lint_blocks(GOOD_BLOCKS, "/blocks", "message", most=50) == []
    jsonschema.validate({"blocks": with_ids(GOOD_BLOCKS)}, schema("MessageBlocks"))


@pytest.mark.parametrize("element", GOOD_INPUTS, ids=lambda one: one["type"])
def test_good_inputs_are_taken_and_agree_with_the_schema(element: dict[str, Any]) -> None:
    """Each kind of input is taken in a modal, and the modal is one by Slack's published schema."""
    given = view(written(element, hint=plain(), optional=True))
    assert lint_view(given) == []
    jsonschema.validate({**given, "blocks": with_ids(given["blocks"])}, schema("Modal"))


@pytest.mark.parametrize("case", ["unknown type", "additional property", "mrkdwn header", "confirmation"])
def test_what_breaks_the_shape_breaks_the_schema_too(case: str) -> None:
    """Where we refuse a shape rather than a length, Slack's published schema refuses it as well."""
    block, _ = BAD_BLOCKS[case]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"blocks": [block]}, schema("MessageBlocks"))


def test_new_blocks_can_be_missing_from_a_workspace() -> None:
    """Blocks still being rolled out are unsupported where the workspace does not have them."""
    table = {"type": "data_table", "caption": "x", "rows": []}
    assert lint_blocks([table], "/blocks", "message", most=50) == []
    assert lint_blocks([table], "/blocks", "message", most=50, new_blocks=False) == [
        "unsupported type: data_table [json-pointer:/blocks/0/type]"
    ]
