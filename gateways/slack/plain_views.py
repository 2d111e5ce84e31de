"""Views in the blocks that every workspace takes: what is shown where Slack refuses a newer kind."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.effects import Never
from gateways.slack.errors import BLOCKS_REFUSED, error_code

JSON = dict[str, Any]

_TYPED = {"url_text_input", "number_input", "email_text_input"}  # what can be typed as plain text too
_LEFT_OUT = {"file_input", "rich_text_input"}
_OF_TYPED = ("action_id", "placeholder", "initial_value", "dispatch_action_config", "focus_on_load")


def plain_view(view: Mapping[str, Any]) -> JSON:
    """Return a view that says and asks the same, as far as plain text, menus and buttons can."""
    return {**view, "blocks": [plain for block in view["blocks"] for plain in _plain(block)]}


def is_of_blocks(refusal: Never) -> bool:
    """Tell whether Slack refused a view for what stands in it."""
    code = error_code(refusal.__cause__)
    return code in BLOCKS_REFUSED or (code == "invalid_arguments" and "/view/blocks" in refusal.reason)


def _plain(block: JSON) -> Iterator[JSON]:
    named = {"block_id": block["block_id"]} if "block_id" in block else {}
    match block["type"]:
        case "header":
            yield {"type": "section", "text": block["text"], **named}
        case "context":
            for text in block["elements"]:
                yield {"type": "section", "text": text}
        case "input":
            yield from _plain_input(block)
        case "section" | "actions":
            yield block


def _plain_input(block: JSON) -> Iterator[JSON]:
    element = block["element"]
    if element["type"] in _TYPED:
        kept = {name: element[name] for name in _OF_TYPED if name in element}
        yield {**block, "element": {"type": "plain_text_input", **kept}}
    elif element["type"] not in _LEFT_OUT:
        yield block
