"""A question to a report's reporter: the direct message with its button, and the form for the answer."""

from typing import Any

from domain.message import Message
from domain.report import Report
from domain.triage import Question
from views.blocks import Block, actions, button, context, field, modal, section, typed
from views.direct_text import about
from views.text import cut_escaped, person, translator
from views.thread_text import quoted

ANSWER = "question_answer"
FORM = "question_form"
ROW = "question_actions"


def question_message(question: Question, report: Report, issue_url: str | None, language: str) -> Message:
    """Return the message to the reporter; once answered it shows the answer instead of its button."""
    t = translator(language)
    asked = t("{person} asks about your report:").format(person=person(question.asked_by))
    blocks = [section(f"{asked}\n{quoted(question.text)}"), context(about(report, issue_url))]
    if question.answer is None:
        blocks.append(actions(ROW, [button(t("Answer"), ANSWER, str(question.id), primary=True)]))
    else:
        blocks.append(section(t("Your answer:") + f"\n{quoted(question.answer)}"))
    return Message(text=asked, blocks=tuple(blocks))


def answer_form(question: Question, language: str) -> Block:
    """Return the form for an answer."""
    t = translator(language)
    return modal(
        FORM,
        t("Answer"),
        [
            section(f"*{cut_escaped(question.text, 2900)}*"),
            field(
                ANSWER,
                t("Your answer"),
                typed(ANSWER, multiline=True),
                hint=t("It goes to the card's thread and into the Jira issue."),
            ),
        ],
        submit=t("Send"),
        close=t("Cancel"),
        kept=f"{question.id}:{language}",
    )


def read_answer(view: dict[str, Any]) -> tuple[int, str, str]:
    """Return which question a submitted form is about, its reader's language, and the answer."""
    question, _, language = view["private_metadata"].partition(":")
    return int(question), language, (view["state"]["values"][ANSWER][ANSWER]["value"] or "").strip()
