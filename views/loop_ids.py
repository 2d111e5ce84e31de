"""What is pressed about loops, and what each press says."""

from enum import StrEnum
from typing import Any

SHOW_TEXT = "loop_text"
CHANNEL = "loop_channel"
MORE = "loop_more"
SHOW_ALL = "loop_all"
BROKEN = "loop_broken"


class Deed(StrEnum):
    """What is behind the three dots of a customer to be told."""

    TEXT = "text"
    CHANNEL = "channel"
    TOLD = "told"
    BROKEN = "broken"
    LATER = "later"
    LET_GO = "let_go"


def read_more(action: dict[str, Any]) -> tuple[Deed, str]:
    """Return what was chosen behind three dots, and for which customer issue."""
    deed, _, issue = action["selected_option"]["value"].partition(":")
    return Deed(deed), issue
