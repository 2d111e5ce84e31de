"""The step between a form and its filing: file it after all, or say that it is a bug reported before."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App

from domain.report import Draft
from handlers.answering import LazyAnswer
from handlers.feature import Feature
from handlers.opening import shown_anew
from views import check_step as step
from views import report_form as form
from views.opening import Opening, opening_from
from workflows import checking, joining
from workflows.asking import draft_of
from workflows.context import Context
from workflows.filing import file_report


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    @app.view(step.CHECK)
    def file(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        asked = step.read_checking(view)
        row = checking.draft_kept(ctx, asked.nonce, body["user"]["id"])
        if row is None:
            ack(response_action="update", view=step.gone_view(asked.language))
            return
        opening = opening_from(row.opening)
        try:
            draft = _draft(ctx, opening, row.state, body["user"])
        except form.FormErrors:  # the form under the step was changed, or Jira asks for more since
            ack(response_action="update", view=shown_anew(ctx, opening, row.state))
            return
        if checking.seen_as(ctx, draft) == asked.seen:
            file_report(ctx, checking.masked(ctx, draft, step.kept_as_typed(view)))
            ack(response_action="clear")
        else:
            checked = checking.check(ctx, draft)
            ack(response_action="update", view=checking.step_of(checked, opening))

    def same(ack: Ack, body: dict[str, Any]) -> None:
        _join(ctx, body)
        ack()

    def acknowledge(ack: Ack) -> None:
        ack()

    app.action(step.JOIN)(ack=same, lazy=[LazyAnswer(ctx, _show_joined)])
    app.action(step.KEEP)(acknowledge)


def _join(ctx: Context, body: dict[str, Any]) -> None:
    """Join what the pressed button names; a form that was changed under the step joins as it is."""
    view = body["view"]
    row = checking.draft_kept(ctx, step.read_checking(view).nonce, body["user"]["id"])
    if row is None:
        return
    draft = _draft(ctx, opening_from(row.opening), row.state, body["user"])
    masked = checking.masked(ctx, draft, step.kept_as_typed(view))
    joining.join(ctx, masked, step.same_as(body["actions"][0]["value"]))


def _show_joined(ctx: Context, body: dict[str, Any]) -> None:
    view = body["view"]
    asked = step.read_checking(view)
    report = joining.joined(ctx, asked.nonce)
    if report is None:
        shown = step.gone_view(asked.language)
    else:
        title = report.issue_key or report.happened.actual.split("\n", 1)[0]
        shown = step.joined_view(asked.language, title, report.customers)
    ctx.slack.update_view(view["id"], shown)


def _draft(ctx: Context, opening: Opening, values: Mapping[str, Any], user: dict[str, Any]) -> Draft:
    name = user.get("name") or user.get("username") or user["id"]
    return draft_of(ctx, opening, values, reporter=user["id"], reporter_name=name)


FEATURE = Feature(register)
