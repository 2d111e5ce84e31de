"""Customers to tell, on the Home tab: how many, the oldest of them, and the way to all."""

from dataclasses import dataclass
from datetime import datetime

from domain.loop_list import LoopRow
from views.blocks import Block, actions, button, section
from views.loop_ids import SHOW_ALL
from views.loop_words import ending_words, facts_of, name_of
from views.text import Translator, ago, cut_escaped

ROWS = 5


@dataclass(frozen=True, slots=True)
class ToTell:
    """What somebody has to tell: how many customers, the first since `oldest`, and the oldest `rows`."""

    number: int
    oldest: datetime | None
    rows: tuple[LoopRow, ...]
    currency: str = ""


def to_tell_blocks(t: Translator, told: ToTell | None) -> list[Block]:
    """Return them; nothing where there are none."""
    if told is None or not told.number or told.oldest is None:
        return []
    said = t.plural("{count} customer to tell", "{count} customers to tell", told.number)
    oldest = t("the first since {ago}").format(ago=ago(told.oldest))
    lines = [_line(t, each, told.currency) for each in told.rows[:ROWS]]
    row = actions("home_loops", [button(t("Show all"), SHOW_ALL, "", primary=True)])
    return [section("\n".join([f"*{said}*, {oldest}", *lines])), row]


def _line(t: Translator, row: LoopRow, currency: str) -> str:
    said = [
        f"*{name_of(t, row)}*",
        *facts_of(t, row, currency),
        f"{cut_escaped(row.key or row.product, 40)} {ending_words(t, row.loop.ending, row.loop.state)}",
        ago(row.loop.since),
    ]
    return f"• {' · '.join(said)}"
