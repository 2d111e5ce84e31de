"""The row of buttons on a card with which a report is triaged. Each id is written once, here."""

from enum import StrEnum

from domain.report import Report
from views.blocks import Block, actions, button, option, overflow
from views.text import Translator

TAKE = "report_take"
ASSIGN = "report_assign"
GRADE = "report_grade"
MORE = "report_more"
ROW = "report_actions"


class Deed(StrEnum):
    """What is offered behind the three dots."""

    DUPLICATE = "duplicate"
    ASK = "ask"
    NOT_A_BUG = "not_a_bug"
    HAND = "hand"
    REOPEN = "reopen"
    WHY = "why"


def triage_row(t: Translator, report: Report, *, has_rotation: bool) -> Block:
    """Return the row for a report as it is; what is offered behind the dots names the report too."""
    if not report.triage.is_open:
        return actions(ROW, [_more(t, report, (Deed.REOPEN, Deed.WHY))])
    deeds = (
        Deed.DUPLICATE,
        Deed.ASK,
        Deed.NOT_A_BUG,
        *((Deed.HAND,) if has_rotation else ()),
        Deed.WHY,
    )
    take = [button(t("Take"), TAKE, report.id, primary=True)] if report.taken_by is None else []
    assign = button(t("Assign…"), ASSIGN, report.id)
    grade = button(t("Set severity"), GRADE, report.id)
    return actions(ROW, [*take, assign, grade, _more(t, report, deeds)])


def read_more(value: str) -> tuple[Deed, str]:
    """Return what was chosen behind the three dots, and of which report."""
    deed, _, report = value.partition(":")
    return Deed(deed), report


def _more(t: Translator, report: Report, deeds: tuple[Deed, ...]) -> Block:
    labels = {
        Deed.DUPLICATE: t("Duplicate of…"),
        Deed.ASK: t("Ask reporter"),
        Deed.NOT_A_BUG: t("Not a bug"),
        Deed.HAND: t("Hand to rotation"),
        Deed.REOPEN: t("Reopen"),
        Deed.WHY: t("Why?"),
    }
    return overflow(MORE, [option(labels[deed], f"{deed}:{report.id}") for deed in deeds])
