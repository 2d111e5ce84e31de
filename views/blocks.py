"""The pieces of Block Kit that our messages and forms are made of, as plain Slack dicts.

Plain, because the SDK's models drop blocks that they do not know.
"""

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    """Return text that is shown as it is."""
    return {"type": "plain_text", "text": text, "emoji": False}


def section(mrkdwn: str) -> Block:
    """Return a paragraph; at most 3,000 characters."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}


def header(text: str) -> Block:
    """Return a title; at most 150 characters."""
    return {"type": "header", "text": plain(text)}


def divider() -> Block:
    """Return a line between two parts."""
    return {"type": "divider"}


def context(mrkdwn: str) -> Block:
    """Return a small grey line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": mrkdwn}]}


def button(label: str, action_id: str, value: str, *, primary: bool = False) -> Block:
    """Return a button; its label is a verb of at most 75 characters."""
    return {
        "type": "button",
        "text": plain(label),
        "action_id": action_id,
        "value": value,
        **({"style": "primary"} if primary else {}),
    }


def confirmed(pressed: Block, title: str, text: str, yes: str, no: str) -> Block:
    """Return the button so that it asks first."""
    dialog = {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}
    return {**pressed, "confirm": {**dialog, "style": "danger"}}


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """Return a menu behind three dots; at most 5 options."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def actions(block_id: str, buttons: Sequence[Block]) -> Block:
    """Return a row of buttons; its id stays through edits, so that a press meets the row it was made on."""
    return {"type": "actions", "block_id": block_id, "elements": list(buttons)}


def option(label: str, value: str) -> Block:
    """Return one choice of a select; label and value within Slack's 75 and 150 characters."""
    return {"text": plain(label[:75]), "value": value}


def select(action_id: str, placeholder: str, options: Sequence[Block], chosen: str | None = None) -> Block:
    """Return a select of fixed options, with the one whose value is `chosen` picked."""
    initial = [each for each in options if each["value"] == chosen]
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "options": list(options),
        **({"initial_option": initial[0]} if initial else {}),
    }


def typed(action_id: str, *, placeholder: str = "", multiline: bool = False, most: int = 3000) -> Block:
    """Return an input for text of at most so many characters."""
    return {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": most,
        **({"placeholder": plain(placeholder)} if placeholder else {}),
    }


def modal(
    callback_id: str, title: str, blocks: Sequence[Block], *, close: str, submit: str = "", kept: str = ""
) -> Block:
    """Return a modal; title and buttons of at most 24 characters. `kept` comes back with whatever is done."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "close": plain(close),
        **({"submit": plain(submit)} if submit else {}),
        "private_metadata": kept,
        "blocks": list(blocks),
    }


def field(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False, live: bool = False
) -> Block:
    """Return an input with its label; a `live` one tells us of each change while the form is open."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        "optional": optional,
        **({"hint": plain(hint)} if hint else {}),
        **({"dispatch_action": True} if live else {}),
    }
