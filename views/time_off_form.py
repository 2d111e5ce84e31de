"""The form for time off: from when until when, and at once who would stand in for which shifts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.absence import No, Touched
from domain.duty import TimeOff
from domain.wall_clock import resolve
from views.blocks import Block, context, field, modal, plain, section
from views.spans import span
from views.text import Translator, cut_escaped, person, translator

FORM = "time_off_form"
WHO = "time_off_who"
FROM_DAY = "time_off_from_day"
FROM_TIME = "time_off_from_time"
UNTIL_DAY = "time_off_until_day"
UNTIL_TIME = "time_off_until_time"
_SHOWN = 8  # stretches


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form keeps: its id, which is that of the time off, its reader, and the zone that times are in.

    *may_choose*: its reader may note time off for others too.
    """

    id: str
    reader: str
    zone: str
    may_choose: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """What is picked in the form, as Slack writes it: days, and times where these are not whole."""

    first: str
    last: str
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What time off takes in one rotation, by its name."""

    rotation: str
    touched: tuple[Touched, ...]


def time_off_form(
    opening: Opening, language: str, picked: Picked, taken: Sequence[Taken] | None = None
) -> Block:
    """Return the form; *taken* is what the dates chosen so far would take, None before any were."""
    t = translator(language)
    shown = preview_blocks(t, taken) if taken is not None else []
    blocks = [
        *([_who(t, opening)] if opening.may_choose else []),
        field(FROM_DAY, t("First day"), _day(FROM_DAY, picked.first), live=True),
        field(UNTIL_DAY, t("Last day"), _day(UNTIL_DAY, picked.last), live=True),
        field(
            FROM_TIME,
            t("From"),
            _time(FROM_TIME, t("Beginning of the day"), picked.begin),
            optional=True,
            live=True,
        ),
        field(
            UNTIL_TIME,
            t("Until"),
            _time(UNTIL_TIME, t("End of the day"), picked.end),
            optional=True,
            live=True,
        ),
        context(t("Times are those of {zone}.").format(zone=opening.zone)),
        *shown,
    ]
    kept = json.dumps(
        {
            "id": opening.id,
            "reader": opening.reader,
            "language": language,
            "zone": opening.zone,
            "may_choose": opening.may_choose,
        }
    )
    return modal(FORM, t("Time off"), blocks, close=t("Cancel"), submit=t("Save"), kept=kept)


def saved_view(off: TimeOff, taken: Sequence[Taken], language: str) -> Block:
    """Return what is shown when time off is noted."""
    t = translator(language)
    said = t("Noted: {person} is away {span}.").format(
        person=person(off.person), span=span(off.start, off.end)
    )
    blocks = [section(said), *preview_blocks(t, taken)]
    return modal(f"{FORM}_saved", t("Time off"), blocks, close=t("Close"))


def preview_blocks(t: Translator, taken: Sequence[Taken]) -> list[Block]:
    """Return who stands in for which shifts, or that nothing is touched."""
    lines = [_line(t, each, piece) for each in taken for piece in each.touched]
    if not lines:
        return [section(t("No shift is touched."))]
    more = len(lines) - _SHOWN
    if more > 0:
        lines = [*lines[:_SHOWN], t.plural("and {count} other", "and {count} others", more)]
    return [section("\n".join(lines))]


def read_opening(view: dict[str, Any]) -> Opening:
    """Return what an open form keeps."""
    kept = json.loads(view["private_metadata"])
    return Opening(kept["id"], kept["reader"], kept["zone"], kept["may_choose"])


def read_language(view: dict[str, Any]) -> str:
    """Return the language of an open form."""
    language: str = json.loads(view["private_metadata"])["language"]
    return language


def read_person(view: dict[str, Any]) -> str:
    """Return whose time off it is."""
    chosen = view["state"]["values"].get(WHO, {}).get(WHO, {}).get("selected_user")
    return str(chosen or read_opening(view).reader)


def read_picked(view: dict[str, Any]) -> Picked | None:
    """Return what is picked; None while a day is missing."""
    values = view["state"]["values"]
    first, last = (values[name][name]["selected_date"] for name in (FROM_DAY, UNTIL_DAY))
    begin, end = (values[name][name].get("selected_time") for name in (FROM_TIME, UNTIL_TIME))
    return Picked(first, last, begin, end) if first and last else None


def read_time_off(view: dict[str, Any], picked: Picked, zone: ZoneInfo) -> TimeOff:
    """Return the time off that was picked, days and times in *zone*."""
    start = datetime.combine(_within(picked.first), time.fromisoformat(picked.begin or "00:00"))
    until = _within(picked.last)
    if picked.end is not None:
        over = datetime.combine(until, time.fromisoformat(picked.end))
    else:
        over = datetime.combine(until, time(0)) + timedelta(days=1)
    return TimeOff(
        read_opening(view).id,
        read_person(view),
        resolve(start, zone).astimezone(UTC),
        resolve(over, zone).astimezone(UTC),
    )


def _within(day: str) -> date:
    """Read a day; one that no calendar of ours reaches is as far off as can be."""
    return min(max(date.fromisoformat(day), date(1971, 1, 1)), date(9000, 1, 1))


def refusal(no: No, language: str) -> dict[str, str]:
    """Return why time off is not noted, by the field that it stands at."""
    t = translator(language)
    if no is No.NOT_ALLOWED:
        return {WHO: t("You may note time off for yourself, and for members of rotations that you lead.")}
    return {
        UNTIL_DAY: {
            No.REVERSED: t("The end is not after the beginning. Choose a later last day or time."),
            No.ENDED: t("That is over already. Choose a last day that is to come."),
            No.TOO_LONG: t("That is longer than two years. Choose an earlier last day."),
            No.TOO_FAR: t("That begins in more than two years. Choose an earlier first day."),
        }[no]
    }


def _line(t: Translator, taken: Taken, piece: Touched) -> str:
    if piece.agreed:
        said = t("{span}: stays theirs, since they took it over. Ask for cover in My shifts.")
    elif piece.stand_in is None:
        said = t("{span}: nobody is left to stand in")
    else:
        said = t("{span}: {person} stands in")
    who = person(piece.stand_in) if piece.stand_in else ""
    line = said.format(span=span(piece.start, piece.end), person=who)
    return f"*{cut_escaped(taken.rotation, 75)}* {line}"


def _who(t: Translator, opening: Opening) -> Block:
    people: Block = {
        "type": "users_select",
        "action_id": WHO,
        "placeholder": plain(t("Choose a person")),
        "initial_user": opening.reader,
    }
    return field(WHO, t("Who is away"), people, live=True)


def _day(action_id: str, day: str) -> Block:
    return {"type": "datepicker", "action_id": action_id, "initial_date": day}


def _time(action_id: str, placeholder: str, at: str | None) -> Block:
    chosen = {"initial_time": at} if at else {}
    return {"type": "timepicker", "action_id": action_id, "placeholder": plain(placeholder), **chosen}
