"""The forms of triage: whom to assign, how severe, a duplicate of what, what to ask, why it is no bug.

Each is about one report and asks one or two things; `read_form` returns what came back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from domain.report import Report
from domain.severity import Severity
from views.blocks import Block, field, modal, option, plain, select, typed
from views.text import Translator, translator

ASSIGN = "triage_assign"
GRADE = "triage_grade"
DUPLICATE = "triage_duplicate"
ASK = "triage_ask"
NOT_A_BUG = "triage_not_a_bug"
CHOICE = "triage_choice"
TEXT = "triage_text"
REASON_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Filled:
    """A submitted form of triage: of which report, in which language, what was chosen and typed."""

    report: str
    language: str
    chosen: str
    text: str

    @property
    def block(self) -> str:
        """The id of the block that an error stands on."""
        return _choice_block(self.report) if self.chosen else TEXT


class About(NamedTuple):
    """What every form of triage keeps: which report it is about, and its reader's language."""

    report: Report
    language: str


def assign_form(report: Report, language: str) -> Block:
    """Return the form that asks who is to own a report."""
    t = translator(language)
    people: Block = {
        "type": "users_select",
        "action_id": CHOICE,
        "placeholder": plain(t("Choose a person")),
        **({"initial_user": report.taken_by} if report.taken_by else {}),
    }
    choice = field(
        _choice_block(report.id), t("New owner"), people, hint=t("They are told, and get the issue.")
    )
    return _form(ASSIGN, t("Assign"), [choice], t("Assign"), About(report, language))


def grade_form(report: Report, scale: Sequence[Severity], language: str) -> Block:
    """Return the form that asks how severe a report is, and why."""
    t = translator(language)
    steps = [option(step.name, step.key) for step in scale]
    choice = select(CHOICE, t("Choose a severity"), steps, report.severity)
    blocks = [field(_choice_block(report.id), t("Severity"), choice), _reason(t, t("It is shown to all."))]
    return _form(GRADE, t("Set severity"), blocks, t("Set"), About(report, language))


def duplicate_form(report: Report, language: str) -> Block:
    """Return the form that asks what a report is a duplicate of."""
    t = translator(language)
    known: Block = {
        "type": "external_select",
        "action_id": CHOICE,
        "placeholder": plain(t("Type an issue key or words")),
        "min_query_length": 0,
    }
    hint = t("This report is closed, its customers count there, and its reporter is told.")
    choice = field(_choice_block(report.id), t("The same problem as"), known, hint=hint)
    return _form(DUPLICATE, t("Duplicate of"), [choice], t("Close it"), About(report, language))


def ask_form(report: Report, language: str) -> Block:
    """Return the form that asks what to ask the reporter."""
    t = translator(language)
    hint = t("They get it as a direct message with a button to answer; you read the answer in the thread.")
    asked = field(TEXT, t("Question"), typed(TEXT, multiline=True, most=REASON_LIMIT), hint=hint)
    return _form(ASK, t("Ask reporter"), [asked], t("Ask"), About(report, language))


def no_bug_form(report: Report, language: str) -> Block:
    """Return the form that asks why a report is no bug."""
    t = translator(language)
    reason = _reason(t, t("The reporter gets it, and it is written in the issue."))
    return _form(NOT_A_BUG, t("Not a bug"), [reason], t("Close it"), About(report, language))


def read_form(view: dict[str, Any]) -> Filled:
    """Return what a submitted form of triage says; a blank text is empty."""
    kept = json.loads(view["private_metadata"])
    values = view["state"]["values"]
    choice = values.get(_choice_block(kept["report"]), {}).get(CHOICE, {})
    chosen = choice.get("selected_user") or (choice.get("selected_option") or {}).get("value") or ""
    text = (values.get(TEXT, {}).get(TEXT, {}).get("value") or "").strip()
    return Filled(kept["report"], kept["language"], chosen, text)


def report_of_choice(block_id: str) -> str:
    """Return the report that a request for options is about."""
    return block_id.partition(":")[2]


def empty_text(language: str) -> str:
    """Return the error on a text that holds nothing but blanks."""
    t = translator(language)
    return t("Write at least a word.")


def _reason(t: Translator, hint: str) -> Block:
    return field(TEXT, t("Reason"), typed(TEXT, multiline=True, most=REASON_LIMIT), hint=hint)


def _choice_block(report: str) -> str:
    # Requests for options carry no other field's state: the block's id says which report they are about.
    return f"{CHOICE}:{report}"


def _form(callback_id: str, title: str, blocks: list[Block], submit: str, about: About) -> Block:
    kept = json.dumps({"report": about.report.id, "language": about.language})
    t = translator(about.language)
    return modal(callback_id, title, blocks, submit=submit, close=t("Cancel"), kept=kept)
