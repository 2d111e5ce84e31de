"""What goes into an answer to a customer: nothing that is not for their eyes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What the answer says."""

    FIXED = "fixed"
    RELEASED = "released"
    WONT_FIX = "wont_fix"
    DUPLICATE = "duplicate"
    NOT_A_BUG = "not_a_bug"
    GONE = "gone"
    REOPENED = "reopened"
    WORKAROUND = "workaround"


@dataclass(frozen=True, slots=True)
class Reply:
    """All that an answer is made of. `quote` is what they said themselves; empty where others typed it.

    `versions` are those with the fix in them; `told_at` is when they told us, aware UTC.
    """

    kind: Kind
    product: str
    told_at: datetime
    quote: str = ""
    versions: tuple[str, ...] = ()
    workaround: str = ""
