"""Forms that tell us of every change, and come back filled in as they were; for fields of any kind.

`state` is a view's `state.values` as Slack sends it: by block_id, then by action_id.
"""

from collections.abc import Callable, Mapping
from typing import Any

from views.blocks import Block

State = Mapping[str, Mapping[str, Mapping[str, Any]]]

_TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"}
_FILES = "file_input"
# What holds the answer in the state of each kind of element, and what sets it beforehand. Slack offers no way
# to put files back into a field.
_HOLDS = {
    **dict.fromkeys(_TYPED, ("value", "initial_value")),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}


def told_of_changes(view: Block) -> Block:
    """Return a modal whose fields tell us of each change, letter by letter, and that tells of its closing."""
    return {**view, "notify_on_close": True, "blocks": [_telling(block) for block in view["blocks"]]}


def filled_in(view: Block, state: State) -> Block:
    """Return a view with its fields as they were in *state*; a field that was not there stays as it is.

    A choice that is no longer offered is left out.
    """
    return {**view, "blocks": [_with_elements(block, _filler(block, state)) for block in view["blocks"]]}


def files_in(state: State) -> tuple[str, ...]:
    """Return the ids of the files in all file fields."""
    held = [
        element for block in state.values() for element in block.values() if element.get("type") == _FILES
    ]
    return tuple(file["id"] for element in held for file in element.get("files") or ())


def _telling(block: Block) -> Block:
    if block["type"] != "input" or block["element"]["type"] == _FILES:  # Slack lets no file field tell
        return block
    element = block["element"]
    if element["type"] in _TYPED:
        element = {**element, "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    return {**block, "dispatch_action": True, "element": element}


def _with_elements(block: Block, change: Callable[[Block], Block]) -> Block:
    changed: Block = {name: change(block[name]) for name in ("element", "accessory") if name in block}
    if block["type"] == "actions":
        changed["elements"] = [change(element) for element in block["elements"]]
    return {**block, **changed}


def _filler(block: Block, state: State) -> Callable[[Block], Block]:
    held = state.get(block.get("block_id", ""), {})

    def fill(element: Block) -> Block:
        was = held.get(element.get("action_id", ""))
        if was is None or was.get("type") != element["type"] or element["type"] not in _HOLDS:
            return element
        holder, initial = _HOLDS[element["type"]]
        value = _offered(element, was.get(holder))
        kept = {name: each for name, each in element.items() if name != initial}
        return kept if value in (None, "", []) else {**kept, initial: value}

    return fill


def _offered(element: Block, value: Any) -> Any:
    """Return a choice as the element offers it now: Slack wants the very option, in the reader's language."""
    if "options" not in element and "option_groups" not in element:
        return value
    groups = element.get("option_groups", [{"options": element.get("options", [])}])
    by_value = {option["value"]: option for group in groups for option in group["options"]}
    if isinstance(value, list):
        return [by_value[each["value"]] for each in value if each["value"] in by_value]
    return by_value.get(value["value"]) if value else None
