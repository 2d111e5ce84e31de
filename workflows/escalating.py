"""Asking the next in line: when a ping is not answered in time, is passed on, or cannot arrive."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.escalation import Asked, End, Ping
from domain.report import Report
from storage import pings, reports
from storage.database import Transaction
from workflows import asking_order, pinging, showing, thread_lines
from workflows.alarms import alarm
from workflows.context import Context


def ask_first(tx: Transaction, ctx: Context, report: Report) -> Report:
    """Begin a round of asking about a locked report, in which everybody may be asked again.

    It begins with whoever is on duty; where nobody is the thread says so, and the rotation's lead is asked,
    or all its members where it has none. Does nothing where the product has no rotation. Returns the report
    as it is then.
    """
    asked = asking_order.first(tx, report, ctx.now())
    if asked is None:
        return report
    if report.on_duty != asked.member:
        report = reports.change(tx, report, on_duty=asked.member)
        showing.refresh(tx, ctx, report)
    if asked.member is None:
        _call_channel(tx, ctx, report, asked, step=1)
        return report
    pinged = pinging.ping(tx, ctx, report, asked.member, via=asked.via, step=1)
    if asked.via is not None:
        thread_lines.say(tx, ctx, report, "lead_asked", once=str(pinged.number), to=asked.member)
    return report


def pass_on(ctx: Context, report_id: str, number: int, user: str) -> None:
    """Ask the next in line at once, if this ping is still the one that counts: a second press is nothing."""
    with ctx.database.transaction() as tx:
        report = reports.lock(tx, report_id)
        pinged = pings.latest(tx, report_id)
        if pinged is not None and pinged.number == number and _is_free(report):
            ask_next(tx, ctx, report, pinged, end=End.PASSED, by=user)


def whose(ctx: Context, report_id: str, number: int, user: str) -> str | None:
    """Return who has a report that somebody could not pass on by this ping; None where they did."""
    with ctx.database.reading() as tx:
        report, pressed = reports.get(tx, report_id), pings.get(tx, report_id, number)
    if pressed.ended_by == user:
        return None
    return report.taken_by or report.on_duty


def count_anew(tx: Transaction, ctx: Context, report: Report, *, since: datetime | None = None) -> None:
    """Find when the next in line is asked about a locked report whose severity or state has changed.

    It is counted from `since`, or from when the ping was posted.
    """
    pinged = pings.latest(tx, report.id)
    if pinged is None or pinged.posted_at is None or not _is_waiting(report):
        return
    due = pinging.due_at(tx, ctx, report, pinged, since=since or pinged.posted_at)
    pings.is_due(tx, pinged, due)
    if due is not None:
        pinging.go_on_when_due(tx, ctx, pinged, due, End.UNANSWERED)


def ask_next(
    tx: Transaction, ctx: Context, report: Report, pinged: Ping, *, end: End, by: str | None
) -> None:
    """End a ping of a locked report and ask whoever comes after it in its round."""
    pings.ended(tx, pinged, end, by)
    asked = asking_order.following(tx, report, ctx.now())
    member = asked.member if asked else None
    changed = reports.change(tx, report, on_duty=member, acknowledged_by=None, acknowledged_at=None)
    once, step = str(pinged.number), pinged.step + 1
    if asked is None:
        pings.add(tx, report.id, Asked(None, None), step=step)
        thread_lines.say(tx, ctx, changed, "nobody_left", once=once)
    elif member is None:
        _call_channel(tx, ctx, changed, asked, step=step)
    else:
        pinging.ping(tx, ctx, changed, member, via=asked.via, step=step)
        said = "now_on_duty" if end is End.UNANSWERED and asked.via is None else f"ping_{end}"
        thread_lines.say(tx, ctx, changed, said, once=once, by=by, member=pinged.member, to=member)
    showing.refresh(tx, ctx, changed)


def _call_channel(tx: Transaction, ctx: Context, report: Report, asked: Asked, *, step: int) -> None:
    """Call in the thread those who were asked, or all members; the next is asked when nobody reacts."""
    now = ctx.now()
    line = asking_order.line(tx, report, now)
    before = [each.member for each in pings.asked(tx, report.id) if each.member] if step > 1 else []
    pinged = pings.add(tx, report.id, asked, step=step)
    is_last = asking_order.following(tx, report, now) is None
    zone = asking_order.zone(tx, report, now)
    due = None if is_last else pinging.due_at(tx, ctx, report, pinged, since=now)
    pings.posted(tx, pinged, at=now, zone=zone, due_at=due, after_hours=False)
    if due is not None:
        pinging.go_on_when_due(tx, ctx, pinged, due, End.UNANSWERED)
    said = "nobody_on_duty" if step == 1 else "all_asked" if is_last else "channel_asked"
    lead = line.lead if line and line.lead not in before and line.lead not in line.away else None
    called = {"members": before or (line.members if line else ()), "lead": lead}
    thread_lines.say(tx, ctx, report, said, once=str(pinged.number), **called)


def _is_free(report: Report) -> bool:
    return report.taken_by is None and report.triage.is_open


def _is_waiting(report: Report) -> bool:
    return _is_free(report) and report.acknowledged_by is None


def _time_has_come(tx: Transaction, ctx: Context, args: Mapping[str, Any], _: None) -> None:
    report = reports.lock(tx, args["report"])
    pinged = pings.latest(tx, report.id)
    if pinged is None or pinged.number != args["number"] or not _is_waiting(report):
        return
    end = End(args["end"])
    # The severity may have been lowered since, which gave more time.
    if end is End.UNANSWERED and (pinged.due_at is None or pinged.due_at > ctx.now()):
        return
    ask_next(tx, ctx, report, pinged, end=end, by=None)


EFFECTS = (alarm(pinging.ASK_NEXT, _time_has_come),)
