"""What a person reads and can press, taken from blocks as Slack's client shows them."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]
_MARK = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
Names = Callable[[str], str]


def rendered(text: str, names: Names = lambda id_: id_) -> str:
    """Return mrkdwn *text* as it reads: names for mentions, titles for links, fallbacks for dates."""

    def spoken(match: re.Match[str]) -> str:
        sign, target, title = match.groups()
        if sign == "@":
            return f"@{names(target)}"
        if sign == "#":
            return f"#{title or names(target)}"
        if sign == "!":
            return title or f"@{target.partition('^')[0]}"
        return title or target

    return html.unescape(_MARK.sub(spoken, text))


def text_of(blocks: list[JSON], names: Names = lambda id_: id_) -> str:
    """Return everything that can be read in *blocks*, a line each; buttons and fields left out."""
    return "\n".join(line for block in blocks for line in _lines(block, names) if line)


def _lines(block: JSON, names: Names) -> Iterator[str]:
    kind = block["type"]
    if kind == "rich_text":
        yield "".join(_rich(block, names))
        return
    for part in (block.get("title"), block.get("text"), *block.get("fields", [])):
        if part:
            yield _text(part, names)
    if kind == "context":
        yield " ".join(
            _text(one, names) if "text" in one else one.get("alt_text", "") for one in block["elements"]
        )
    if kind == "table":
        for row in block["rows"]:
            yield " | ".join(cell["text"] if "text" in cell else "".join(_rich(cell, names)) for cell in row)


def _text(part: JSON | str, names: Names) -> str:
    if isinstance(part, str):
        return part
    return rendered(part["text"], names) if part["type"] == "mrkdwn" else str(part["text"])


def _rich(part: JSON, names: Names) -> Iterator[str]:
    for one in part.get("elements", []):
        kind = one["type"]
        if kind == "text":
            yield one["text"]
        elif kind == "link":
            yield one.get("text") or one["url"]
        elif kind in ("user", "channel", "usergroup"):
            yield f"{'#' if kind == 'channel' else '@'}{names(one[f'{kind}_id'])}"
        elif kind == "date":
            yield one.get("fallback", "")
        elif kind == "emoji":
            yield f":{one['name']}:"
        else:
            yield from _rich(one, names)


@dataclass(frozen=True)
class Control:
    """Something to press or fill in: its `label` is what a person calls it."""

    label: str
    block_id: str
    element: JSON

    @property
    def kind(self) -> str:
        """What type of element it is."""
        return str(self.element["type"])

    @property
    def where(self) -> JSON:
        """The ids the control API takes."""
        return {"block_id": self.block_id, "action_id": self.element["action_id"]}


def controls(blocks: list[JSON]) -> list[Control]:
    """Return what can be pressed or filled in, in the order it stands."""
    return [
        Control(_label(block, element), block["block_id"], element)
        for block in blocks
        for element in _elements(block)
        if "action_id" in element
    ]


def _elements(block: JSON) -> list[JSON]:
    own = [block[name] for name in ("element", "accessory") if name in block]
    return own + (block["elements"] if block["type"] in ("actions", "context_actions") else [])


def _label(block: JSON, element: JSON) -> str:
    if block["type"] == "input":
        return str(block["label"]["text"])
    if element["type"] in ("button", "workflow_button"):
        return str(element["text"]["text"])
    if element["type"] == "overflow":
        return "⋯"
    if "placeholder" in element:
        return str(element["placeholder"]["text"])
    return rendered(block["text"]["text"]) if "text" in block else str(element["action_id"])


def find(known: list[Control], label: str) -> Control | None:
    """Return the control called *label*, or the only one whose name contains it."""
    exact = [one for one in known if one.label == label]
    within = [one for one in known if label.lower() in one.label.lower()]
    if exact:
        return exact[0]
    return within[0] if len(within) == 1 else None
