"""My shifts: what is to come, what can be done about it, what waits for an answer, and time off."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from domain.cover_request import CoverRequest
from domain.duty import Duty, TimeOff, Why
from views.blocks import Block, actions, button, confirmed, divider, header, modal, option, section, select
from views.cover_message import ACCEPT, DECLINE
from views.rotation_ids import TIME_OFF
from views.shift_menu import Choices, name_block, shift_menu
from views.spans import span
from views.text import Translator, cut, cut_escaped, person, translator

VIEW = "my_shifts_view"
SHOW = "my_shifts_show"
CANCEL_OFF = "time_off_cancel"
ROWS = 8
MINE = "-"  # chosen instead of a rotation
_ROTATIONS = 90
_REQUESTS = 5
_AWAY = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A shift that is listed, with why it is so (its first stretch), whose it was before, and its menu."""

    rotation: str
    duty: Duty
    choices: Choices
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that waits for this reader's answer, in a rotation by its name."""

    rotation: str
    request: CoverRequest


@dataclass(frozen=True, slots=True)
class MyShifts:
    """What one person sees: their shifts, or those of the rotation whose key is *shown*.

    *rotations* are key and name of each.
    """

    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    time_off: tuple[TimeOff, ...]
    rotations: tuple[tuple[str, str], ...]
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: their zone, how people are called in menus, and which drawing this is.

    Each choice makes a new drawing, in which no menu is set any more.
    """

    zone: ZoneInfo
    names: Mapping[str, str]
    drawing: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What the open view keeps of how it was drawn."""

    language: str
    zone: str
    shown: str | None
    drawing: int = 0


def my_shifts_view(seen: MyShifts, reader: Reader, language: str, said: str = "") -> Block:
    """Return the list as a modal; *said* is what came of the last choice."""
    t = translator(language)
    blocks = [
        *([section(said), divider()] if said else []),
        _head(t, seen),
        *_asked(t, seen),
        *_rows(t, seen, reader),
        *_time_off(t, seen),
    ]
    kept = json.dumps(asdict(Kept(language, reader.zone.key, seen.shown, reader.drawing)))
    return modal(VIEW, t("My shifts"), blocks, close=t("Close"), kept=kept)


def read_view(view: dict[str, Any]) -> Kept:
    """Return how an open list was drawn."""
    return Kept(**json.loads(view["private_metadata"]))


def read_show(action: dict[str, Any]) -> str | None:
    """Return the key of the rotation that was chosen to be shown; None for one's own shifts."""
    chosen: str = action["selected_option"]["value"]
    return None if chosen == MINE else chosen


def shift_line(t: Translator, rotation: str, duty: Duty, instead_of: str | None) -> str:
    """Return how a shift came to be its person's, where it is not simply their turn."""
    match duty.why:
        case Why.OVERRIDE if instead_of:
            said = t("instead of {person}").format(person=person(instead_of))
        case Why.OVERRIDE:
            said = t("taken over")
        case Why.SWAP:
            said = t("swapped with {person}").format(person=person(instead_of or duty.turn.holder))
        case Why.STAND_IN:
            said = t("stands in for {person}").format(person=person(duty.turn.holder))
        case _:
            return f"*{cut_escaped(rotation, 75)}*"
    return f"*{cut_escaped(rotation, 75)}* · {said}"


def request_line(t: Translator, request: CoverRequest) -> str:
    """Return what is asked about a shift."""
    if request.asked is None:
        return t("Everyone is asked to cover.")
    if request.other is not None:
        said = t("{person} is asked to swap it for {span}.")
        return said.format(person=person(request.asked), span=span(request.other.start, request.other.end))
    return t("{person} is asked to cover.").format(person=person(request.asked))


def asked_blocks(t: Translator, rotation: str, request: CoverRequest) -> list[Block]:
    """Return a request that waits for its reader, with the buttons to answer it."""
    if request.other is None:
        said = t("{person} asks you to cover {span}").format(
            person=person(request.whose), span=span(request.start, request.end)
        )
    else:
        said = t("{person} asks you to swap: you would have {span} instead of {other}").format(
            person=person(request.whose),
            span=span(request.start, request.end),
            other=span(request.other.start, request.other.end),
        )
    buttons = [
        button(t("Accept"), ACCEPT, request.id, primary=True),
        button(t("Decline"), DECLINE, request.id),
    ]
    name = cut_escaped(rotation, 75)
    return [section(f"*{name}*\n{said}"), actions(f"cover_asked:{request.id}", buttons)]


def _head(t: Translator, seen: MyShifts) -> Block:
    choices = [option(t("My shifts"), MINE)]
    choices += [option(cut(name, 75), key) for key, name in seen.rotations[:_ROTATIONS]]
    show = select(SHOW, t("Whose shifts"), choices, seen.shown or MINE)
    return actions("my_shifts_head", [show, button(t("Time off"), TIME_OFF, "list")])


def _asked(t: Translator, seen: MyShifts) -> list[Block]:
    rows = [
        block for each in seen.asked[:_REQUESTS] for block in asked_blocks(t, each.rotation, each.request)
    ]
    return [header(t("Waiting for your answer")), *rows, divider()] if rows else []


def _rows(t: Translator, seen: MyShifts, reader: Reader) -> list[Block]:
    if not seen.rows:
        return [section(t("No shift of yours is to come. Choose a rotation above to see everyone's."))]
    return [_row(t, row, seen, reader) for row in seen.rows[:ROWS]]


def _row(t: Translator, row: Row, seen: MyShifts, reader: Reader) -> Block:
    shift = row.choices.named.shift
    lines = [shift_line(t, row.rotation, row.duty, row.instead_of), span(shift.start, shift.end)]
    if seen.shown is not None:
        lines.insert(0, person(shift.person) if shift.person else t("nobody"))
    lines += [request_line(t, each) for each in row.choices.requests[:_REQUESTS]]
    block = section("\n".join(lines))
    menu = shift_menu(t, row.choices, reader.names, reader.zone)
    named = {"block_id": name_block(row.choices.named, reader.drawing)}
    return {**block, **named, "accessory": menu} if menu else {**block, **named}


def _time_off(t: Translator, seen: MyShifts) -> list[Block]:
    rows = [_away(t, each, named=seen.shown is not None) for each in seen.time_off[:_AWAY]]
    title = t("Time off") if seen.shown else t("Your time off")
    return [divider(), header(title), *rows] if rows else []


def _away(t: Translator, off: TimeOff, *, named: bool) -> Block:
    asks = t("Who would have stood in is told.")
    cancel = confirmed(
        button(t("Cancel"), CANCEL_OFF, off.id), t("Cancel time off"), asks, t("Cancel it"), t("Keep it")
    )
    when = span(off.start, off.end)
    said = f"{person(off.person)} · {when}" if named else when
    return {**section(said), "accessory": cancel}
