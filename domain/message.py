"""A message as a view builds it and a gateway posts it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks as plain Slack dicts, and the same said in `text` for notifications and screen readers."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()
