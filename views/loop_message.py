"""The message that tells somebody how a report ended, and which of their customers do not know it yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.loop import REPAIRED, Ending, State
from domain.loop_list import LoopRow
from domain.message import Message
from views.blocks import Block, actions, button, context, option, overflow, section
from views.loop_ids import BROKEN, CHANNEL, MORE, SHOW_ALL, SHOW_TEXT, Deed
from views.loop_words import About, ending_words, facts_of, name_of, origin_of, title
from views.text import Translator, cut_escaped, person, translator
from views.thread_text import quoted

ROWS = 10  # customers with buttons of their own
_NAMED = 5  # of those who know it


@dataclass(frozen=True, slots=True)
class LoopsShown:
    """What somebody reads of a report that ended: `rows` are those to be told, the weightiest first.

    Of several things that one customer told us there is one row. `told` and `let_go` are names of those who
    are done with; `with_others` who has some of the reader's while they are out. `ending` and `is_open_again`
    are of the whole. `currency` is that of yearly values.
    """

    report: str
    about: About
    ending: Ending
    rows: tuple[LoopRow, ...]
    told: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    with_others: tuple[str, ...] = ()
    is_open_again: bool = False
    currency: str = ""

    @property
    def may_be_broken(self) -> bool:
        """Whether somebody who was told of a fix may still meet it."""
        return bool(self.told) and self.ending in REPAIRED and not self.is_open_again


def loop_message(shown: LoopsShown, language: str) -> Message:
    """Return the message in its reader's language."""
    t = translator(language)
    said = _head(t, shown)
    blocks = [section("\n".join([title(shown.about), said, *_reason(shown)]))]
    for row in shown.rows[:ROWS]:
        blocks += customer_blocks(t, row, shown.currency)
    more = len(shown.rows) - ROWS
    if more > 0:
        blocks.append(section(t.plural("and {count} more customer", "and {count} more customers", more)))
        blocks.append(actions("loop_all", [button(t("Show all"), SHOW_ALL, shown.report)]))
    blocks += _done(t, shown)
    if shown.may_be_broken:
        blocks.append(actions("loop_broken", [button(t("Still broken…"), BROKEN, shown.report)]))
    text = f"{cut_escaped(shown.about.key or shown.about.product, 80)}: {said}"
    return Message(text, tuple(blocks))


def goes_on(language: str) -> Message:
    """Return what a message becomes when a newer one has taken its place."""
    t = translator(language)
    said = t("There is news: this goes on in a newer message below.")
    return Message(said, (context(said),))


def customer_blocks(t: Translator, row: LoopRow, currency: str) -> list[Block]:
    """Return a customer to be told, with what can be done about it."""
    weighs = [f"*{name_of(t, row)}*", *facts_of(t, row, currency)]
    issue = row.loop.customer_issue
    buttons = [
        button(t("Show text"), SHOW_TEXT, issue),
        *([button(t("Send to their channel"), CHANNEL, issue)] if row.channel else []),
        overflow(MORE, choices(t, row)),
    ]
    said = " · ".join(weighs) + f"\n{origin_of(t, row)}"
    return [section(said), actions(f"loop:{issue}", buttons)]


def choices(t: Translator, row: LoopRow) -> list[Block]:
    """Return what can be done about a customer beside giving them the text."""
    found = {
        Deed.TOLD: t("Told by other means"),
        **({Deed.BROKEN: t("Still broken…")} if row.may_be_broken else {}),
        Deed.LATER: t("Later…"),
        Deed.LET_GO: t("Let go because…"),
    }
    return [option(label, f"{deed}:{row.loop.customer_issue}") for deed, label in found.items()]


def _head(t: Translator, shown: LoopsShown) -> str:
    """Return how it ended, and what is left to do."""
    number = len(shown.rows)
    if shown.is_open_again:
        said = t("It was opened again, so what your customers were told is not so.")
        todo = t.plural("Take it back with {count} customer.", "Take it back with {count} customers.", number)
    else:
        state = ending_words(t, shown.ending, State.TO_TELL)
        versions = f" ({cut_escaped(t.listing(shown.about.versions), 200)})" if shown.about.versions else ""
        said = t("How it ended: {ending}.").format(ending=f"*{state}*{versions}")
        todo = t.plural(
            "{count} customer of yours has to be told.", "{count} customers of yours have to be told.", number
        )
    nothing = t("Nobody of yours has to be told any more.")
    return f"{said} {todo if number else nothing}"


def _reason(shown: LoopsShown) -> list[str]:
    return [quoted(shown.about.reason[:300])] if shown.about.reason else []


def _done(t: Translator, shown: LoopsShown) -> list[Block]:
    people = t.listing([person(each) for each in shown.with_others[:_NAMED]])
    lines = [
        *([t("Know it: {names}").format(names=_names(t, shown.told))] if shown.told else []),
        *([t("Let go: {names}").format(names=_names(t, shown.let_go))] if shown.let_go else []),
        *([t("With {people} while you are out").format(people=people)] if shown.with_others else []),
    ]
    return [context("\n".join(lines))] if lines else []


def _names(t: Translator, names: Sequence[str]) -> str:
    shown = [cut_escaped(each, 60) if each else t("Unknown customer") for each in names[:_NAMED]]
    more = len(names) - _NAMED
    return t.listing([*shown, *([t.plural("{count} more", "{count} more", more)] if more > 0 else [])])
