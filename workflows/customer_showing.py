"""Showing a customer issue: one live message in each place it belongs, edited in place as it changes.

As of reports (`workflows/showing.py`): posting remembers which version was shown, and a change that comes
while a message is on its way is made up for when it has arrived. Both lock the customer issue.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.customer_issue import CustomerIssue
from domain.effects import Attempt, Effect, Gateway
from domain.message import Message
from storage import audit, customer_issues, customer_posts, effects
from storage.customer_posts import Form
from storage.database import Transaction
from storage.driver import Kind
from views.customer_card import customer_card
from workflows import customer_receipts, digest_showing, rotating, telling_outside
from workflows.context import Context
from workflows.customer_shown import shown
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.showing import keep_inside


def post(
    issue: CustomerIssue, form: Form, audience: str, *, rotation: str | None = None, thread: str | None = None
) -> Effect:
    """Return the effect that posts a customer issue to a channel, once, or in a thread of it.

    `rotation` is the key of the one whose engineer on duty is named.
    """
    args = {"customer_issue": issue.id, "form": form, "audience": audience}
    args |= {"rotation": rotation} if rotation else {}
    args |= {"thread": thread} if thread else {}
    return Effect(
        "post_customer_issue", f"post_customer_issue:{issue.id}:{form}:{audience}", slack_lane(audience), args
    )


def refresh(tx: Transaction, ctx: Context, issue: CustomerIssue) -> None:
    """Decide the edits of every message that shows an older version, one for each at most; of digests too."""
    for message in customer_posts.of_issue(tx, issue.id):
        if message.form is Form.CARD and message.version < issue.version:
            key = f"edit_customer_issue:{message.id}:{issue.version}"
            edit = Effect("edit_customer_issue", key, slack_lane(message.audience), {"post": message.id})
            effects.decide_unless_waiting(tx, edit, ctx.now())
    customer_receipts.refresh(tx, ctx, issue)
    digest_showing.refresh(tx, ctx, issue.id)
    telling_outside.refresh(tx, ctx, issue)


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    with ctx.database.reading() as tx:
        issue = customer_issues.get(tx, args["customer_issue"])
        engineer = rotating.named(tx, args.get("rotation"), ctx.now())
    channel = args["audience"]
    keep_inside(ctx, channel)
    card = _render(ctx, issue, channel, engineer)
    ts = ctx.slack.post(channel, card, key=attempt.key, doubt=attempt.doubt, thread=args.get("thread"))
    # A post found again after a doubt shows what was so when it was made: nobody knows which version.
    version = 0 if attempt.doubt else issue.version
    return {"channel": channel, "ts": ts, "version": version, "engineer": engineer}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    issue = customer_issues.lock(tx, args["customer_issue"])
    customer_posts.add(
        tx, customer_issue=issue.id, form=Form(args["form"]), audience=args["audience"], **result
    )
    place = {"channel": result["channel"]}
    audit.note(tx, audit.Deed.POSTED, audit.About.CUSTOMER_ISSUE, issue.id, who=None, now=ctx.now(), **place)
    refresh(tx, ctx, issue)


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> int:
    with ctx.database.reading() as tx:
        message = customer_posts.find(tx, args["post"])
        if message is None:  # removed from a channel that others came to read
            return 0
        issue = customer_issues.get(tx, message.customer_issue)
    if message.version < issue.version:
        keep_inside(ctx, message.channel)
        card = _render(ctx, issue, message.audience, message.engineer)
        ctx.slack.update(message.channel, message.ts, card)
    return issue.version


def _edited(tx: Transaction, _: Context, args: Mapping[str, Any], version: int) -> None:
    customer_posts.shows(tx, args["post"], version)


def _render(ctx: Context, issue: CustomerIssue, channel: str, engineer: str | None) -> Message:
    with ctx.database.reading() as tx:
        about = replace(shown(tx, ctx, issue), called=engineer)
    return customer_card(about, ctx.config.channel_language(channel))


EFFECTS = (
    Kind("post_customer_issue", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("edit_customer_issue", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),
)
