"""Keeping a copy of each product's issues, so that likely duplicates are found without a call to Jira.

Every minute one search for each product reads what changed. Jira's search shows a change up to minutes late,
so what was read is read again for a while; that changes nothing. Reading all open issues, at first and then
once a day, finds what no change tells: issues that were deleted or moved elsewhere. Both go on where they
stopped, after a bounded number of pages, a crash, or a day without Jira.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.config import Product
from domain.effects import Outcome
from domain.likeness import terms_of
from domain.report import labelled
from domain.steps import Category
from domain.tracking import IssueFacts
from gateways.jira import Told
from storage import mirror, similar, tracked
from storage.mirror import IssueRow, Mirror
from workflows import tracking
from workflows.context import Context

TURN = timedelta(seconds=45)  # less than the minute from one tick to the next
SHOWN_WITHIN = timedelta(minutes=15)
FILLED_EVERY = timedelta(days=1)
MOST_PAGES = 10

log = logging.getLogger(__name__)


def refresh_issues(ctx: Context) -> None:
    """Bring the copy of every product's issues up to date; that of a Jira that does not answer stays."""
    for product in ctx.config.products:
        now = ctx.now()
        with ctx.database.transaction() as tx:
            known = mirror.take_turn(tx, product.key, product.project, now=now, before=now - TURN)
        if known is None:
            continue  # another replica is at it
        try:
            _fill(ctx, product, _catch_up(ctx, product, known))
        except Outcome as outcome:
            log.warning("the issues of %s could not be read from Jira: %s", product.key, outcome)
    settle(ctx)


def settle(ctx: Context) -> None:
    """Take what was added to the search into its index, a few at a time so that filings come between."""
    more = True
    while more:
        with ctx.database.transaction() as tx:
            more = similar.settle(tx)


def _catch_up(ctx: Context, product: Product, known: Mirror) -> Mirror:
    """Read what changed; the first time only note where that begins."""
    now = ctx.now()
    if known.known_until is None or known.known_since is None:
        last = ctx.jira.last_change(product.project)
        return _keep(ctx, replace(known, known_until=last, known_since=now), ())
    is_settled = now - known.known_since > SHOWN_WITHIN
    start = known.reading_from or (known.known_until if is_settled else known.known_until - SHOWN_WITHIN)
    for told, reached in _pages(ctx, product, start, only_open=False):
        known = replace(known, reading_from=reached)
        newest = max((each.updated for each in told), default=start)
        if known.known_until is not None and newest > known.known_until:
            known = replace(known, known_until=newest, known_since=now)
        _keep(ctx, known, told)
    return known


def _fill(ctx: Context, product: Product, known: Mirror) -> None:
    """Read all open issues where that is due or under way; what is not among them is open no more."""
    if known.filling_since is None:
        if known.filled_at is not None and ctx.now() - known.filled_at < FILLED_EVERY:
            return
        known = replace(known, filling_since=ctx.now(), filled_until=None)
    for told, reached in _pages(ctx, product, known.filled_until, only_open=True):
        known = _keep(ctx, replace(known, filled_until=reached), told)
        if reached is None and known.filling_since is not None:
            _end_filling(ctx, known, known.filling_since)


def _end_filling(ctx: Context, known: Mirror, began: datetime) -> None:
    with ctx.database.transaction() as tx:
        gone = mirror.close_unseen(tx, known.product, began)
        similar.forget_issues(tx, known.product, gone)
        mirror.keep_progress(tx, replace(known, filling_since=None, filled_at=began))


def _pages(
    ctx: Context, product: Product, since: datetime | None, *, only_open: bool
) -> Iterator[tuple[Sequence[Told], datetime | None]]:
    """Yield issues by when they changed, each time with where to go on from later; None at the end.

    Each page begins at the time the last one ended with: pages that are counted off shift when an issue
    changes meanwhile. Only where a whole page changed in one instant the next of the same search is taken.
    """
    after, number = None, 0
    while number < MOST_PAGES or after is not None:
        page = ctx.jira.changes(product.project, since=since, only_open=only_open, after=after)
        number += 1
        if page.after is None:
            yield page.issues, None
            return
        last = page.issues[-1].updated if page.issues else since
        has_moved = last is not None and (since is None or last > since)
        since, after = (last, None) if has_moved else (since, page.after)
        yield page.issues, since


def _keep(ctx: Context, known: Mirror, told: Sequence[Told]) -> Mirror:
    """Keep what Jira told, together with how far that has come."""
    rows = _changed(ctx, known.product, told)
    texts = {each.id: each for each in told}
    found = {  # before the transaction, which makes filings wait
        row.id: terms_of(texts[row.id].description, title=row.summary)
        for row in rows
        if row.is_open and row.report is None
    }
    followed = _followed(ctx, told)
    with ctx.database.transaction() as tx:
        for report_id in sorted(followed):
            tracking.follow(tx, ctx, report_id, followed[report_id])
        mirror.keep(tx, known.product, rows, list(texts), ctx.now())
        similar.keep_issues(tx, known.product, found)
        # One made in Jira that got a report later stays: it says the same problem in other words.
        similar.forget_issues(tx, known.product, [row.id for row in rows if not row.is_open])
        mirror.keep_progress(tx, known)
    return known


def _followed(ctx: Context, told: Sequence[Told]) -> dict[str, IssueFacts]:
    """Return what is told of issues that are reports', but what is known of them; those are only noted."""
    labels = {each.key: labelled(each.labels) for each in told}
    with ctx.database.reading() as tx:
        ours = mirror.reports_of(tx, filter(None, labels.values()), labels)
        facts = {report: each.facts for each in told if (report := ours.get(labels[each.key] or each.key))}
        known = tracked.among(tx, facts)
    same = {report for report, each in known.items() if each.facts == facts[report]}
    if same:
        with ctx.database.transaction() as tx:
            tracked.seen(tx, same, ctx.now())
    return {report: each for report, each in facts.items() if report not in same}


def _changed(ctx: Context, product: str, told: Sequence[Told]) -> list[IssueRow]:
    """Return what of this is not kept yet, each issue with the report that it is of, if any."""
    labels = {each.id: labelled(each.labels) for each in told}
    with ctx.database.reading() as tx:
        ours = mirror.reports_of(tx, filter(None, labels.values()), [each.key for each in told])
        rows = [
            IssueRow(
                id=each.id,
                key=each.key,
                summary=each.summary,
                status=each.facts.status,
                is_open=each.facts.category != Category.DONE,
                updated=each.updated,
                report=ours.get(labels[each.id] or each.key) or ours.get(each.key),
            )
            for each in told
        ]
        return mirror.not_kept(tx, product, rows)
