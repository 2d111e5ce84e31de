"""Triage on the card: its buttons and what is behind its three dots."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from domain.report import Report
from domain.triage import Refusal
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from views import triage_forms as forms
from views import triage_row as row
from views.blocks import Block
from views.triage_row import Deed
from views.triage_text import refusal
from views.why import why_view
from workflows import explaining, owning, settling, triaging
from workflows.context import Context

Form = Callable[[Report, str], Block]


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def take(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        owning.take(ctx, action["value"], body["user"]["id"])
        ack()

    def more(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        deed, report = row.read_more(action["selected_option"]["value"])
        if deed is Deed.HAND:
            owning.hand_to_rotation(ctx, report, body["user"]["id"])
        elif deed is Deed.REOPEN:
            settling.reopen(ctx, report, body["user"]["id"])
        ack()

    app.action(row.TAKE)(ack=take, lazy=[LazyAnswer(ctx, _say_why_not_taken)])
    app.action(row.ASSIGN)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open_assign)])
    app.action(row.GRADE)(ack=_acknowledge, lazy=[LazyAnswer(ctx, _open_grade)])
    app.action(row.MORE)(ack=more, lazy=[LazyAnswer(ctx, _more)])


def _acknowledge(ack: Ack) -> None:
    ack()


def _say_why_not_taken(ctx: Context, body: dict[str, Any]) -> None:
    """Tell who may not take a report, or comes second, why it is not theirs."""
    _explain(ctx, body, owning.why_not_taken(ctx, body["actions"][0]["value"], body["user"]["id"]))


def _open_assign(ctx: Context, body: dict[str, Any]) -> None:
    _open(ctx, body, body["actions"][0]["value"], forms.assign_form)


def _open_grade(ctx: Context, body: dict[str, Any]) -> None:
    def form(report: Report, language: str) -> Block:
        return forms.grade_form(report, ctx.config.severities, language)

    _open(ctx, body, body["actions"][0]["value"], form)


def _more(ctx: Context, body: dict[str, Any]) -> None:
    """Open the form or the view that was chosen; tell why where it may not be."""
    deed, report_id = row.read_more(body["actions"][0]["selected_option"]["value"])
    match deed:
        case Deed.DUPLICATE:
            _open(ctx, body, report_id, forms.duplicate_form)
        case Deed.ASK:
            _open(ctx, body, report_id, forms.ask_form)
        case Deed.NOT_A_BUG:
            _open(ctx, body, report_id, forms.no_bug_form)
        case Deed.WHY:
            reasons = explaining.reasons(ctx, report_id)
            ctx.slack.open_view(body["trigger_id"], why_view(reasons, reader(ctx, body)))
        case Deed.HAND | Deed.REOPEN:
            _explain(ctx, body, triaging.not_allowed(ctx, report_id, body["user"]["id"]))


def _open(ctx: Context, body: dict[str, Any], report_id: str, form: Form) -> None:
    report, why_not = triaging.look(ctx, report_id, body["user"]["id"])
    if why_not is not None:
        _explain(ctx, body, why_not)
    else:
        ctx.slack.open_view(body["trigger_id"], form(report, reader(ctx, body)))


def _explain(ctx: Context, body: dict[str, Any], why_not: Refusal | None) -> None:
    if why_not is not None:
        tell(ctx, body, refusal(why_not, reader(ctx, body)))


FEATURE = Feature(register)
