"""The list behind `/rotation`: who is on duty in each rotation, who is next, and what can be done with it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.rotation_overview import Overview
from domain.rotation_profile import Rank
from views.blocks import Block, actions, button, divider, modal, option, overflow, section
from views.duty_words import who_words
from views.rotation_ids import EDIT, END, FAIRNESS, MY_SHIFTS, NEW, PAGE
from views.text import Translator, cut_escaped, moment, person, translator

LIST = "rotation_list_view"
ROWS = 20
NAME = 80  # characters of a rotation's name
_AWAY = 5  # people named


@dataclass(frozen=True, slots=True)
class Row:
    """A rotation as it stands, and whether its reader may change it."""

    overview: Overview
    may_manage: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, from the row *offset* on; *may_add* tells whether its reader may make new ones."""

    rows: tuple[Row, ...]
    may_add: bool
    offset: int = 0
    has_more: bool = False


def list_view(listed: Listed, language: str) -> Block:
    """Return the list as a modal."""
    t = translator(language)
    blocks = [
        *_head(t, listed),
        *(block for row in listed.rows for block in _row(t, row)),
        *_turns(t, listed),
    ]
    kept = json.dumps({"language": language, "offset": listed.offset})
    return modal(LIST, t("Rotations"), blocks, close=t("Close"), kept=kept)


def read_list(view: dict[str, Any]) -> tuple[str, int]:
    """Return the language of an open list, and from which row on it shows."""
    kept = json.loads(view["private_metadata"])
    return kept["language"], kept["offset"]


def help_text(language: str) -> str:
    """Return what the command does, for who asks."""
    t = translator(language)
    return t(
        "`/rotation` shows who handles bugs now and who is next. There you look at your shifts, and those who"
        " may make rotations add, edit and end them. Nothing needs to be typed after the command."
    )


def not_allowed(allowed: Sequence[str], language: str) -> str:
    """Return why somebody may not change a rotation, and whom they can ask."""
    t = translator(language)
    names = [f"<!subteam^{each}>" if each.startswith("S") else person(each) for each in allowed]
    if not names:
        return t("Nothing was changed: this rotation has ended, or you are a guest here.")
    return t(
        "Nothing was changed: this is for the lead of a rotation and for {allowed}. Ask one of them, or ask"
        " an admin to add you under [roles] in bugle.toml."
    ).format(allowed=t.listing(names))


def not_allowed_any_more(language: str) -> str:
    """Return the same as the error on a form, where nobody can be mentioned."""
    t = translator(language)
    return t("You may not change rotations any more. Ask an admin to add you under [roles] in bugle.toml.")


def _head(t: Translator, listed: Listed) -> list[Block]:
    blocks = [] if listed.rows else [section(t("There is no rotation yet."))]
    buttons = [button(t("New rotation"), NEW, "new", primary=True)] if listed.may_add else []
    buttons.append(button(t("My shifts"), MY_SHIFTS, "list"))
    return [*blocks, actions("rotation_head", buttons)]


def _row(t: Translator, row: Row) -> list[Block]:
    rotation = row.overview.rotation
    buttons = [button(t("Fairness"), FAIRNESS, rotation.key)]
    if row.may_manage:
        more = overflow(END, [option(t("End the rotation"), rotation.key)])
        buttons = [button(t("Edit"), EDIT, rotation.key), *buttons, more]
    return [
        divider(),
        section(_said(t, row.overview)),
        actions(f"rotation_row:{rotation.key}", buttons),
    ]


def _said(t: Translator, seen: Overview) -> str:
    rotation = seen.rotation
    name = f"*{cut_escaped(rotation.name, NAME)}*"
    title = t("{name} · secondary").format(name=name) if rotation.profile.rank is Rank.SECONDARY else name
    away = [
        t("{person} is away until {time}").format(person=person(each.person), time=moment(each.end))
        for each in seen.away[:_AWAY]
    ]
    return "\n".join([title, *_now_and_next(t, seen), *away])


def _now_and_next(t: Translator, seen: Overview) -> list[str]:
    lines = []
    if seen.now is None or seen.until is None:
        lines.append(t("On duty now: nobody, it has not begun"))
    else:
        said = t("On duty now: {who} until {time}")
        lines.append(said.format(who=who_words(t, seen.now), time=moment(seen.until)))
    if seen.next is not None:
        said = t("Next: {who} from {time}")
        lines.append(said.format(who=who_words(t, seen.next), time=moment(seen.next.start)))
    return lines


def _turns(t: Translator, listed: Listed) -> list[Block]:
    turns = [
        *([(t("Back"), "back", max(0, listed.offset - ROWS))] if listed.offset else []),
        *([(t("More"), "more", listed.offset + ROWS)] if listed.has_more else []),
    ]
    buttons = [button(label, f"{PAGE}_{way}", str(to)) for label, way, to in turns]
    return [divider(), actions(PAGE, buttons)] if buttons else []
