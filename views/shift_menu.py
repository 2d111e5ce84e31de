"""The menu on a shift: everything that can be done about it, each by picking it.

Two taps, the menu and the choice: that is all it takes to ask for cover, on the smallest screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.cover_request import CoverRequest
from domain.covering import Stint
from views.blocks import Block, option, plain
from views.spans import plain_span
from views.text import Translator, cut

MENU = "shift_menu"
_PEOPLE = 30  # in one group of the menu, which holds 100 choices
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class Deed(StrEnum):
    """What a choice of the menu does."""

    ALL = "all"  # ask everyone to cover
    ONE = "one"  # ask one person to cover
    SWAP = "swap"
    PART = "part"  # ask for a part of it, or take it
    TAKE = "take"
    HAND = "hand"
    BACK = "back"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Named:
    """A shift as buttons and menus name it: which rotation's, and what was shown."""

    rotation: str
    shift: Stint


@dataclass(frozen=True, slots=True)
class Choices:
    """What one reader may do about one shift: as its holder, or for them (*decides*), or as a colleague.

    *members* may be asked or given it; *swaps* are what it may be swapped for; *requests* are open about it.
    *is_over* says that it is its holder's by an override, which this reader may undo.
    """

    named: Named
    reader: str
    decides: bool
    members: tuple[str, ...]
    swaps: tuple[Stint, ...] = ()
    requests: tuple[CoverRequest, ...] = ()
    is_over: bool = False


def shift_menu(t: Translator, choices: Choices, names: Mapping[str, str], zone: ZoneInfo) -> Block | None:
    """Return the menu on a shift, or None where its reader can do nothing about it."""
    groups = [each for each in _groups(t, choices, names, zone) if each["options"]]
    if not groups:
        return None
    placeholder = t("Cover or swap…") if _is_theirs(choices) else t("Take it…")
    return {
        "type": "static_select",
        "action_id": MENU,
        "placeholder": plain(placeholder),
        "option_groups": groups,
    }


def name_block(named: Named, drawing: int) -> str:
    """Return the id of the block that a shift's menu is in; in another drawing, the menu is unset again."""
    return f"shift:{write_named(named)}:{drawing}"


def read_block(block_id: str) -> Named:
    """Return the shift that a block's id names."""
    return read_named(block_id.removeprefix("shift:").rpartition(":")[0])


def write_named(named: Named) -> str:
    """Return a shift's name as buttons and forms keep it; at most 140 characters."""
    shift = named.shift
    return f"{named.rotation}:{_written(shift.start)}:{_written(shift.end)}:{shift.person or ''}"


def read_named(value: str) -> Named:
    """Return the shift that was written so."""
    rotation, start, end, person = value.rsplit(":", 3)
    return Named(rotation, Stint(_instant(start), _instant(end), person or None))


def read_choice(value: str) -> tuple[Deed, str]:
    """Return what a chosen option does, and with whom or what."""
    deed, _, rest = value.partition(":")
    return Deed(deed), rest


def read_swap(rest: str) -> Stint:
    """Return the shift that a swap is for."""
    person, start, end = rest.split(":")
    return Stint(_instant(start), _instant(end), person)


def _is_theirs(choices: Choices) -> bool:
    return choices.named.shift.person == choices.reader


def _groups(t: Translator, choices: Choices, names: Mapping[str, str], zone: ZoneInfo) -> list[Block]:
    holder = choices.named.shift.person
    others = [each for each in choices.members if each != holder][:_PEOPLE]
    mine = _is_theirs(choices)
    back = [option(t("Give it back"), Deed.BACK)] if choices.is_over and (mine or choices.decides) else []
    take = [] if mine else [option(t("Take it"), Deed.TAKE)]
    part = [option(t("A part of it…"), Deed.PART)]
    if holder is None or not (mine or choices.decides):
        return [_group(t("This shift"), [*take, *part])]
    asked = [option(t("Everyone"), Deed.ALL), *_people(Deed.ONE, others, names)]
    swaps = [
        option(
            f"{cut(names.get(str(each.person), str(each.person)), 24)} · "
            f"{plain_span(each.start, each.end, zone, t.language)}",
            f"{Deed.SWAP}:{each.person}:{_written(each.start)}:{_written(each.end)}",
        )
        for each in choices.swaps[:_PEOPLE]
    ]
    hand = _people(Deed.HAND, others, names) if choices.decides else []
    return [
        _group(t("Requests"), [_withdraw(t, each, names) for each in choices.requests[:5]]),
        _group(t("Ask to cover"), asked),
        _group(t("Swap with"), swaps),
        _group(t("Give to"), hand),
        _group(t("This shift"), [*back, *take, *part]),
    ]


def _people(deed: Deed, people: Sequence[str], names: Mapping[str, str]) -> list[Block]:
    return [option(names.get(each, each), f"{deed}:{each}") for each in people]


def _withdraw(t: Translator, request: CoverRequest, names: Mapping[str, str]) -> Block:
    if request.asked is None:
        return option(t("Stop asking everyone"), f"{Deed.WITHDRAW}:{request.id}")
    said = t("Stop asking {name}").format(name=cut(names.get(request.asked, request.asked), 40))
    return option(said, f"{Deed.WITHDRAW}:{request.id}")


def _group(label: str, options: Sequence[Block]) -> Block:
    return {"label": plain(label), "options": list(options)}


def _written(at: datetime) -> str:
    # To the microsecond: what was taken over in the middle of a shift begins at no whole second.
    return str((at - _EPOCH) // _TICK)


def _instant(ticks: str) -> datetime:
    return _EPOCH + int(ticks) * _TICK
