"""Reading when people are away from where they say so: their calendar of absences, their Slack status.

What was read is compared with what is kept of the same source: what is new is noted, what is gone is
cancelled, with all that follows. Where a source does not answer, what is known stays.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from ulid import ULID

from domain.duty import TimeOff
from domain.effects import Outcome
from domain.wall_clock import UnknownZoneError, zone_named
from gateways.absence_calendars import Absence, CalendarError, absences
from storage import rotations, time_off
from storage.time_off import KeptTimeOff, Source
from workflows import taking_time_off
from workflows.context import Context

AHEAD = timedelta(days=366)
AWAY = (":palm_tree:", ":face_with_thermometer:")

log = logging.getLogger(__name__)


def read_calendars(ctx: Context) -> None:
    """Read each calendar of absences that bugle.toml names."""
    for person, url in ctx.config.time_off.ical.items():
        try:
            zone = zone_named(ctx.slack.person(person).zone)
            found = absences(ctx.calendars.fetch(url), zone, ctx.now(), ctx.now() + AHEAD)
        except (Outcome, CalendarError, UnknownZoneError) as error:
            log.warning("the calendar of absences of %s could not be read: %s", person, error)
            continue
        take_over(ctx, person, Source.ICAL, found)


def read_statuses(ctx: Context) -> None:
    """Read the Slack status of everybody who takes turns, where bugle.toml says so."""
    if not ctx.config.time_off.status:
        return
    for member in sorted(_members(ctx)):
        try:
            person = ctx.slack.person(member)
            follow_status(ctx, member, person.status_emoji, person.status_until)
        except Outcome as outcome:
            log.warning("the status of %s could not be read: %s", member, outcome)


def follow_status(ctx: Context, person: str, emoji: str, second: int) -> None:
    """Note that a member of a rotation is away until their status ends, or that they are not any more.

    It ends at *second* since 1970; one without an end (0) does not say when they are back.
    """
    if not ctx.config.time_off.status or person not in _members(ctx):
        return
    now = ctx.now()
    until = datetime.fromtimestamp(second, UTC)
    away = emoji in AWAY and until > now
    take_over(ctx, person, Source.STATUS, [Absence(f"{emoji}:{second}", now, until)] if away else [])


def _members(ctx: Context) -> set[str]:
    """Return who takes turns: when others are away is nothing that Bugle keeps."""
    with ctx.database.reading() as tx:
        return {each for kept in rotations.all_kept(tx) for each in kept.history.latest.members}


def take_over(ctx: Context, person: str, source: Source, found: Iterable[Absence]) -> None:
    """Make what is kept of one source what was found there."""
    now = ctx.now()
    there = {each.uid: each for each in found}
    with ctx.database.transaction() as tx:
        known = {str(each.uid): each for each in time_off.coming(tx, person, now, source)}
        gone = [kept for uid, kept in known.items() if uid not in there or kept.off.end != there[uid].end]
        stays = known.keys() - {str(each.uid) for each in gone}
        new = [
            KeptTimeOff(
                TimeOff(str(ULID()), person, max(each.start, now), each.end), source, each.uid, person, now
            )
            for each in there.values()
            if each.uid not in stays
        ]
        if gone or new:
            taking_time_off.change(tx, ctx, person, add=new, remove=gone, by=person)
