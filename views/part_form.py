"""The form for a part of a shift: from when until when, and whom to ask; everything is picked."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from views.blocks import Block, context, field, modal, plain
from views.shift_menu import Named, read_named, write_named
from views.spans import span
from views.text import translator

FORM = "shift_part"
START = "shift_part_start"
END = "shift_part_end"
WHOM = "shift_part_whom"


@dataclass(frozen=True, slots=True)
class Part:
    """What was picked: a part of a shift, whom to ask (None: everyone), or to take it oneself."""

    named: Named
    start: datetime
    end: datetime
    whom: str | None
    takes: bool
    language: str


def part_form(named: Named, language: str, *, takes: bool) -> Block:
    """Return the form; *takes*: its reader takes the part, else they ask for cover of it."""
    t = translator(language)
    shift = named.shift
    blocks = [
        context(span(shift.start, shift.end)),
        field(START, t("From"), _picker(START, shift.start)),
        field(END, t("Until"), _picker(END, shift.end)),
    ]
    if not takes:
        people: Block = {"type": "users_select", "action_id": WHOM, "placeholder": plain(t("Everyone"))}
        hint = t("Leave it empty to ask everyone: who covers first has it.")
        blocks.append(field(WHOM, t("Whom to ask"), people, hint=hint, optional=True))
    kept = json.dumps({"named": write_named(named), "takes": takes, "language": language})
    submit = t("Take it") if takes else t("Ask")
    return modal(FORM, t("A part of a shift"), blocks, close=t("Cancel"), submit=submit, kept=kept)


def read_part(view: dict[str, Any]) -> Part:
    """Return what was picked."""
    kept = json.loads(view["private_metadata"])
    values = view["state"]["values"]
    whom = values.get(WHOM, {}).get(WHOM, {}).get("selected_user")
    ends = [datetime.fromtimestamp(values[name][name]["selected_date_time"], UTC) for name in (START, END)]
    return Part(read_named(kept["named"]), ends[0], ends[1], whom, kept["takes"], kept["language"])


def _picker(action_id: str, at: datetime) -> Block:
    return {
        "type": "datetimepicker",
        "action_id": action_id,
        "initial_date_time": int(at.timestamp()),
    }
