"""What an app's message consists of, read from a call and checked as Slack checks it."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.arguments import Arguments, Refused
from sandbox.slack.lint import MESSAGE_BLOCKS, lint_blocks, text_length, with_ids
from sandbox.slack.model import JSON

LONGEST_TEXT = 40_000
# Undocumented; measured by several apps at between 13,200 and 13,300 characters.
LONGEST_BLOCKS = 13_200
MOST_ATTACHMENTS = 100


@dataclass
class Content:
    """The text, blocks and attachments of a message."""

    text: str
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)


def content_of(args: Arguments, *, new_blocks: bool) -> Content:
    """Return what a call posts; Refused when Slack would not take it."""
    blocks, attachments = (
        args.json(name, f"invalid_{name}_format") or [] for name in ("blocks", "attachments")
    )
    text = args.text("text")
    if not text and not blocks and not attachments:
        raise Refused("no_text")
    if len(text) > LONGEST_TEXT:
        raise Refused("msg_too_long")
    if not isinstance(attachments, list) or len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments" if isinstance(attachments, list) else "invalid_attachments")
    return Content(text, checked_blocks(blocks, new_blocks=new_blocks), attachments)


def checked_blocks(blocks: Any, *, new_blocks: bool) -> list[JSON]:
    """Return message *blocks* with ids; Refused when Slack would not take them."""
    complaints = lint_blocks(blocks, "/blocks", "message", most=MESSAGE_BLOCKS, new_blocks=new_blocks)
    if complaints:
        messages = [f"[ERROR] {one}" for one in complaints]
        raise Refused("invalid_blocks", errors=complaints, response_metadata={"messages": messages})
    if text_length(blocks) > LONGEST_BLOCKS:
        raise Refused("msg_blocks_too_long")
    return with_ids(blocks)


def metadata_of(args: Arguments) -> JSON | None:
    """Return the metadata a call gives its message, None for none; Refused when it has not Slack's form."""
    given = args.json("metadata", "invalid_metadata_format")
    if given is None:
        return None
    whole = isinstance(given, dict) and isinstance(given.get("event_payload"), dict)
    if not whole or not isinstance(given.get("event_type"), str):
        raise Refused("invalid_metadata_format")
    if len(str(given)) > 8_000:
        raise Refused("metadata_too_large")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}
