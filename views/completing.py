"""Asking a reporter for just what their report lacks, after they chose to file it all the same."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from domain.happened import Part
from domain.message import Message
from domain.quality import Remark
from domain.report import Report
from views.blocks import Block, actions, button, field, plain, section
from views.quality_notes import remark_sentence
from views.report_form.state import State
from views.terms import part_name
from views.text import cut_escaped, translator

COMPLETE = "report_complete"
COMPLETE_FORM = "report_complete_form"
_ACTIONS = "report_complete_actions"
_PART = "report_part"
_LIMIT = 3000


def completing_note(report: Report, lacks: Sequence[Remark], language: str) -> Message:
    """Return the direct message that asks for what a report lacks, with the button that lets them add it."""
    t = translator(language)
    title = cut_escaped(report.happened.actual.split("\n", 1)[0], 200)
    said = t("An engineer could act on your report sooner with a little more: {title}").format(title=title)
    asked = "\n".join(f"• {cut_escaped(remark_sentence(t, each), 600)}" for each in lacks)
    row = actions(_ACTIONS, [button(t("Add it"), COMPLETE, report.id, primary=True)])
    return Message(text=said, blocks=(section(f"{said}\n{asked}"), row))


def completing_form(report: Report, lacks: Sequence[Remark], language: str) -> Block:
    """Return the form that asks for the parts that a report lacks, each as it is now."""
    t = translator(language)
    return {
        "type": "modal",
        "callback_id": COMPLETE_FORM,
        "title": plain(t("Tell more")),
        "submit": plain(t("Add it")),
        "close": plain(t("Cancel")),
        "private_metadata": json.dumps({"report": report.id}),
        "blocks": [
            field(
                _place(lack.part),
                part_name(t, lack.part),
                {
                    "type": "plain_text_input",
                    "action_id": _PART,
                    "multiline": True,
                    "max_length": _LIMIT,
                    "initial_value": report.happened.part(lack.part)[:_LIMIT],
                },
                hint=t("Card numbers, passwords and the like are masked."),
            )
            for lack in lacks
        ],
    }


def nothing_lacks(language: str) -> str:
    """Return the answer to a person whose report lacks nothing by now."""
    t = translator(language)
    return t("Thank you: this report says all that is needed by now.")


def read_completing(view: Mapping[str, Any]) -> tuple[str, dict[Part, str]]:
    """Return the report, and what is told anew of which parts."""
    state = State(view["state"]["values"])
    told = {part: state.text(_place(part), _PART).strip() for part in Part}
    return json.loads(view["private_metadata"])["report"], {part: text for part, text in told.items() if text}


def _place(part: Part) -> str:
    return f"{_PART}:{part}"
