"""What waits for the hours of a channel, or for its digest, and is due: a tick posts it, or leaves it out.

It goes where the line said that decided when it came in. Where bugle.toml has that line no longer, or for
another channel, it is decided anew. What somebody has settled meanwhile, or what was blanked, is left out.
"""

from collections.abc import Sequence

from domain.customer_config import Form
from domain.customer_issue import CustomerIssue, State
from storage import customer_issues, customer_posts, deliveries, digests, effects
from storage.database import Transaction
from storage.deliveries import Waiting
from workflows import customer_places, customer_showing, digest_showing
from workflows.context import Context

PAGE = 20  # customer issues in one message of a digest


def post_due(ctx: Context) -> None:
    """Decide the posts and digests of what is due, channel by channel."""
    with ctx.database.reading() as tx:
        channels = deliveries.due_channels(tx, ctx.now())
    for channel in channels:
        with ctx.database.transaction() as tx:
            _post_due(tx, ctx, channel)


def show(ctx: Context, channel: str, ts: str, issue_id: str) -> bool:
    """Decide that the card of a customer issue is posted in the thread of the digest that this message is.

    False where it is on its way or there already.
    """
    with ctx.database.transaction() as tx:
        page = digests.at(tx, channel, ts)
        if page is None:
            return False
        first = digests.get(tx, page.whole)
        issue = customer_issues.lock(tx, issue_id)
        card = customer_showing.post(issue, customer_posts.Form.CARD, channel, thread=first.ts)
        return effects.decide(tx, [card], ctx.now()) > 0


def _post_due(tx: Transaction, ctx: Context, channel: str) -> None:
    now, gathered = ctx.now(), list[Waiting]()
    for each in deliveries.lock_due(tx, channel, now):
        issue = customer_issues.get(tx, each.customer_issue)
        if _is_over(issue):
            deliveries.end(tx, channel, [issue.id], now)
        elif not _still_there(ctx, each):
            deliveries.forget(tx, channel, issue.id)
            customer_places.send(tx, ctx, issue)
        elif each.form is Form.EACH:
            deliveries.end(tx, channel, [issue.id], now)
            card = customer_showing.post(issue, customer_posts.Form.CARD, channel, rotation=each.rotation)
            effects.decide(tx, [card], now)
        else:
            gathered.append(each)
    if gathered:
        _gather(tx, ctx, channel, gathered)


def _gather(tx: Transaction, ctx: Context, channel: str, gathered: Sequence[Waiting]) -> None:
    """Make one digest of what waits for it."""
    now, starts = ctx.now(), range(0, len(gathered), PAGE)
    rotation = next((each.rotation for each in gathered if each.rotation), None)
    pages = digests.add(tx, channel, len(starts), rotation=rotation, now=now)
    for page, start in zip(pages, starts, strict=True):
        of_it = [each.customer_issue for each in gathered[start : start + PAGE]]
        deliveries.end(tx, channel, of_it, now, page.id)
    effects.decide(tx, map(digest_showing.post, pages), now)


def _is_over(issue: CustomerIssue) -> bool:
    """Tell whether nobody needs to see it any more; what a rule settled, nobody has seen yet."""
    by_rule = issue.state is State.FEEDBACK and issue.settled_by is None
    return issue.blanked_at is not None or not (issue.is_open or by_rule)


def _still_there(ctx: Context, waiting: Waiting) -> bool:
    return any(route.name == waiting.name and route.channel == waiting.channel for route in ctx.config.routes)
