"""Calendars of shifts: an address to subscribe to, which its owner can stop, or a file."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from domain.duty_calendar import AHEAD, PAST, Event, events, nearest
from domain.effects import Outcome
from domain.layers import shifts
from domain.rotation_profile import KeptRotation
from storage import calendars, duty_layers, rotations
from storage.calendars import Subscribed
from storage.database import Transaction
from views.calendar import calendar_file, own_title
from workflows.context import Context


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar with the name it is saved under."""

    name: str
    data: bytes


def subscribe(ctx: Context, what: Subscribed) -> str:
    """Return a new secret address for this; the one that the person had before stops."""
    token = secrets.token_urlsafe(32)
    with ctx.database.transaction() as tx:
        calendars.add(tx, _digest(token), what, ctx.now())
    return f"{ctx.public_url.rstrip('/')}/calendar/{token}.ics"


def stop(ctx: Context, what: Subscribed) -> bool:
    """Stop the address that a person has for this; tell whether there was one."""
    with ctx.database.transaction() as tx:
        return calendars.revoke(tx, what, ctx.now())


def offered(ctx: Context) -> list[KeptRotation]:
    """Return the rotations that a calendar may be of, by their names; those that have ended are left out."""
    with ctx.database.reading() as tx:
        kept = [each for each in rotations.all_kept(tx) if not each.has_ended(ctx.now())]
    return sorted(kept, key=lambda each: each.name)


def published(ctx: Context, token: str) -> CalendarFile | None:
    """Return the calendar at a secret address; None for one that never was or has stopped.

    Nor is it there for who has left Slack, whoever may still have the address.
    """
    with ctx.database.reading() as tx:
        what = calendars.find(tx, _digest(token))
    if what is None or _has_left(ctx, what.person):
        return None
    return calendar_of(ctx, what)


def calendar_of(ctx: Context, what: Subscribed) -> CalendarFile | None:
    """Return the calendar of a rotation or of somebody's own shifts; None where the rotation is not there."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        kept = rotations.all_kept(tx)
        if what.rotation is not None:
            kept = [each for each in kept if each.key == what.rotation]
            if not kept:
                return None
        found = (event for each in kept for event in _events(tx, ctx, each))
        if what.rotation is None:
            found = (event for event in found if event.person == what.person)
        wanted = nearest(found, now)
        revisions = calendars.shown(tx, wanted, now)
    sequences = {uid: (each.sequence, each.changed_at) for uid, each in revisions.items()}
    language = _language(ctx, what, kept)
    title = own_title(language) if what.rotation is None else kept[0].name
    names = None if what.rotation is None else _names(ctx, {event.person for event in wanted})
    data = calendar_file(wanted, sequences, names, title, language)
    return CalendarFile(f"{what.rotation or 'bug-rotation'}.ics", data)


def _events(tx: Transaction, ctx: Context, rotation: KeptRotation) -> Iterator[Event]:
    """List a rotation's events from where a turn begins, as the uids of parts are counted from there."""
    start, end = ctx.now() - PAST, ctx.now() + AHEAD
    turn = rotation.history.shift(start)
    start, end = turn.start if turn else start, min(end, rotation.profile.ended_at or end)
    layers = duty_layers.between(tx, rotation.key, start, end)
    duties = shifts(rotation.history, layers, start, end)
    return events(rotation.key, rotation.name, duties, until=rotation.profile.ended_at)


def _language(ctx: Context, what: Subscribed, kept: list[KeptRotation]) -> str:
    if what.rotation is not None:
        return kept[0].profile.language
    try:
        return ctx.slack.person(what.person).language
    except Outcome:
        return "en"


def _has_left(ctx: Context, person: str) -> bool:
    """Tell whether somebody's account is gone; not while Slack does not tell."""
    try:
        return ctx.slack.person(person).deleted
    except Outcome:
        return False


def _names(ctx: Context, people: Iterable[str]) -> dict[str, str]:
    """Return people's names, or their ids while Slack does not tell."""
    names = {}
    for each in people:
        try:
            names[each] = ctx.slack.person(each).name
        except Outcome:
            names[each] = each
    return names


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
