"""How fairly a rotation's duty is shared, and how good its coming schedule is."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.duty_quality import Planned, Quality, quality
from domain.effects import Outcome
from domain.layers import shifts
from domain.load import Load, Period, Stretch, loads, stretches
from domain.rotation_profile import KeptRotation, Rank
from domain.routing import areas_named, serving
from domain.wall_clock import UnknownZoneError, zone_named
from gateways.slack import Person
from storage import duty_layers, efforts, fairness, rotations
from storage.database import Transaction
from workflows import rotating
from workflows.context import Context

WEEKS = 8  # of the coming schedule that are judged

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fairness:
    """A rotation's loads in a period that began at *since* (aware UTC), and its coming weeks judged.

    *since* is later than the period's begin where Bugle does not know further back.
    """

    rotation: KeptRotation
    period: Period
    since: datetime
    loads: tuple[Load, ...]
    quality: Quality


def fairness_of(ctx: Context, key: str, period: Period) -> Fairness | None:
    """Return how a rotation's duty was shared until now; None where there is no such rotation.

    Asks Slack for people's zones; who it does not tell is seen by the zone of the rotation.
    """
    now = ctx.now()
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, key)
        if kept is None:
            return None
        since = _since(tx, kept, now, period)
        worked = _worked(tx, kept, since, now)
        counts = fairness.counted(tx, kept.profile.serves, since, now)
        said = [(each.person, each.effort) for each in efforts.between(tx, key, since, now)]
    members = kept.history.latest.members
    people = {*members, *(each.person for each in worked)}
    found = loads(members, worked, counts, said, _zones(kept, people, _known(ctx, people)))
    return Fairness(kept, period, since, found, judged(ctx, kept))


def judged(ctx: Context, kept: KeptRotation, weeks: int = WEEKS) -> Quality:
    """Judge the coming weeks of a rotation beside all others, as things are agreed now."""
    now = ctx.now()
    until = now + timedelta(weeks=weeks)
    with ctx.database.reading() as tx:
        going_on = [each for each in rotations.all_kept(tx) if not each.has_ended(now)]
        planned = {each.key: _planned(tx, each, now, until) for each in going_on}
    mine = planned.pop(kept.key, None)
    if mine is None:  # it has ended
        return Quality(100, ())
    people = {each.person for each in mine.duties if each.person} | set(mine.rotation.members)
    people |= {each.turn.holder for each in mine.duties}
    known = _known(ctx, people)
    gone = frozenset(each.id for each in known.values() if each.deleted)
    return quality(mine, planned.values(), now, until, gone=gone, zones=_zones(kept, people, known))


def unserved(ctx: Context) -> list[tuple[str, tuple[str, ...]]]:
    """List the products, by name, that no primary rotation serves whole, each with the areas one does."""
    now = ctx.now()
    with ctx.database.reading() as tx:
        kept = rotations.all_kept(tx)
    return [
        (each.name, tuple(areas_named(kept, each.key, now)))
        for each in ctx.config.products
        if not serving(kept, each.key, None, now, Rank.PRIMARY)
    ]


def names(ctx: Context) -> dict[str, str]:
    """Return what the rotations are called, by their keys."""
    with ctx.database.reading() as tx:
        return {each.key: each.name for each in rotations.all_kept(tx)}


def _since(tx: Transaction, kept: KeptRotation, now: datetime, period: Period) -> datetime:
    known = fairness.known_since(tx, kept.key)
    return min(now, max(known or now, now - timedelta(days=period)))


def _worked(tx: Transaction, kept: KeptRotation, start: datetime, end: datetime) -> list[Stretch]:
    """Return who was on duty in [*start*, *end*): as it was recorded, the stretch under way as it is."""
    end = min(end, kept.profile.ended_at or end)
    turn = kept.history.shift(start)
    layers = duty_layers.between(tx, kept.key, turn.start if turn else start, end)
    return stretches(shifts(kept.history, layers, start, end), start, end)


def _planned(tx: Transaction, kept: KeptRotation, start: datetime, end: datetime) -> Planned:
    return Planned(kept.key, kept.history.latest, tuple(rotating.coming(tx, kept, start, end)))


def _known(ctx: Context, people: Iterable[str]) -> dict[str, Person]:
    """Return what Slack tells of people; who it does not tell of now is left out."""
    known = {}
    for each in sorted(people):
        try:
            known[each] = ctx.slack.person(each)
        except Outcome as outcome:
            log.warning("the zone of %s is not known: %s", each, outcome)
    return known


def _zones(kept: KeptRotation, people: Iterable[str], known: dict[str, Person]) -> dict[str, ZoneInfo]:
    usual = zone_named(kept.history.latest.zone)
    found = {}
    for each in people:
        try:
            found[each] = zone_named(known[each].zone) if each in known else usual
        except UnknownZoneError:
            found[each] = usual
    return found
