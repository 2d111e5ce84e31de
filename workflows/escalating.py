"""Asking the next in line: when a ping is not answered in time, is passed on, or cannot arrive."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.effects import Attempt, Gateway
from domain.escalation import End, Ping, next_in_line
from domain.report import Report
from storage import pings, reports
from storage.database import Transaction
from storage.driver import Kind
from workflows import pinging, rotating, showing, thread_lines
from workflows.context import Context


def pass_on(ctx: Context, report_id: str, number: int, user: str) -> None:
    """Ask the next in line at once, if this ping is still the one that counts: a second press is nothing."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        pinged = pings.latest(tx, report_id)
        if pinged is not None and pinged.number == number and _is_free(report):
            _ask_next(tx, ctx, report, pinged, end=End.PASSED, by=user)


def whose(ctx: Context, report_id: str, number: int, user: str) -> str | None:
    """Return who has a report that somebody could not pass on by this ping; None where they did."""
    with ctx.database.reading() as tx:
        report, pressed = reports.get(tx, report_id), pings.get(tx, report_id, number)
    if pressed.ended_by == user:
        return None
    return report.taken_by or report.on_duty


def call_lead(tx: Transaction, ctx: Context, report: Report) -> None:
    """Ask the rotation's lead, or all its members where it has none, about a locked report of nobody's duty.

    When nobody reacts within the target, in the rotation's own zone, its members are asked one by one. Does
    nothing where the product has no rotation.
    """
    now = ctx.now()
    rotation = rotating.first_serving(tx, report.product, report.area, now)
    if rotation is None:
        return
    latest = rotation.history.latest
    pinged = pings.add(tx, report.id, None, step=1)
    due = pinging.due_at(tx, ctx, report, now, latest.zone)
    pings.posted(tx, pinged, at=now, zone=latest.zone, due_at=due)
    if due is not None:
        pinging.go_on_when_due(tx, ctx, pinged, due, End.UNANSWERED)
    called = {"lead": rotation.profile.lead, "members": latest.members}
    thread_lines.say(tx, ctx, report, "nobody_on_duty", once=str(pinged.number), **called)


def count_anew(tx: Transaction, ctx: Context, report: Report, *, since: datetime | None = None) -> None:
    """Find when the next in line is asked about a locked report whose severity or state has changed.

    It is counted from `since`, or from when the ping was posted.
    """
    pinged = pings.latest(tx, report.id)
    if pinged is None or pinged.posted_at is None or pinged.zone is None or not _is_waiting(report):
        return
    due = pinging.due_at(tx, ctx, report, since or pinged.posted_at, pinged.zone)
    pings.posted(tx, pinged, at=pinged.posted_at, zone=pinged.zone, due_at=due)
    if due is not None:
        pinging.go_on_when_due(tx, ctx, pinged, due, End.UNANSWERED)


def _is_free(report: Report) -> bool:
    return report.taken_by is None and report.triage.is_open


def _is_waiting(report: Report) -> bool:
    return _is_free(report) and report.acknowledged_by is None


def _only_wait(_: Context, __: Mapping[str, Any], ___: Attempt) -> None:
    """Do nothing outside: that the time has come is all."""


def _time_has_come(tx: Transaction, ctx: Context, args: Mapping[str, Any], _: None) -> None:
    report = reports.lock(tx, args["report"])
    pinged = pings.latest(tx, report.id)
    if pinged is None or pinged.number != args["number"] or not _is_waiting(report):
        return
    end = End(args["end"])
    # The severity may have been lowered since, which gave more time.
    if end is End.UNANSWERED and (pinged.due_at is None or pinged.due_at > ctx.now()):
        return
    _ask_next(tx, ctx, report, pinged, end=end, by=None)


def _ask_next(
    tx: Transaction, ctx: Context, report: Report, pinged: Ping, *, end: End, by: str | None
) -> None:
    """End a ping and ask the next one who was not asked in this round; the channel when nobody is left."""
    pings.ended(tx, pinged, end, by)
    rotation = rotating.first_serving(tx, report.product, report.area, ctx.now())
    asked = pings.asked(tx, report.id)
    member = next_in_line(rotation.history, ctx.now(), asked) if rotation else None
    changed = reports.change(tx, report, on_duty=member, acknowledged_by=None, acknowledged_at=None)
    once = str(pinged.number)
    if member is not None:
        pinging.ping(tx, ctx, changed, member, step=pinged.step + 1)
        thread_lines.say(tx, ctx, changed, f"ping_{end}", once=once, by=by, member=pinged.member, to=member)
    else:
        pings.add(tx, report.id, None, step=pinged.step + 1)
        lead = rotation.profile.lead if rotation else None
        thread_lines.say(tx, ctx, changed, "all_asked", once=once, members=asked, lead=lead)
    showing.refresh(tx, ctx, changed)


EFFECTS = (Kind("ask_next", Gateway.SLACK, _only_wait, _time_has_come),)
