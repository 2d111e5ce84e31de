"""The direct messages of a hand-off: what the leaver holds and passes on, what the taker accepts.

Each is rendered from what was decided so far, and edited in place.
"""

from dataclasses import dataclass

from domain.handoff import SHIFT_EFFORTS, Handoff, Outlook
from domain.message import Message
from views.blocks import Block, actions, button, context, section
from views.handoff_row import Line, given_row, held_row
from views.text import Translator, cut_escaped, moment, person, translator

ROWS = 8  # bugs on a page: each takes up to five of Slack's 50 blocks
NAME = 80  # characters of a name
PASS_ALL = "handoff_pass_all"  # noqa: S105 - an action id
KEEP_ALL = "handoff_keep_all"
ACCEPT_ALL = "handoff_accept_all"
EFFORT = "handoff_effort"
PAGE = "handoff_page"


@dataclass(frozen=True, slots=True)
class HandoffList:
    """A hand-off with one page of its bugs, as one of the two sees it.

    *after* says until when the taker is on duty, *next_name* who is next. *held* counts the bugs of the list,
    *undecided* those the leaver has not decided of, *waiting* those that the taker can accept. *effort* is
    what the leaver said of the shift.
    """

    handoff: Handoff
    rotation: str
    after: Outlook
    next_name: str | None
    lines: tuple[Line, ...]
    page: int
    has_more: bool
    held: int
    undecided: int
    waiting: int
    effort: int | None


def leaver_list(shown: HandoffList, language: str) -> Message:
    """Return what the leaver gets: the bugs they hold, to pass on or keep, and how hard the shift was."""
    t = translator(language)
    over = t("Your shift in *{rotation}* is over.").format(rotation=cut_escaped(shown.rotation, NAME))
    every = [
        button(t("Pass all on"), PASS_ALL, str(shown.handoff.id), primary=True),
        button(t("Keep all"), KEEP_ALL, str(shown.handoff.id)),
    ]
    row = [actions("handoff_all", every)] if shown.undecided > 1 else []
    rows = [block for line in shown.lines for block in held_row(t, line)]
    head = section(f"{over} {_what_is_held(t, shown)}")
    return Message(over, (head, *row, *rows, *_turns(t, shown), *_effort(t, shown)))


def taker_list(shown: HandoffList, language: str) -> Message:
    """Return what the taker gets: until when they are on duty, and the bugs passed on to them, to accept."""
    t = translator(language)
    head = _on_duty(t, shown)
    row = []
    if shown.waiting > 1:
        row = [
            actions("handoff_all", [button(t("Accept all"), ACCEPT_ALL, str(shown.handoff.id), primary=True)])
        ]
    rows = [block for line in shown.lines for block in given_row(t, line)]
    told = f"{head}\n{_what_comes(t, shown)}"
    return Message(head, (section(told), *row, *rows, *_turns(t, shown)))


def read_numbers(value: str) -> tuple[int, int]:
    """Return the hand-off, and the effort or the page, that a pressed button is about."""
    handoff, _, number = value.partition(":")
    return int(handoff), int(number)


def _what_is_held(t: Translator, shown: HandoffList) -> str:
    taker = person(shown.handoff.taker or "")
    took = t("{person} took over {time}.").format(person=taker, time=moment(shown.handoff.at))
    if not shown.held:
        nothing = t("You hold no open bug from it.")
        return f"{took} {nothing}"
    held = t.plural(
        "You hold {count} open bug from it: pass it on, or keep it. What nobody accepts stays yours.",
        "You hold {count} open bugs from it: pass on what others should go on with. What nobody accepts stays"
        " yours.",
        shown.held,
    )
    return f"{took}\n{held}"


def _on_duty(t: Translator, shown: HandoffList) -> str:
    name = cut_escaped(shown.rotation, NAME)
    if shown.after.until is None:
        since = moment(shown.handoff.at)
        return t("You are on duty for *{rotation}* since {time}.").format(rotation=name, time=since)
    said = t("You are on duty now for *{rotation}*, until {time}.")
    said = said.format(rotation=name, time=moment(shown.after.until))
    if shown.next_name is None:
        return said
    after = t("Next: {name}.").format(name=cut_escaped(shown.next_name, NAME))
    return f"{said} {after}"


def _what_comes(t: Translator, shown: HandoffList) -> str:
    leaver = shown.handoff.leaver
    if shown.undecided and leaver is not None:
        said = t.plural(
            "{person} holds {count} open bug from before. If they pass it on, it shows here.",
            "{person} holds {count} open bugs from before. What they pass on shows here.",
            shown.undecided,
        )
        return said.replace("{person}", person(leaver))
    if shown.waiting:
        return t("These are passed on to you: accept what you go on with.")
    return "" if shown.lines else t("Nothing open is passed on to you.")


def _turns(t: Translator, shown: HandoffList) -> list[Block]:
    """Return the buttons to the pages before and after, where there are some."""
    turns = [
        *([(t("Previous page"), "back", shown.page - 1)] if shown.page else []),
        *([(t("Next page"), "more", shown.page + 1)] if shown.has_more else []),
    ]
    buttons = [button(label, f"{PAGE}_{way}", f"{shown.handoff.id}:{to}") for label, way, to in turns]
    return [actions(PAGE, buttons)] if buttons else []


def _effort(t: Translator, shown: HandoffList) -> list[Block]:
    """Return the question how hard the shift was, or what was said to it."""
    if not shown.handoff.asks_effort:
        return []
    if shown.effort is not None:
        return [context(t("You said of this shift: {effort} of 5.").format(effort=shown.effort))]
    labels = {1: t("1 · Quiet"), 5: t("5 · Too much")}
    buttons = [
        button(labels.get(each, str(each)), f"{EFFORT}_{each}", f"{shown.handoff.id}:{each}")
        for each in SHIFT_EFFORTS
    ]
    return [section(t("How was this shift?")), actions(EFFORT, buttons)]
