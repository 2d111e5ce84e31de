"""Loops with whom and what they are about, as people read them in lists."""

from dataclasses import dataclass
from datetime import datetime

from domain.customer_issue import Origin
from domain.loop import REPAIRED, Loop, State


@dataclass(frozen=True, slots=True)
class LoopRow:
    """A loop with its customer (None and "" where nobody knows it, or it was erased) and its report.

    `value` is the customer's, a year's; `brought_at` when they told us, by `origin` and maybe a `source`.
    `actual` is what goes wrong by the report, `key` its issue's.
    """

    loop: Loop
    customer: str | None
    name: str
    tier: str | None
    value: int | None
    channel: str | None
    brought_at: datetime
    origin: Origin
    source: str | None
    product: str
    key: str | None
    actual: str

    @property
    def may_be_broken(self) -> bool:
        """Whether the customer may say that it is not so: only a fix can be none."""
        return self.loop.state is State.TO_TELL and self.loop.ending in REPAIRED


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of those that are to be told a list shows; what is None chooses by nothing."""

    holder: str | None = None
    is_nobodys: bool = False
    product: str | None = None
    customer: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class After:
    """Where a page of a list goes on: behind the loop of this customer issue, listed since then."""

    since: datetime
    customer_issue: str
