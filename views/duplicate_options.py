"""The menu of what a report may be a duplicate of."""

from collections.abc import Sequence

from domain.triage import Original
from views.blocks import Block, option
from views.text import cut


def duplicate_options(choices: Sequence[Original]) -> list[Block]:
    """Return the options, each by its key and what goes wrong, within Slack's 75 characters."""
    return [option(_label(each), each.value) for each in choices[:100]]


def _label(choice: Original) -> str:
    title = " ".join(choice.title.split("\n", 1)[0].split())
    return cut(" · ".join(part for part in (choice.key, title) if part) or "…", 75)
