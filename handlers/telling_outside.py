"""Telling a customer in the channel shared with it: from the card of a customer issue, in two forms."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.customer_issue import CustomerIssue
from domain.loop import How
from domain.privacy import Stop
from handlers.answering import reader, tell
from handlers.feature import Feature
from storage import customer_issues, loops, outside_messages
from storage.database import Transaction
from views import telling_outside as forms
from views.blocks import Block
from views.loop_forms import done_already_view
from views.outside_message import digest_of
from views.telling_outside import STATUS
from workflows import loop_drafts, loop_telling, outside_view, telling_outside
from workflows.context import Context
from workflows.customer_rights import is_ours
from workflows.outside_view import Place


def open_form(ctx: Context, body: dict[str, Any], issue_id: str) -> None:
    """Open the form about a customer issue; tell why where its customer cannot be told."""
    language = reader(ctx, body)  # and with it whether they are a guest is known
    if not is_ours(ctx, body["user"]["id"]):
        tell(ctx, body, forms.not_yours(language))
        return
    with ctx.database.reading() as tx:
        issue = customer_issues.get(tx, issue_id)
        before = outside_messages.find(tx, issue_id, STATUS)
    if before is not None and not before.may_be_tried_again:
        tell(ctx, body, forms.told_already(before.confirmed_by, before.channel, language))
        return
    found = outside_view.look(ctx, issue)
    if isinstance(found, Stop):
        tell(ctx, body, forms.not_told(found, language))
        return
    customer, place = found
    theirs = outside_view.language_of(customer)
    told = forms.Told(issue_id, language, theirs, place.channel, place.name, place.companies)
    ctx.slack.open_view(body["trigger_id"], forms.write_form(told, customer.name))


def open_answer(ctx: Context, body: dict[str, Any], issue_id: str, once: str) -> None:
    """Open the same with the answer that is drafted for its customer, about how it ended."""
    language = reader(ctx, body)
    if not is_ours(ctx, body["user"]["id"]):
        tell(ctx, body, forms.not_yours(language))
        return
    with ctx.database.reading() as tx:
        issue = customer_issues.get(tx, issue_id)
        theirs, text = loop_drafts.drafted(tx, ctx, issue_id)
    found = outside_view.look(ctx, issue)
    if isinstance(found, Stop):
        tell(ctx, body, forms.not_told(found, language))
        return
    customer, place = found
    told = forms.Told(
        *(issue_id, language, theirs, place.channel, place.name, place.companies), sentence=text, once=once
    )
    show = ctx.slack.push_view if body.get("view") else ctx.slack.open_view
    show(body["trigger_id"], forms.write_form(told, customer.name))


def register(app: App, ctx: Context) -> None:
    """Add the listeners."""

    def written(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        told = forms.read_written(view)
        found = _drafted(ctx, told, body["user"]["id"])
        if found.slips:
            error = forms.slips_on_form(found.slips, told.language)
            ack(response_action="errors", errors={forms.SENTENCE: error})
            return
        told = replace(told, digest=digest_of(found.message))
        shown = forms.confirm_form(told, found.message, quote_left_out=found.quote_left_out)
        ack(response_action="push", view=shown)

    def confirmed(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        if (instead := _post(ctx, forms.read_kept(view), body["user"]["id"])) is None:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=instead)

    app.view(forms.WRITE)(written)
    app.view(forms.CONFIRM)(confirmed)


def _drafted(ctx: Context, told: forms.Told, by: str) -> outside_view.Drafted:
    with ctx.database.reading() as tx:
        return _draft(tx, ctx, customer_issues.get(tx, told.issue), told, by)


def _draft(
    tx: Transaction, ctx: Context, issue: CustomerIssue, told: forms.Told, by: str
) -> outside_view.Drafted:
    said = {"sentence": told.sentence, "theirs": told.theirs}
    return outside_view.draft(tx, ctx, issue, **said, place=_place(told), by=by, is_answer=told.is_answer)


def _post(ctx: Context, told: forms.Told, by: str) -> Block | None:
    """Let what was confirmed go out; return what to show instead, where it has changed or is out already."""
    with ctx.database.transaction() as tx:
        issue = customer_issues.lock(tx, told.issue)
        found = _draft(tx, ctx, issue, told, by)
        digest = digest_of(found.message)
        if digest != told.digest or found.slips:
            again = replace(told, digest=digest)
            return forms.confirm_form(again, found.message, changed=True, quote_left_out=found.quote_left_out)
        if told.is_answer and not loop_telling.tell(tx, ctx, [told.issue], by, How.CHANNEL):
            return done_already_view(loops.find(tx, told.issue), told.language)
        posted = telling_outside.post_outside(
            tx,
            ctx,
            issue,
            sentence=told.sentence,
            theirs=told.theirs,
            place=_place(told),
            confirmed_by=by,
            once=told.once,
        )
        if posted is not None:
            return None
        before = outside_messages.find(tx, told.issue, told.once)
        assert before is not None  # what was kept before is there
        return forms.told_already_view(before.confirmed_by, before.channel, told.language)


def _place(told: forms.Told) -> Place:
    return Place(told.channel, told.name, told.companies)


FEATURE = Feature(register)
