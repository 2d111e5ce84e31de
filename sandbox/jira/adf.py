"""Atlassian Document Format: the documents v3 wants where v2 has strings."""

from typing import Any

_BLOCKS = frozenset({"paragraph", "heading", "codeBlock", "listItem", "blockquote", "rule", "panel"})


def is_document(value: Any) -> bool:
    """Tell whether *value* looks like a document."""
    return isinstance(value, dict) and value.get("type") == "doc" and isinstance(value.get("content"), list)


def to_document(text: str) -> dict[str, Any]:
    """Return *text* as a document, one paragraph a line."""
    paragraphs = [
        {"type": "paragraph", "content": [{"type": "text", "text": line}] if line else []}
        for line in text.split("\n")
    ]
    return {"version": 1, "type": "doc", "content": paragraphs}


def to_text(node: dict[str, Any]) -> str:
    """Return the words of a document, one block a line."""
    parts: list[str] = []
    _collect(node, parts)
    return "".join(parts).strip("\n")


def _collect(node: dict[str, Any], parts: list[str]) -> None:
    kind = node.get("type")
    if kind == "text":
        parts.append(str(node.get("text", "")))
    elif kind == "hardBreak":
        parts.append("\n")
    elif kind in ("mention", "emoji"):
        parts.append(str(node.get("attrs", {}).get("text", "")))
    for child in node.get("content", []):
        _collect(child, parts)
    if kind in _BLOCKS and parts and not parts[-1].endswith("\n"):
        parts.append("\n")
