"""The row of buttons on the card of a customer issue. Each id is written once, here."""

from enum import StrEnum

from domain.customer_issue import CustomerIssue, State
from views.blocks import Block, actions, button, option, overflow
from views.text import Translator

ROW = "customer_issue_actions"
REPORT = "customer_issue_report"
SAME = "customer_issue_same"
FEEDBACK = "customer_issue_feedback"
MORE = "customer_issue_more"


class Deed(StrEnum):
    """What is offered behind the three dots."""

    ANSWERED = "answered"
    NOT_OURS = "not_ours"
    REOPEN = "reopen"
    TELL = "tell"
    WHY = "why"


def customer_row(t: Translator, issue: CustomerIssue) -> Block:
    """Return the row for a customer issue as it is; what is offered behind the dots names it too."""
    if issue.is_open:
        buttons = [
            button(t("Report a bug"), REPORT, issue.id, primary=True),
            button(t("It is this bug…"), SAME, issue.id),
            button(t("Product feedback…"), FEEDBACK, issue.id),
        ]
    elif issue.state is State.FEEDBACK:
        buttons = [button(t("Tags…"), FEEDBACK, issue.id)]
    else:
        buttons = []
    return actions(ROW, [*buttons, overflow(MORE, [_option(t, deed, issue) for deed in deeds(issue)])])


def deeds(issue: CustomerIssue) -> tuple[Deed, ...]:
    """Return what is offered behind the dots; at most five."""
    settling = (Deed.ANSWERED, Deed.NOT_OURS) if issue.is_open else (Deed.REOPEN,)
    return (*settling, Deed.TELL, Deed.WHY)


def read_more(value: str) -> tuple[Deed, str]:
    """Return what was chosen behind the three dots, and of which customer issue."""
    deed, _, issue = value.partition(":")
    return Deed(deed), issue


def _option(t: Translator, deed: Deed, issue: CustomerIssue) -> Block:
    labels = {
        Deed.ANSWERED: t("Answered…"),
        Deed.NOT_OURS: t("Not for us…"),
        Deed.REOPEN: t("Open again"),
        Deed.TELL: t("Tell their channel…"),
        Deed.WHY: t("Why here?"),
    }
    return option(labels[deed], f"{deed}:{issue.id}")
