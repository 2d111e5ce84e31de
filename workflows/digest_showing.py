"""Showing digests of customer issues: posted page by page, edited in place as what they hold changes.

The pages of one digest go one after the other in the lane of their channel; all but the first go into its
thread. As of cards, a change that comes while a page is on its way is made up for: who changes a customer
issue and who notes where a page was posted both lock the page.
"""

from collections.abc import Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway, Never
from domain.message import Message
from storage import customer_issues, customers, digests, effects
from storage.database import Transaction
from storage.digests import DigestPage
from storage.driver import Kind
from views.customer_digest import Digest, Entry, customer_digest
from workflows import customer_receipts, rotating
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.showing import keep_inside


def post(page: DigestPage) -> Effect:
    """Return the effect that posts a page."""
    return Effect("post_digest", f"post_digest:{page.id}", slack_lane(page.channel), {"digest": page.id})


def refresh(tx: Transaction, ctx: Context, customer_issue: str) -> None:
    """Decide the edits of the pages on which a customer issue is that has changed."""
    for page in digests.lock_with(tx, customer_issue):
        _edit_if_old(tx, ctx, page)


def _edit_if_old(tx: Transaction, ctx: Context, page: DigestPage) -> None:
    versions = digests.versions(tx, page.id)
    if page.ts is not None and page.shown < versions:
        key = f"edit_digest:{page.id}:{versions}"
        edit = Effect("edit_digest", key, slack_lane(page.channel), {"digest": page.id})
        effects.decide_unless_waiting(tx, edit, ctx.now())


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
    with ctx.database.reading() as tx:
        page = digests.get(tx, args["digest"])
        first = digests.get(tx, page.whole)
        engineer = rotating.named(tx, page.rotation, ctx.now())
        shown = digests.versions(tx, page.id)
        message = _render(tx, ctx, page, engineer)
    keep_inside(ctx, page.channel)
    if page.page > 1 and first.ts is None:
        raise Never("the first page of the digest was not posted")
    thread = first.ts if page.page > 1 else None
    ts = ctx.slack.post(page.channel, message, key=attempt.key, doubt=attempt.doubt, thread=thread)
    # A post found again after a doubt shows what was so when it was made: nobody knows which versions.
    return {"ts": ts, "engineer": engineer, "shown": 0 if attempt.doubt else shown}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    digests.lock(tx, args["digest"])
    digests.posted(tx, args["digest"], **result)
    _edit_if_old(tx, ctx, digests.get(tx, args["digest"]))
    for id_ in digests.entries(tx, args["digest"]):
        customer_receipts.refresh(tx, ctx, customer_issues.get(tx, id_))


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> int:
    with ctx.database.reading() as tx:
        page = digests.get(tx, args["digest"])
        versions = digests.versions(tx, page.id)
        message = _render(tx, ctx, page, page.engineer)
    if page.ts is not None and page.shown < versions:
        keep_inside(ctx, page.channel)
        ctx.slack.update(page.channel, page.ts, message)
    return versions


def _edited(tx: Transaction, _: Context, args: Mapping[str, Any], versions: int) -> None:
    digests.shows(tx, args["digest"], versions)


def _render(tx: Transaction, ctx: Context, page: DigestPage, engineer: str | None) -> Message:
    names = {product.key: product.name for product in ctx.config.products}
    cards = digests.with_card(tx, page.id)
    entries = []
    for id_ in digests.entries(tx, page.id):
        issue = customer_issues.get(tx, id_)
        customer = customers.profile(tx, issue.told.customer) if issue.told.customer else None
        product = names.get(issue.told.product, issue.told.product)
        entries.append(Entry(issue, product, customer, has_card=id_ in cards))
    places = [(names.get(key, key), area, count) for key, area, count in digests.places(tx, page.whole)]
    shown = Digest(entries, places, page.page, digests.pages(tx, page.whole), engineer)
    return customer_digest(shown, ctx.config.channel_language(page.channel))


EFFECTS = (
    Kind("post_digest", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("edit_digest", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),
)
