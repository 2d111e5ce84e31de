"""A message as a view builds it and a gateway posts it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Audience(StrEnum):
    """Who may read a message; the Slack gateway lets none go where others read."""

    INSIDE = "inside"  # our own people, and nobody else
    OUTSIDE = "outside"  # also people of other companies


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks as plain Slack dicts, and the same said in `text` for notifications and screen readers.

    A message is for our own people unless it is made for others: `views/outside_message.py`.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    audience: Audience = Audience.INSIDE
