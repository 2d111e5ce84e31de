"""What a reporter is told whose issue Jira refused for something they filled in, or were never asked."""

from domain.message import Message
from domain.report import Report
from views.blocks import actions, button, section
from views.text import cut_escaped, translator

MEND = "report_mend"
_ACTIONS = "report_mend_actions"


def mending_note(report: Report, language: str) -> Message:
    """Return the direct message with Jira's words and the button that opens the form as it was filled in."""
    t = translator(language)
    first = report.happened.actual.split("\n", 1)[0]
    said = t("Jira did not take your report: {title}").format(title=f"*{cut_escaped(first, 200)}*")
    why = "\n".join(f"> {cut_escaped(message, 400)}" for message in list(report.refusal.values())[:5])
    next_step = t("It is kept. Correct what Jira asks for, and its issue is made.")
    row = actions(_ACTIONS, [button(t("Correct it"), MEND, report.id, primary=True)])
    return Message(text=said, blocks=(section(f"{said}\n{why}"), section(next_step), row))


def nothing_to_mend(language: str) -> str:
    """Return the answer to a person who would correct a report whose issue is there by now."""
    t = translator(language)
    return t("Nothing is left to correct: the issue is made, or is being made.")
