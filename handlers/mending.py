"""Correcting a report whose issue Jira refused: the button opens the form as it was filled in."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.report import Report
from handlers.answering import LazyAnswer, tell
from handlers.feature import Feature
from handlers.opening import asked_about
from storage import customers, reports
from views import report_form as form
from views.mending_note import MEND, nothing_to_mend
from views.opening import Opening
from workflows import mending
from workflows.context import Context


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def acknowledge(ack: Ack) -> None:
        ack()

    app.action(MEND)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open)])


def _open(ctx: Context, body: dict[str, Any]) -> None:
    user = body["user"]["id"]
    language = ctx.slack.language_known(user)
    report = mending.to_mend(ctx, body["actions"][0]["value"], user)
    if report is None:
        tell(ctx, body, nothing_to_mend(language))
        return
    ctx.slack.open_view(body["trigger_id"], _form_of(ctx, report, language))


def _form_of(ctx: Context, report: Report, language: str) -> dict[str, Any]:
    """Return the form for a report: for its own product alone, with Jira's words at the fields."""
    asked = asked_about(ctx, report.product)
    if asked is None:
        raise KeyError(report.product)
    with ctx.database.reading() as tx:
        about = customers.of_report(tx, report.id)
        nonce = reports.nonce_of(tx, report.id)
    opening = Opening(nonce, language, source_url=report.source_url, mends=report.id)
    values = form.told_again(report, about, asked, language)
    config = replace(ctx.config, products=(asked.product,))
    return form.report_form(config, opening, asked, values, report.refusal)


FEATURE = Feature(register)
