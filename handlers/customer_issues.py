"""What people do on the card of a customer issue: its buttons and what is behind its three dots."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from domain.customer_issue import CustomerIssue, State
from domain.settling import Refusal
from handlers import telling_outside
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from views import customer_row as row
from views import customer_settling as forms
from views.blocks import Block
from views.customer_row import Deed
from views.why_here import not_kept_view, why_here_view
from workflows import customer_places, customer_settling
from workflows.context import Context
from workflows.customer_rights import is_ours

Form = Callable[[CustomerIssue, str], Block]


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def more(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        deed, issue = row.read_more(action["selected_option"]["value"])
        if deed is Deed.REOPEN:
            customer_settling.reopen(ctx, issue, body["user"]["id"])
        ack()

    app.action(row.FEEDBACK)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open_feedback)])
    app.action(row.MORE)(ack=more, lazy=[LazyAnswer(ctx, _more)])


def _acknowledge(ack: Ack) -> None:
    ack()


def _open_feedback(ctx: Context, body: dict[str, Any]) -> None:
    _open(ctx, body, body["actions"][0]["value"], forms.feedback_form, also_in=State.FEEDBACK)


def _more(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form that was chosen; tell why where it may not be."""
    deed, issue = row.read_more(body["actions"][0]["selected_option"]["value"])
    match deed:
        case Deed.ANSWERED:
            _open(ctx, body, issue, forms.answered_form)
        case Deed.NOT_OURS:
            _open(ctx, body, issue, forms.not_ours_form)
        case Deed.TELL:
            telling_outside.open_form(ctx, body, issue)
        case Deed.WHY:
            _say_why(ctx, body, issue)
        case Deed.REOPEN:
            if not is_ours(ctx, body["user"]["id"]):
                _explain(ctx, body, customer_settling.look(ctx, issue, body["user"]["id"])[1])


def _open(
    ctx: Context, body: dict[str, Any], issue_id: str, form: Form, *, also_in: State | None = None
) -> None:
    language = reader(ctx, body)  # and with it whether they are a guest is known
    issue, why_not = customer_settling.look(ctx, issue_id, body["user"]["id"])
    if why_not is not None and (issue.state is not also_in or not is_ours(ctx, body["user"]["id"])):
        _explain(ctx, body, why_not)
    else:
        ctx.slack.open_view(body["trigger_id"], form(issue, language))


def _say_why(ctx: Context, body: dict[str, Any], issue_id: str) -> None:
    language = reader(ctx, body)  # and with it whether they are a guest is known
    if not is_ours(ctx, body["user"]["id"]):
        _explain(ctx, body, customer_settling.look(ctx, issue_id, body["user"]["id"])[1])
        return
    why = customer_places.why_here(ctx, issue_id, body["channel"]["id"])
    view = why_here_view(why, language) if why else not_kept_view(language)
    ctx.slack.open_view(body["trigger_id"], view)


def _explain(ctx: Context, body: dict[str, Any], why_not: Refusal | None) -> None:
    if why_not is not None:
        tell(ctx, body, forms.not_settled(why_not, reader(ctx, body)))


FEATURE = Feature(register)
