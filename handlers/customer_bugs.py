"""Making a bug report of what a customer told us, and adding it to one that is there."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.customer_issue import CustomerIssue, Told
from handlers.answering import LazyAnswer, reader, tell
from handlers.feature import Feature
from handlers.opening import open_form, opening_of, user_of
from storage import areas, customers
from storage.database import Transaction
from views import customer_row as row
from views import customer_settling as forms
from views import report_form
from views.duplicate_options import duplicate_options
from workflows import customer_settling, drafting, hanging
from workflows.context import Context
from workflows.hanging_choices import choices


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def begin(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        issue, why_not = customer_settling.look(ctx, action["value"], user_of(body))
        if why_not is None:
            _begin(ctx, body, issue)
        ack()

    def acknowledge(ack: Ack) -> None:
        ack()

    @app.view(forms.SAME)
    def same(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        said = forms.read_settled(view)
        (block,) = [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
        if said.report is None:
            ack(response_action="errors", errors={block: forms.nothing_chosen(said.language)})
            return
        refused = hanging.hang(ctx, said.issue, body["user"]["id"], on=said.report)
        if refused is None:
            ack()
        else:
            ack(response_action="errors", errors={block: forms.not_settled_on_form(refused, said.language)})

    @app.options(forms.CHOICE)
    def offer(ack: Ack, payload: dict[str, Any]) -> None:
        issue = forms.issue_of_choice(payload["block_id"])
        ack(options=duplicate_options(choices(ctx, issue, str(payload.get("value") or "")[:200])))

    app.action(row.REPORT)(ack=begin, lazy=[LazyAnswer(ctx, _open_report)])
    app.action(row.SAME)(ack=acknowledge, lazy=[LazyAnswer(ctx, _open_same)])


def _begin(ctx: Context, body: dict[str, Any], issue: CustomerIssue) -> None:
    """Keep the bug form with all that is known already, before it is known whether Slack will show it."""
    said = issue.told
    with ctx.database.reading() as tx:
        customer = customers.profile(tx, said.customer) if said.customer else None
        area = _area(tx, ctx, said)
    known = {"text": said.quote, "source_url": said.source_url, "files": said.files}
    opening = replace(opening_of(ctx, body, **known, customer_issue=issue.id), product=said.product)
    state = report_form.told_by_customer(said, customer.customer if customer else None, area)
    drafting.begin(ctx, user_of(body), opening, state)


def _area(tx: Transaction, ctx: Context, said: Told) -> str | None:
    """Return the area as Jira calls it; None where a help desk named one that Jira does not have."""
    if said.area is None:
        return None
    found = areas.matching(tx, ctx.config.product(said.product).project, said.area)
    return next((name for _, name in found if name.casefold() == said.area.casefold()), None)


def _open_report(ctx: Context, body: dict[str, Any]) -> None:
    language, user = reader(ctx, body), user_of(body)  # and with it whether they are a guest is known
    nonce = opening_of(ctx, body).nonce
    _, why_not = customer_settling.look(ctx, body["actions"][0]["value"], user)
    if why_not is None:
        open_form(ctx, body)
    else:
        drafting.discard(ctx, nonce, user)
        tell(ctx, body, forms.not_settled(why_not, language))


def _open_same(ctx: Context, body: dict[str, Any]) -> None:
    language = reader(ctx, body)
    issue, why_not = customer_settling.look(ctx, body["actions"][0]["value"], user_of(body))
    if why_not is not None:
        tell(ctx, body, forms.not_settled(why_not, language))
    else:
        ctx.slack.open_view(body["trigger_id"], forms.same_form(issue, language))


FEATURE = Feature(register)
