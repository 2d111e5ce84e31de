"""Receipts: who passes on what a customer said has one quiet message, edited as something comes of it."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.customer_issue import CustomerIssue, Origin
from domain.effects import Attempt, Effect, Gateway
from domain.message import Message
from storage import customer_issues, customer_posts, digests, effects
from storage.customer_posts import Form
from storage.database import Transaction
from storage.driver import Kind
from views.customer_receipt import customer_receipt
from workflows.context import Context
from workflows.customer_shown import shown
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.reaching import write_to

_RECEIVED = (Origin.FORM, Origin.MESSAGE)  # who fills in the bug form has the receipt of the report


def give(tx: Transaction, ctx: Context, issue: CustomerIssue) -> None:
    """Decide the receipt of a new customer issue, where somebody brought it in by itself."""
    person = issue.told.brought_by
    if person is not None and issue.told.origin in _RECEIVED:
        args = {"customer_issue": issue.id, "person": person}
        key = f"post_customer_receipt:{issue.id}"
        effects.decide(tx, [Effect("post_customer_receipt", key, slack_lane(person), args)], ctx.now())


def refresh(tx: Transaction, ctx: Context, issue: CustomerIssue) -> None:
    """Decide that the receipt shows a customer issue as it is now, and which channels show it by now."""
    posts = customer_posts.of_issue(tx, issue.id)
    places = len(posts) + len(digests.channels(tx, issue.id))
    for receipt in (each for each in posts if each.form is Form.RECEIPT):
        key = f"edit_customer_receipt:{receipt.id}:{issue.version}:{places}"
        edit = Effect("edit_customer_receipt", key, slack_lane(receipt.audience), {"post": receipt.id})
        effects.decide_unless_waiting(tx, edit, ctx.now())


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any] | None:
    with ctx.database.reading() as tx:
        version = customer_issues.get(tx, args["customer_issue"]).version
    message = _renders(ctx, args["customer_issue"])
    written = write_to(ctx, args["person"], lambda reader: message(reader.language), attempt)
    if written is None:  # they have left: it goes on without them
        return None
    return {"channel": written[0], "ts": written[1], "version": version}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None) -> None:
    if result is not None:
        issue = customer_issues.lock(tx, args["customer_issue"])
        place = {"form": Form.RECEIPT, "audience": args["person"], **result}
        customer_posts.add(tx, customer_issue=issue.id, **place)
        refresh(tx, ctx, issue)


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> int:
    with ctx.database.reading() as tx:
        receipt = customer_posts.get(tx, args["post"])
        version = customer_issues.get(tx, receipt.customer_issue).version
    language = ctx.slack.person(receipt.audience).language
    ctx.slack.update(receipt.channel, receipt.ts, _renders(ctx, receipt.customer_issue)(language))
    return version


def _edited(tx: Transaction, _: Context, args: Mapping[str, Any], version: int) -> None:
    customer_posts.shows(tx, args["post"], version)


def _renders(ctx: Context, issue_id: str) -> Callable[[str], Message]:
    def render(language: str) -> Message:
        with ctx.database.reading() as tx:
            about = shown(tx, ctx, customer_issues.get(tx, issue_id))
            posts = customer_posts.of_issue(tx, issue_id)
            gathered = digests.channels(tx, issue_id)
        cards = [each.channel for each in posts if each.form is Form.CARD]
        return customer_receipt(about, list(dict.fromkeys([*cards, *gathered])), language)

    return render


EFFECTS = (
    Kind(
        "post_customer_receipt",
        Gateway.SLACK,
        _post,
        _posted,
        paces=(POST_PACE,),
        lane_pace=CHANNEL_SECONDS,
    ),
    Kind("edit_customer_receipt", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),
)
