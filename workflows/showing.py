"""Showing a report: one live message in each place it belongs, edited in place as the report changes.

Posting remembers which version of the report was shown; a change that comes while a message is still on its
way is made up for when it has arrived. Both lock the report, so that neither misses the other.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.effects import SHARED, Attempt, Effect, Gateway, Never
from domain.message import Message
from domain.report import Report
from storage import effects, live_messages, pings, questions, reports, tracked
from storage.database import Transaction
from storage.driver import Kind
from storage.live_messages import Role
from storage.reports import original_key
from views.report_card import Shown, report_card, report_receipt
from views.report_ping import report_ping
from workflows import asking_order, promised, rotating, telling_outside
from workflows.context import Context
from workflows.home_refreshing import refresh_homes_about
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.linking import link_when_ready
from workflows.reaching import write_to


def post(report: Report, role: Role, audience: str) -> Effect:
    """Return the effect that posts a report to a channel (card) or a person (ping, receipt)."""
    return Effect(
        f"post_{role}",
        f"post_{role}:{report.id}:{audience}",
        slack_lane(audience),
        {"report": report.id, "role": role, "audience": audience},
    )


def refresh(tx: Transaction, ctx: Context, report: Report) -> None:
    """Decide the edits of every message that shows an older version of a report, one for each at most.

    And that the Homes of those whom it concerns show it, and what its customers read of it.
    """
    for message in live_messages.of_report(tx, report.id):
        if message.version < report.version:
            edit = Effect(
                "edit_message",
                f"edit_message:{message.id}:{report.version}",
                slack_lane(message.audience),
                {"message": message.id},
            )
            effects.decide_unless_waiting(tx, edit, ctx.now())
    promised.look_again(tx, ctx, report)
    refresh_homes_about(tx, ctx, report)
    telling_outside.refresh_of_report(tx, ctx, report)


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any] | None:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    audience, role = args["audience"], Role(args["role"])
    if role is Role.CARD:
        keep_inside(ctx, audience)
        card = _render(ctx, report, role, audience)
        channel, ts = audience, ctx.slack.post(audience, card, key=attempt.key, doubt=attempt.doubt)
    else:
        place = write_to(ctx, audience, lambda _: _render(ctx, report, role, audience), attempt)
        if place is None:  # they have left: the report goes on without them
            return None
        channel, ts = place
    # A post found again after a doubt shows what was so when it was made: nobody knows which version.
    return {"channel": channel, "ts": ts, "version": 0 if attempt.doubt else report.version}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None) -> None:
    if result is None:
        return
    report = reports.lock(tx, args["report"])
    live_messages.add(tx, **args, **result)
    refresh(tx, ctx, report)
    link_when_ready(tx, ctx, report)


def _edit(ctx: Context, args: Mapping[str, Any], _: Attempt) -> int:
    with ctx.database.reading() as tx:
        message = live_messages.find(tx, args["message"])
        if message is None:  # removed from a channel that others came to read
            return 0
        report = reports.get(tx, message.report)
    if message.version < report.version:
        if message.role is Role.CARD:
            keep_inside(ctx, message.channel)
        ctx.slack.update(message.channel, message.ts, _render(ctx, report, message.role, message.audience))
    return report.version


def _edited(tx: Transaction, _: Context, args: Mapping[str, Any], version: int) -> None:
    live_messages.shows(tx, args["message"], version)


def keep_inside(ctx: Context, channel_id: str) -> None:
    """Raise Never when people of other companies read this channel: what we show is for our own."""
    if ctx.slack.channel(channel_id).is_external:
        raise Never(f"{SHARED}: {channel_id}")


def shown(tx: Transaction, ctx: Context, report: Report, *, reader: str | None = None) -> Shown:
    """Return a report with what showing it needs to know; `reader` is whom a direct message is for."""
    ping = pings.latest(tx, report.id)
    is_asked = ping is not None and ping.member is not None and ping.member == reader
    original = original_key(tx, report)
    if original is not None:
        report = replace(report, triage=replace(report.triage, duplicate_key=original))
    return Shown(
        report,
        ctx.config.product(report.product),
        ctx.config.severity(report.severity),
        ctx.jira.browse_url(report.issue_key) if report.issue_key else None,
        questions.latest(tx, report.id),
        ctx.jira.browse_url(original) if original else None,
        ping,
        reader,
        rotating.first_serving(tx, report.product, report.area, ctx.now()) is not None,
        asking_order.following(tx, report, ping.due_at) if ping and ping.due_at and is_asked else None,
        tracked.find(tx, report.id),
        promised.standing(tx, ctx, report),
    )


def _render(ctx: Context, report: Report, role: Role, audience: str) -> Message:
    with ctx.database.reading() as tx:
        about = shown(tx, ctx, report, reader=audience)
    if role is Role.CARD:
        return report_card(about, about.product.language)
    if role is Role.RECEIPT:
        if audience == report.reporter:
            return report_receipt(about, report.language)
        return report_receipt(about, ctx.slack.person(audience).language, joined=True)
    return report_ping(about, ctx.slack.person(audience).language)


EFFECTS = (
    *(
        Kind(f"post_{role}", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS)
        for role in Role
    ),
    Kind("edit_message", Gateway.SLACK, _edit, _edited, paces=(EDIT_PACE,)),
)
