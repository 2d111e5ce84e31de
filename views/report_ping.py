"""The direct message that asks an engineer about a report, with all it takes to reproduce the bug."""

from enum import StrEnum

from domain.happened import Part
from domain.message import Message
from views.blocks import Block, actions, button, option, overflow, section
from views.report_card import Shown, facts, head, spoken, state
from views.terms import part_name
from views.text import Translator, cut_escaped, translator
from views.triage_row import ROW as ACTIONS
from views.triage_row import TAKE

ACKNOWLEDGE = "report_acknowledge"
TO_NEXT = "report_to_next"
MORE = "ping_more"


class Deed(StrEnum):
    """What is offered behind the three dots."""

    SNOOZE = "snooze"
    WHY = "why"


def report_ping(shown: Shown, language: str) -> Message:
    """Return the message; whom it no longer asks may still take the report."""
    t = translator(language)
    report = shown.report
    told = [
        section(f"*{part_name(t, part)}*\n{cut_escaped(report.happened.part(part), 2800)}") for part in Part
    ]
    is_free = report.taken_by is None and report.triage.is_open
    row = [actions(ACTIONS, _buttons(shown, t))] if is_free else []
    blocks = (head(shown, t), facts(shown, t), *told, section(state(t, shown)), *row)
    return Message(text=spoken(shown, t), blocks=blocks)


def ping_repeated(shown: Shown, language: str) -> Message:
    """Return what becomes of a ping whose reader has been asked again by another message."""
    t = translator(language)
    said = section(t("You were asked again: see the newer message below."))
    return Message(text=spoken(shown, t), blocks=(head(shown, t), said))


def read_pass(value: str) -> tuple[str, int]:
    """Return the report, and the number of its ping, that a press of Pass to next is about."""
    report, _, number = value.partition(":")
    return report, int(number)


def read_more(value: str) -> tuple[Deed, str, int]:
    """Return what was chosen behind the three dots, of which report and which of its pings."""
    deed, _, which = value.partition(":")
    return Deed(deed), *read_pass(which)


def _buttons(shown: Shown, t: Translator) -> list[Block]:
    report, ping = shown.report, shown.ping
    buttons = [button(t("Take"), TAKE, report.id, primary=True)]
    if not shown.is_readers:
        return buttons
    is_snoozed = ping is not None and ping.snoozed_until is not None
    if report.acknowledged_by is None or (is_snoozed and report.acknowledged_by == shown.reader):
        buttons.append(button(t("Acknowledge"), ACKNOWLEDGE, report.id))
    if ping is not None:
        which = f"{report.id}:{ping.number}"
        more = [option(t("Snooze…"), f"{Deed.SNOOZE}:{which}"), option(t("Why?"), f"{Deed.WHY}:{which}")]
        buttons += [button(t("Pass to next"), TO_NEXT, which), overflow(MORE, more)]
    return buttons
