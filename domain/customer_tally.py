"""What became of the lines of a customers' file."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Done(StrEnum):
    """What became of a good line."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MERGED = "merged"  # its customer was merged into another, which keeps its own values


@dataclass(slots=True)
class Tally:
    """How many lines ended how so far, and how often tiers came that bugle.toml does not name."""

    done: Counter[Done] = field(default_factory=Counter)
    bad: int = 0
    other_tiers: Counter[str] = field(default_factory=Counter)

    @property
    def lines(self) -> int:
        """How many lines were looked at."""
        return self.bad + self.done.total()
