"""Reminders of customers that are still to be told: to whoever tells them, and to the lead."""

from dataclasses import dataclass

from domain.loop_list import LoopRow
from domain.message import Message
from views.blocks import actions, button, section
from views.loop_ids import SHOW_ALL
from views.loop_words import ending_words, facts_of, name_of
from views.text import Translator, ago, cut_escaped, person, translator

_LINES = 10


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is reminded of: `rows`, the oldest first, of the `number` that they have to tell.

    For the lead each row names who has not told them.
    """

    rows: tuple[LoopRow, ...]
    number: int
    is_for_lead: bool = False
    currency: str = ""


def reminder(shown: Reminder, language: str) -> Message:
    """Return the message in its reader's language."""
    t = translator(language)
    if shown.is_for_lead:
        head = t.plural(
            "{count} customer has waited long to be told how it ended.",
            "{count} customers have waited long to be told how it ended.",
            shown.number,
        )
    else:
        head = t.plural(
            "{count} customer waits to be told by you how it ended.",
            "{count} customers wait to be told by you how it ended.",
            shown.number,
        )
    lines = [_line(t, each, shown) for each in shown.rows[:_LINES]]
    more = shown.number - len(lines)
    lines += [t.plural("and {count} more customer", "and {count} more customers", more)] if more > 0 else []
    row = actions("loop_all", [button(t("Show all"), SHOW_ALL, "", primary=True)])
    return Message(head, (section(f"⏳ *{head}*"), section("\n".join(lines)), row))


def _line(t: Translator, row: LoopRow, shown: Reminder) -> str:
    told = [
        f"*{name_of(t, row)}*",
        *facts_of(t, row, shown.currency),
        f"{cut_escaped(row.key or row.product, 40)} {ending_words(t, row.loop.ending, row.loop.state)}",
        ago(row.loop.since),
        *([person(row.loop.holder)] if shown.is_for_lead and row.loop.holder else []),
    ]
    return f"• {' · '.join(told)}"
