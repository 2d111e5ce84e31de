"""Pinging somebody about a report, and by when they should react."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.effects import Attempt, Effect, Gateway, Never
from domain.escalation import Asked, End, Ping
from domain.report import Report
from domain.rotation_profile import Step
from domain.wall_clock import UnknownZoneError, zone_named
from storage import effects, live_messages, pings, reports
from storage.database import Transaction
from storage.driver import Kind
from storage.live_messages import LiveMessage, Role
from views.report_ping import ping_repeated, report_ping
from workflows import asking_order, rotating, showing
from workflows.alarms import set_alarm
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, EDIT_PACE, POST_PACE, slack_lane
from workflows.reaching import reader_of, unreachable

ASK_NEXT = "ask_next"


def ping(tx: Transaction, ctx: Context, report: Report, member: str, *, via: Step | None, step: int) -> Ping:
    """Decide that somebody is asked about a locked report; whoever was asked before no longer is.

    `via` is the escalation step that led to them, None for who is on duty; `step` 1 begins a new round.
    """
    new = pings.add(tx, report.id, Asked(via, member), step=step)
    effects.decide(tx, [_posting(new, member)], ctx.now())
    return new


def first(tx: Transaction, report: Report) -> list[Effect]:
    """Return the effect that asks whoever is on duty about a report that is new; none where nobody is."""
    return [_posting(pings.begin(tx, report.id, report.on_duty), report.on_duty)] if report.on_duty else []


def go_on_when_due(tx: Transaction, ctx: Context, pinged: Ping, at: datetime, end: End) -> None:
    """Decide that the next in line is asked at `at` (aware), unless somebody has reacted by then."""
    set_alarm(tx, ctx, ASK_NEXT, pinged, at, end=end)


def due_at(
    tx: Transaction, ctx: Context, report: Report, pinged: Ping, *, since: datetime
) -> datetime | None:
    """Return when whoever was asked should have reacted; None: at any time.

    Where nobody was on duty to begin with that is no later than when somebody is.
    """
    target = ctx.config.severity(report.severity).target
    due = worked(tx, report, pinged, since=since, length=target)
    if pinged.step > 1 or pinged.via is None:
        return due
    begins = rotating.duty_begins(tx, report.product, report.area, since)
    return min((at for at in (due, begins) if at is not None), default=None)


def worked(
    tx: Transaction, report: Report, pinged: Ping, *, since: datetime, length: timedelta | None
) -> datetime | None:
    """Return when whoever was asked will have worked so long, in the zone of the ping.

    None where no length is given, or no rotation says when they work.
    """
    hours = asking_order.hours(tx, report, pinged.via, since)
    if length is None or hours is None:
        return None
    return hours.after(since, length, zone_of(tx, report, pinged, since))


def zone_of(tx: Transaction, report: Report, pinged: Ping, at: datetime) -> ZoneInfo:
    """Return the zone of whoever was asked, or the rotation's where we do not know theirs."""
    try:
        return zone_named(pinged.zone or "")
    except UnknownZoneError:
        return zone_named(asking_order.zone(tx, report, at))


def _comes_after_hours(tx: Transaction, report: Report, pinged: Ping, at: datetime) -> bool:
    hours = asking_order.hours(tx, report, pinged.via, at)
    return hours is not None and not hours.includes(at, zone_of(tx, report, pinged, at))


def _posting(new: Ping, member: str) -> Effect:
    args = {"report": new.report, "number": new.number}
    return Effect("ping_member", f"ping_member:{new.report}:{new.number}", slack_lane(member), args)


def _post(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> dict[str, Any] | None:
    with ctx.database.reading() as tx:
        report, asked = reports.get(tx, args["report"]), pings.get(tx, args["report"], args["number"])
        latest = pings.latest(tx, args["report"])
        about = showing.shown(tx, ctx, report, reader=asked.member)
    if asked.member is None or latest is None or latest.number != asked.number:
        return None
    now = ctx.now()
    try:
        person = reader_of(ctx, asked.member)
        if person is None:
            return {"unreachable": "deactivated in Slack"}
        channel = ctx.slack.direct_channel(asked.member)
        with ctx.database.reading() as tx:
            asked = replace(asked, zone=person.zone)
            due = due_at(tx, ctx, report, asked, since=now)
            then = asking_order.following(tx, report, due) if due else None
            after_hours = _comes_after_hours(tx, report, asked, now)
        about = replace(about, ping=replace(asked, due_at=due), following=then)
        message = report_ping(about, person.language)
        ts = ctx.slack.post(channel, message, key=attempt.key, doubt=attempt.doubt)
    except Never as refusal:
        if not unreachable(refusal):
            raise
        return {"unreachable": refusal.reason}
    version = 0 if attempt.doubt else report.version  # as in showing: nobody knows what it shows
    place = {"channel": channel, "ts": ts, "version": version}
    told = {"at": now.isoformat(), "zone": person.zone, "after_hours": after_hours}
    return {"place": place, **told, "due_at": due and due.isoformat()}


def _posted(tx: Transaction, ctx: Context, args: Mapping[str, Any], result: Mapping[str, Any] | None) -> None:
    if result is None:
        return
    report = reports.lock(tx, args["report"])
    asked = pings.get(tx, report.id, args["number"])
    if "unreachable" in result or asked.member is None:
        go_on_when_due(tx, ctx, asked, ctx.now(), End.UNREACHABLE)
        return
    due = datetime.fromisoformat(result["due_at"]) if result["due_at"] else None
    at = datetime.fromisoformat(result["at"])
    told = {"zone": result["zone"], "after_hours": result.get("after_hours", False)}
    pings.posted(tx, asked, at=at, due_at=due, **told)
    _remember(tx, ctx, report, asked.member, result["place"])
    showing.refresh(tx, ctx, report)
    if due is not None:
        go_on_when_due(tx, ctx, asked, due, End.UNANSWERED)


def _remember(tx: Transaction, ctx: Context, report: Report, member: str, place: Mapping[str, Any]) -> None:
    """Keep where the ping is; an older one to the same member only points to it from now on."""
    older = next((each for each in live_messages.of_report(tx, report.id) if _is_ping(each, member)), None)
    if older is None:
        live_messages.add(tx, report=report.id, role=Role.PING, audience=member, **place)
    elif older.ts != place["ts"]:
        live_messages.move(tx, older, **place)
        args = {"report": report.id, "reader": member, "channel": older.channel, "ts": older.ts}
        key = f"retire_ping:{older.channel}:{older.ts}"
        effects.decide(tx, [Effect("retire_ping", key, slack_lane(member), args)], ctx.now())


def _is_ping(message: LiveMessage, member: str) -> bool:
    return message.role is Role.PING and message.audience == member


def _retire(ctx: Context, args: Mapping[str, Any], _: Attempt) -> None:
    with ctx.database.reading() as tx:
        about = showing.shown(tx, ctx, reports.get(tx, args["report"]), reader=args["reader"])
    message = ping_repeated(about, ctx.slack.person(args["reader"]).language)
    ctx.slack.update(args["channel"], args["ts"], message)


EFFECTS = (
    Kind("ping_member", Gateway.SLACK, _post, _posted, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("retire_ping", Gateway.SLACK, _retire, paces=(EDIT_PACE,)),
)
