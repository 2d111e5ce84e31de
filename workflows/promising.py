"""Promises in time: who has a report is warned before one is broken, and the lead told when it is.

A tick looks at what is due and judges it anew by all that happened; what was told is kept, so that it is told
once, however many look. What goes well costs nobody a message.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.promise import Kind, Standing, by_kind
from domain.report import Report
from storage import effects, promises, report_events, reports
from storage.database import Transaction
from storage.driver import Kind as Effectful
from storage.promises import Told
from views.promise_notice import broken_notice
from workflows import asking_order, direct_notes, promised, showing, thread_lines
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.showing import keep_inside

MOST = 200  # reports looked at in one tick; the next goes on
AT_LEAST = timedelta(days=1)  # tiers and bugle.toml change without a report's doing


def look(ctx: Context) -> None:
    """Look at all promises that may have something to tell."""
    if not ctx.config.promises.all:
        return
    with ctx.database.reading() as tx:
        due = promises.due(tx, ctx.now(), MOST)
    for report_id in due:
        with ctx.database.transaction() as tx:
            _look_at(tx, ctx, reports.lock(tx, report_id), is_new=False)


def take_up(ctx: Context) -> None:
    """Look from now on at reports that were filed before anything was promised.

    What is late by then is shown, and told to nobody: a first day would tell of all at once.
    """
    if not ctx.config.promises.all:
        return
    with ctx.database.reading() as tx:
        found = promises.unknown(tx, MOST)
    for report_id in found:
        with ctx.database.transaction() as tx:
            report = reports.lock(tx, report_id)
            promises.begin(tx, report_id, None)
            _look_at(tx, ctx, report, is_new=True)


def _look_at(tx: Transaction, ctx: Context, report: Report, *, is_new: bool) -> None:
    now = ctx.now()
    standing = by_kind(promised.standing(tx, ctx, report))
    has_broken = False
    for told in promises.told(tx, report.id):
        at = standing.get(told.kind)
        is_over = at is not None and at.is_paused and not report.triage.is_open
        if at is None or at.met is not None or is_over:
            promises.keep(tx, report.id, told, None)
            continue
        changed = _settled(at, told, now) if is_new else _tell(tx, ctx, report, at, told)
        has_broken |= changed.broken_at is not None and told.broken_at is None
        promises.keep(tx, report.id, changed, _next_look(at, changed, now))
    if has_broken:
        showing.refresh(tx, ctx, reports.change(tx, report))


def _settled(at: Standing, told: Told, now: datetime) -> Told:
    """Note what would have been told before anybody looked, as told."""
    if at.is_overdue:
        return replace(told, warned_for=at.length, broken_at=now)
    return replace(told, warned_for=at.length) if at.warn is not None and at.warn <= now else told


def _tell(tx: Transaction, ctx: Context, report: Report, at: Standing, told: Told) -> Told:
    now = ctx.now()
    if at.is_overdue:
        if told.broken_at is not None:
            return told
        _tell_broken(tx, ctx, report, at)
        return replace(told, broken_at=now)
    is_close = at.due is not None and at.warn is not None and at.warn <= now
    if not is_close or told.warned_for == at.length:
        return told
    _warn(tx, ctx, report, at)
    return replace(told, warned_for=at.length)


def _next_look(at: Standing, told: Told, now: datetime) -> datetime | None:
    """Return when there may be something to tell: all that happens to a report makes it looked at anyway."""
    ahead = [each for each in (at.warn, at.due) if each is not None and each > now]
    return min([*ahead, now + AT_LEAST]) if told.broken_at is None else None


def _warn(tx: Transaction, ctx: Context, report: Report, at: Standing) -> None:
    """Tell whoever has it, or is on duty, and its thread, until when there is time."""
    assert at.due is not None
    values = {"kind": at.kind, "due": int(at.due.timestamp())}
    once = f"{at.kind}:{at.length.total_seconds():.0f}"
    to = _whose(tx, ctx, report)
    if to is not None:
        direct_notes.write(tx, ctx, report, "promise_warned", to=to, once=once, by=None, **values)
    thread_lines.say(tx, ctx, report, "promise_warned", once=once, to=to, **values)


def _whose(tx: Transaction, ctx: Context, report: Report) -> str | None:
    """Return who can still keep it: the owner, who looks at it, who is asked or on duty, and is not away."""
    now = ctx.now()
    line = asking_order.line(tx, report, now)
    found = (report.taken_by, report.acknowledged_by, report.on_duty, line.on_duty if line else None)
    people = [each for each in found if each is not None]
    away = line.away if line else frozenset()
    return next((each for each in people if each not in away), next(iter(people), None))


def _tell_broken(tx: Transaction, ctx: Context, report: Report, at: Standing) -> None:
    """Tell the lead of the report's rotation once; admins where there is none."""
    assert at.due is not None
    now, line = ctx.now(), asking_order.line(tx, report, ctx.now())
    values: dict[str, Any] = {"kind": at.kind, "due": int(at.due.timestamp())}
    lead = line.lead if line else None
    report_events.note(tx, report.id, "promise_broken", once=at.kind, at=now, to=lead, **values)
    if lead is not None:
        direct_notes.write(tx, ctx, report, "promise_broken", to=lead, once=at.kind, by=None, **values)
        return
    lane, args = slack_lane(ctx.config.admins.channel), {"report": report.id, **values}
    key = f"tell_promise_broken:{report.id}:{at.kind}"
    effects.decide(tx, [Effect("tell_promise_broken", key, lane, args)], now)


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        report = reports.get(tx, args["report"])
    admins = ctx.config.admins
    keep_inside(ctx, admins.channel)
    url = ctx.jira.browse_url(report.issue_key) if report.issue_key else None
    message = broken_notice(Kind(args["kind"]), args["due"], report, url, admins.language)
    return ctx.slack.post(admins.channel, message, key=attempt.key, doubt=attempt.doubt)


EFFECTS = (
    Effectful("tell_promise_broken", Gateway.SLACK, _post, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
