"""Fields of views and messages: the state Slack reports, and what the client checks before it sends."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from sandbox.slack.model import JSON

TEXTS = ("plain_text_input", "number_input", "url_text_input", "email_text_input")
OPTION_LISTS = ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow")
EXTERNAL = ("external_select", "multi_external_select")
# What holds the chosen thing in the state of each element, and what the app may set it to beforehand.
HOLDS = {
    **dict.fromkeys(TEXTS, ("value", "initial_value")),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}
REQUIRED = "This field is required"


@dataclass(frozen=True)
class Place:
    """Where a field is: the ids Slack reports it under."""

    block_id: str
    action_id: str


class Unfit(Exception):
    """What was chosen cannot be chosen there; the message says what can."""


def is_many(kind: str) -> bool:
    """Tell whether an element holds a list."""
    return HOLDS[kind][0].endswith("s")


def elements_of(block: JSON) -> Iterator[JSON]:
    """Yield the interactive elements of one block."""
    candidates = [block.get("element"), block.get("accessory")]
    candidates += block.get("elements", []) if block["type"] in ("actions", "context_actions") else []
    for element in candidates:
        if isinstance(element, dict) and "action_id" in element:
            yield element


def places(blocks: list[JSON]) -> dict[Place, JSON]:
    """Return every interactive element by its place."""
    return {
        Place(block["block_id"], element["action_id"]): element
        for block in blocks
        for element in elements_of(block)
    }


def initial_value(element: JSON) -> JSON | None:
    """Return the state an element starts with, None for buttons and menus that keep none."""
    kind = element["type"]
    if kind not in HOLDS:
        return None
    holder, initial = HOLDS[kind]
    empty: Any = [] if is_many(kind) else None
    return {"type": kind, holder: copy.deepcopy(element.get(initial, empty))}


def options_of(element: JSON) -> list[JSON]:
    """Return all options an element lists itself."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def chosen(element: JSON, value: Any, offered: list[JSON]) -> JSON:
    """Return the state of *element* after somebody picked or typed *value*; Unfit when that is impossible.

    *value* is text, an id, an option's value, a date, epoch seconds, or a list of them; None empties it.
    *offered* are the options last shown for a select that asks the app, or the files for a file input.
    """
    kind = element["type"]
    if kind not in HOLDS:
        raise Unfit(f"A {kind} keeps no value: use the action instead.")
    holder = HOLDS[kind][0]
    if is_many(kind):
        wanted = [] if value is None else value if isinstance(value, list) else [value]
        most = element.get("max_selected_items") or element.get(
            "max_files", 10 if kind == "file_input" else None
        )
        if most and len(wanted) > most:
            raise Unfit(f"At most {most} can be chosen here.")
        return {"type": kind, holder: [_one(element, one, offered) for one in wanted]}
    return {"type": kind, holder: None if value in (None, "") else _one(element, value, offered)}


def _one(element: JSON, value: Any, offered: list[JSON]) -> Any:
    kind = element["type"]
    if kind in EXTERNAL or kind in OPTION_LISTS or kind == "file_input":
        key = "id" if kind == "file_input" else "value"
        known = options_of(element) if kind in OPTION_LISTS else offered
        option = next((one for one in known if one.get(key) == value), None)
        if option is None:
            raise Unfit(f"{value!r} is not among what is offered: {[one.get(key) for one in known]}.")
        return {part: option[part] for part in ("text", "value")} if kind != "file_input" else option
    if kind == "datetimepicker":
        return int(value)
    if kind == "rich_text_input":
        return value if isinstance(value, dict) else rich_text(str(value))
    if kind in ("datepicker", "timepicker"):
        return _parsed(str(value), "%Y-%m-%d" if kind == "datepicker" else "%H:%M")
    return str(value)


def _parsed(text: str, form: str) -> str:
    try:
        datetime.strptime(text, form)  # noqa: DTZ007 - a wall-clock date or time, as in the picker
    except ValueError as error:
        raise Unfit(f"{text!r} is not in the form {form}.") from error
    return text


def rich_text(text: str, block_id: str | None = None) -> JSON:
    """Return *text* as the rich_text block that Slack's composer makes of it."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}] if text else []}
    block: JSON = {"type": "rich_text", "elements": [section]}
    return {"type": "rich_text", "block_id": block_id, **block} if block_id else block


@dataclass
class Fields:
    """The fields on somebody's screen: their state as Slack reports it, and the options last offered."""

    typed: dict[Place, JSON] = field(default_factory=dict)
    offered: dict[Place, list[JSON]] = field(default_factory=dict)

    def show(self, blocks: list[JSON]) -> None:
        """Show other blocks; what was typed stays where block_id, action_id and kind of element stay."""
        before = self.typed
        self.typed = {}
        for place, element in places(blocks).items():
            kept, fresh = before.get(place), initial_value(element)
            if fresh is not None:
                self.typed[place] = kept if kept and kept["type"] == element["type"] else fresh
        self.offered = {place: options for place, options in self.offered.items() if place in self.typed}

    def state(self) -> JSON:
        """Return `state` as the app gets it: values by block_id and action_id."""
        values: dict[str, JSON] = {}
        for place, value in self.typed.items():
            values.setdefault(place.block_id, {})[place.action_id] = value
        return {"values": values}


def complaints(blocks: list[JSON], typed: dict[Place, JSON]) -> dict[str, str]:
    """Return what Slack's client complains of before it would submit, by block_id."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = typed[Place(block["block_id"], element["action_id"])][HOLDS[element["type"]][0]]
        if _is_empty(element["type"], value):
            complaint = None if block.get("optional") else REQUIRED
        else:
            complaint = _complaint(element, value)
        if complaint:
            found[block["block_id"]] = complaint
    return found


def _is_empty(kind: str, value: Any) -> bool:
    if kind == "rich_text_input" and value:
        return not any(section.get("elements") for section in value["elements"])
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


def _complaint(element: JSON, value: Any) -> str | None:
    """Return what is wrong with a field that is filled."""
    kind = element["type"]
    if kind == "plain_text_input":
        shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
        if len(value) < shortest:
            return f"Must be at least {shortest} characters long"
        return f"Must be at most {longest} characters long" if len(value) > longest else None
    if kind == "number_input":
        return _number_complaint(element, value)
    if kind == "url_text_input":
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
        return None if fits and not re.search(r"\s", value) else "Must be a valid URL"
    if kind == "email_text_input":
        return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Must be a valid email"
    return None


def _number_complaint(element: JSON, value: str) -> str | None:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return "Must be a number"
    if not number.is_finite() or (not element.get("is_decimal_allowed") and number != int(number)):
        return "Must be a whole number" if number.is_finite() else "Must be a number"
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and number < Decimal(low):
        return f"Must be {low} or more"
    return f"Must be {high} or less" if high is not None and number > Decimal(high) else None
