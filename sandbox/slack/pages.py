"""Long lists a page at a time, with opaque cursors."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from sandbox.slack.arguments import Arguments, Refused

T = TypeVar("T")


def page(args: Arguments, whole: Sequence[T], default: int, most: int = 1000) -> tuple[list[T], str]:
    """Return the page a call asks for and the cursor of the next one, empty at the end."""
    limit = min(args.number("limit", default), most)
    if limit < 1:
        raise Refused("invalid_limit")
    start = _start(args.text("cursor"))
    after = start + limit
    cursor = base64.b64encode(f"next:{after}".encode()).decode() if after < len(whole) else ""
    return list(whole[start:after]), cursor


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise Refused("invalid_cursor")
        return int(number)
    except ValueError:
        raise Refused("invalid_cursor") from None
