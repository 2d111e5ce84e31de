"""Snoozing a ping: it counts as acknowledged until a time, and then is asked of whoever is on duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.escalation import End, Ping
from domain.report import Report
from domain.snooze import Snooze, offered
from domain.working_hours import USUAL
from storage import pings, reports
from storage.database import Transaction
from workflows import asking_order, escalating, pinging, rotating, showing, thread_lines
from workflows.alarms import alarm, set_alarm
from workflows.context import Context

END = "end_snooze"


@dataclass(frozen=True, slots=True)
class Snoozing:
    """What somebody can do with a ping of a report: snooze it (`offers`), or nothing, since `holder` has it.

    `until` is when it comes back where they have snoozed it.
    """

    report: Report
    offers: tuple[Snooze, ...] = ()
    until: datetime | None = None
    holder: str | None = None


def look(ctx: Context, report_id: str, number: int, user: str) -> Snoozing:
    """Return what somebody can choose for a ping now."""
    now = ctx.now()
    with ctx.database.reading() as tx:
        report, pinged = reports.get(tx, report_id), pings.latest(tx, report_id)
        if pinged is None or not _is_theirs(report, pinged, number, user):
            return Snoozing(report, holder=report.taken_by or report.acknowledged_by or report.on_duty)
        hours = asking_order.hours(tx, report, pinged.via, now) or USUAL
        zone = pinging.zone_of(tx, report, pinged, now)
        ends = rotating.duty_ends(tx, report.product, report.area, user, now)
        return Snoozing(report, tuple(offered(now, hours, zone, ends)), pinged.snoozed_until)


def snooze(ctx: Context, report_id: str, number: int, user: str, *, until: datetime) -> None:
    """Let a ping rest until then, if it still is theirs; a second press, or one too late, changes nothing."""
    with ctx.database.transaction() as tx:
        report, pinged = reports.lock(tx, report_id), pings.latest(tx, report_id)
        if pinged is None or not _is_theirs(report, pinged, number, user):
            return
        if until <= ctx.now() or pinged.snoozed_until == until:
            return
        pings.snoozed(tx, pinged, until=until)
        changed = reports.change(tx, report, acknowledged_by=user, acknowledged_at=ctx.now())
        set_alarm(tx, ctx, END, pinged, until)
        once, second = f"{number}:{changed.version}", int(until.timestamp())
        thread_lines.say(tx, ctx, changed, "snoozed", once=once, by=user, until=second)
        showing.refresh(tx, ctx, changed)


def opened_again(tx: Transaction, ctx: Context, report: Report) -> None:
    """Let a snooze of a locked report that ended while it was closed end now."""
    pinged = pings.latest(tx, report.id)
    if pinged is not None and pinged.snoozed_until is not None:
        set_alarm(tx, ctx, END, pinged, max(pinged.snoozed_until, ctx.now()))


def _is_theirs(report: Report, pinged: Ping, number: int, user: str) -> bool:
    is_free = report.taken_by is None and report.triage.is_open
    return is_free and pinged.number == number and user == (report.acknowledged_by or report.on_duty)


def _ring(tx: Transaction, ctx: Context, args: Mapping[str, Any], _: None) -> None:
    report = reports.lock(tx, args["report"])
    pinged = pings.latest(tx, report.id)
    if pinged is None or pinged.number != args["number"] or pinged.snoozed_until is None:
        return
    # What was taken or closed meanwhile rests, and a longer snooze has an alarm of its own.
    if report.taken_by is None and report.triage.is_open and pinged.snoozed_until <= ctx.now():
        _come_back(tx, ctx, report, pinged)


def _come_back(tx: Transaction, ctx: Context, report: Report, pinged: Ping) -> None:
    pings.ended(tx, pinged, End.RETURNED, None)
    nobody = reports.change(tx, report, acknowledged_by=None, acknowledged_at=None)
    asked = escalating.ask_first(tx, ctx, nobody)
    if asked.on_duty is not None:
        thread_lines.say(tx, ctx, asked, "snooze_over", once=str(pinged.number), to=asked.on_duty)
    showing.refresh(tx, ctx, asked)


EFFECTS = (alarm(END, _ring),)
