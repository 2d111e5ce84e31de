"""Whole views, messages and option lists: counts, ids that must differ, and sizes over all blocks."""

import json
import secrets
from typing import Any

from sandbox.slack.lint.blocks import NEW, SURFACES
from sandbox.slack.lint.checks import (
    Complaints,
    anything,
    array,
    boolean,
    complain,
    one_of,
    shape,
    string,
    typed,
)
from sandbox.slack.lint.objects import GROUPS, ID, OPTIONS, plain

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MARKDOWN_TOTAL = 12_000
_VIEW = {
    "type": one_of("modal", "home"), "blocks": anything, "private_metadata": string(3000),
    "callback_id": ID, "external_id": ID,
}  # fmt: skip
_MODAL = shape(
    {
        **_VIEW, "title": plain(24), "submit": plain(24), "close": plain(24), "clear_on_close": boolean,
        "notify_on_close": boolean, "submit_disabled": boolean,
    },
    ("type", "title", "blocks"),
)  # fmt: skip
_HOME = shape(_VIEW, ("type", "blocks"))


def lint_blocks(blocks: Any, at: str, surface: str, *, most: int, new_blocks: bool = True) -> Complaints:
    """Return what Slack has against *blocks* on a surface (message, modal or home); empty when nothing."""
    found: Complaints = []
    kinds = {**SURFACES[surface], **(NEW if new_blocks else {})}
    array(typed(kinds), 0, most)(blocks, at, found)
    if not found:
        _ids_differ(blocks, at, found)
        _markdown_fits(blocks, at, found)
    return found


def lint_view(view: Any, *, new_blocks: bool = True) -> Complaints:
    """Return what Slack has against a *view*."""
    found: Complaints = []
    if not isinstance(view, dict):
        return ["must provide an object [json-pointer:/view]"]
    home = view.get("type") == "home"
    (_HOME if home else _MODAL)(view, "/view", found)
    surface = "home" if home else "modal"
    found += lint_blocks(view.get("blocks"), "/view/blocks", surface, most=VIEW_BLOCKS, new_blocks=new_blocks)
    if not found and not home:
        _inputs_need_submit(view, found)
    if not found:
        _one_focus(view["blocks"], found)
    return found


def lint_options(answer: Any) -> Complaints:
    """Return what Slack has against the app's *answer* to a request for options."""
    found: Complaints = []
    if not isinstance(answer, dict) or ("options" in answer) == ("option_groups" in answer):
        return ["must provide either options or option_groups [json-pointer:/]"]
    if answer.get("options") == [] or answer.get("option_groups") == []:
        return found
    if "options" in answer:
        OPTIONS(answer["options"], "/options", found)
    else:
        GROUPS(answer["option_groups"], "/option_groups", found)
    return found


def text_length(blocks: list[Any]) -> int:
    """Return how many characters *blocks* show altogether."""

    def count(value: Any) -> int:
        if isinstance(value, list):
            return sum(count(one) for one in value)
        if isinstance(value, dict):
            own = len(value["text"]) if isinstance(value.get("text"), str) else 0
            return own + sum(count(one) for one in value.values() if isinstance(one, dict | list))
        return 0

    return count(blocks)


def view_is_too_large(view: Any) -> bool:
    """Tell whether a view is beyond Slack's 250 KB."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def with_ids(blocks: list[Any]) -> list[dict[str, Any]]:
    """Return *blocks* with a block_id each and an action_id on each element, as Slack fills them in."""
    return [_with_ids(block) for block in blocks]


_INTERACTIVE = (
    "button",
    "overflow",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "checkboxes",
    "radio_buttons",
)


def _with_ids(block: dict[str, Any]) -> dict[str, Any]:
    filled = {"type": block["type"], "block_id": block.get("block_id") or _made_up(), **_without(block)}
    for name in ("element", "accessory"):
        if isinstance(filled.get(name), dict):
            filled[name] = _with_action(filled[name])
    if block["type"] in ("actions", "context_actions"):
        filled["elements"] = [_with_action(element) for element in filled["elements"]]
    return filled


def _without(block: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key not in ("type", "block_id")}


def _with_action(element: dict[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    if element.get("action_id") or not (kind in _INTERACTIVE or kind.endswith(("_select", "_input"))):
        return element
    return {**element, "action_id": _made_up()}


def _made_up() -> str:
    return secrets.token_urlsafe(4)[:5]


def _ids_differ(blocks: list[Any], at: str, found: Complaints) -> None:
    seen: set[str | None] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            complain(found, f"block_id {block_id} already exists", f"{at}/{index}/block_id")
        seen.add(block_id)
        actions: set[str | None] = set()
        for place, element in enumerate(_elements(block)):
            action_id = element.get("action_id")
            if action_id and action_id in actions:
                complain(found, f"action_id {action_id} already exists", f"{at}/{index}/elements/{place}")
            actions.add(action_id)


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    return block["elements"] if block["type"] == "actions" else []


def _markdown_fits(blocks: list[Any], at: str, found: Complaints) -> None:
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_TOTAL:
        complain(found, f"markdown text must be less than {MARKDOWN_TOTAL + 1} characters in all", at)


def _inputs_need_submit(view: dict[str, Any], found: Complaints) -> None:
    if not view.get("submit") and any(block["type"] == "input" for block in view["blocks"]):
        complain(found, "must define `submit` to use an `input` block in modals", "/view")


def _one_focus(blocks: list[Any], found: Complaints) -> None:
    focused = json.dumps(blocks).count('"focus_on_load": true')
    if focused > 1:
        complain(found, "focus_on_load can be set on one element only", "/view/blocks")
