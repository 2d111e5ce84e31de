"""Somebody looks at a report: the others are left in peace, as long as something comes of it.

An acknowledgement counts for so much working time, and anew whenever something happens with the report. Then
it lapses: the same person is asked once more, and after that whoever is next in line.
"""

from collections.abc import Mapping
from typing import Any

from domain.escalation import End, Ping
from domain.report import Report
from storage import live_messages, pings, report_events, reports
from storage.database import Transaction
from workflows import asking_order, escalating, pinging, showing, thread_lines
from workflows.alarms import alarm, set_alarm
from workflows.context import Context

LAPSE = "lapse"


def acknowledge(ctx: Context, report_id: str, user: str) -> None:
    """Note that somebody looks at a report; the first one counts, and a second press changes nothing.

    Who has snoozed it looks at it from now on.
    """
    with ctx.database.transaction() as tx:
        report, pinged = reports.lock(tx, report_id), pings.latest(tx, report_id)
        is_snoozed = pinged is not None and pinged.snoozed_until is not None
        who = user if is_snoozed and report.acknowledged_by == user else None
        if report.taken_by is None and report.triage.is_open and report.acknowledged_by == who:
            changed = reports.change(tx, report, acknowledged_by=user, acknowledged_at=ctx.now())
            once = str(changed.version)
            report_events.note(tx, report_id, "acknowledged", once=once, at=ctx.now(), who=user)
            if pinged is not None:
                _count(tx, ctx, changed, pinged)
            showing.refresh(tx, ctx, changed)


def happened(tx: Transaction, ctx: Context, report: Report) -> None:
    """Let an acknowledgement of a locked report count anew, since something happens with it."""
    pinged = pings.latest(tx, report.id)
    if pinged is not None and _is_looked_at(report) and pinged.snoozed_until is None:
        _count(tx, ctx, report, pinged)


def heard_in_thread(ctx: Context, channel: str, thread: str, *, by: str) -> None:
    """Let somebody's words in the thread of a card count as something that happens with its report.

    Its reporter's do not: who waits for news would only prolong the waiting.
    """
    with ctx.database.transaction() as tx:
        card = live_messages.card_at(tx, channel, thread)
        report = reports.lock(tx, card.report) if card is not None else None
        if report is not None and report.reporter != by:
            happened(tx, ctx, report)


def _count(tx: Transaction, ctx: Context, report: Report, pinged: Ping) -> None:
    now, lasts = ctx.now(), ctx.config.severity(report.severity).acknowledged_for
    at = pinging.worked(tx, report, pinged, since=now, length=lasts)
    pings.acknowledged(tx, pinged, lapses_at=at)
    # One that has yet to ring, earlier, looks then when it has to ring again.
    is_set = at is not None and pinged.lapses_at is not None and now < pinged.lapses_at <= at
    if at is not None and not is_set:
        set_alarm(tx, ctx, LAPSE, pinged, at)


def _is_looked_at(report: Report) -> bool:
    return report.acknowledged_by is not None and report.taken_by is None and report.triage.is_open


def _ring(tx: Transaction, ctx: Context, args: Mapping[str, Any], _: None) -> None:
    report = reports.lock(tx, args["report"])
    pinged = pings.latest(tx, report.id)
    if pinged is None or pinged.number != args["number"] or pinged.lapses_at is None:
        return
    if not _is_looked_at(report):
        return
    if pinged.lapses_at > ctx.now():  # something has happened since
        set_alarm(tx, ctx, LAPSE, pinged, pinged.lapses_at)
        showing.refresh(tx, ctx, reports.change(tx, report))
    else:
        _lapse(tx, ctx, report, pinged)


def _lapse(tx: Transaction, ctx: Context, report: Report, pinged: Ping) -> None:
    """Ask whoever acknowledged once more, unless they were or are away; then whoever is next."""
    user = report.acknowledged_by
    has_lapsed = any(each.end is End.LAPSED for each in pings.of_round(tx, report.id) if each.member == user)
    if user is None or has_lapsed or asking_order.is_away(tx, user, ctx.now()):
        escalating.ask_next(tx, ctx, report, pinged, end=End.LAPSED, by=None)
        return
    pings.ended(tx, pinged, End.LAPSED, None)
    changed = reports.change(tx, report, on_duty=user, acknowledged_by=None, acknowledged_at=None)
    via = pinged.via if pinged.member == user else None
    pinging.ping(tx, ctx, changed, user, via=via, step=pinged.step + 1)
    thread_lines.say(tx, ctx, changed, "asked_once_more", once=str(pinged.number), member=user)
    showing.refresh(tx, ctx, changed)


EFFECTS = (alarm(LAPSE, _ring),)
