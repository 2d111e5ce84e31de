"""Rosters out of and into Bugle: the shifts of a rotation as rows, and an existing roster laid over it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ulid import ULID

from domain.duty import Duty, Override
from domain.effects import Outcome
from domain.layers import shifts
from domain.roster import Entry, Hindrance, Missing, Row, lay_over
from domain.rotation_profile import KeptRotation
from storage import duty_layers, overrides, rotations
from storage.overrides import KeptOverride
from workflows import handing_off
from workflows.context import Context


@dataclass(frozen=True, slots=True)
class Laid:
    """What came of laying a roster over a rotation: what was missing, what was in the way, who is unknown."""

    missing: tuple[Missing, ...]
    hindrances: tuple[Hindrance, ...]
    unknown: tuple[Entry, ...]

    def people(self) -> Iterator[str | None]:
        """List everybody in it, nobody as None."""
        for missing in self.missing:
            yield from (missing.person, missing.instead_of)
        yield from (each.duty.person for each in self.hindrances if each.duty)


def listed(ctx: Context, rotation: KeptRotation, start: datetime, end: datetime) -> list[Duty]:
    """Return the stretches of a rotation that overlap [*start*, *end*), aware; none after its end."""
    end = min(end, rotation.profile.ended_at or end)
    with ctx.database.reading() as tx:
        turn = rotation.history.shift(start)
        layers = duty_layers.between(tx, rotation.key, turn.start if turn else start, end)
    return list(shifts(rotation.history, layers, start, end))


def take_over(ctx: Context, key: str, entries: Iterable[Entry], *, dry: bool) -> Laid:
    """Make the rotation say what a roster says from now on, by overrides; with *dry* only say which.

    Lines that cannot be taken over leave the others alone; doing it twice changes nothing. KeyError where
    there is no such rotation.
    """
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, key)
    if kept is None:
        raise KeyError(key)
    rows, unknown = _people(ctx, kept, entries)
    now = ctx.now()
    with ctx.database.transaction() as tx:
        locked = rotations.lock(tx, key)
        assert locked is not None  # rotations are never removed
        latest = max((row.end for row in rows), default=now)
        turn = locked.history.shift(now)
        layers = duty_layers.between(tx, key, turn.start if turn else now, max(latest, now))
        missing, hindrances = lay_over(locked.history, layers, rows, now)
        if not dry and missing:
            overrides.add(tx, [_override(key, each, now) for each in missing])
            handing_off.settle(tx, ctx, key)
    return Laid(tuple(missing), tuple(hindrances), tuple(unknown))


def _override(key: str, missing: Missing, now: datetime) -> KeptOverride:
    over = Override(str(ULID()), missing.start, missing.end, missing.person)
    return KeptOverride(key, over, missing.instead_of, made_by=missing.person, made_at=now)


def _people(ctx: Context, kept: KeptRotation, entries: Iterable[Entry]) -> tuple[list[Row], list[Entry]]:
    names = {_name(ctx, each).casefold(): each for each in kept.history.latest.members}
    rows, unknown = [], []
    asked: dict[tuple[str, ...], str | None] = {}
    for entry in entries:
        if entry.who not in asked:
            asked[entry.who] = _person(ctx, entry.who, names)
        person = asked[entry.who]
        if person is None:
            unknown.append(entry)
        else:
            rows.append(Row(entry.line, entry.start, entry.end, person))
    return rows, unknown


def _person(ctx: Context, who: Iterable[str], names: Mapping[str, str]) -> str | None:
    """Return the Slack user that one of these names: by id, e-mail, or the name of a member within it."""
    for each in who:
        if each in names.values():
            return each
        if "@" in each and (found := ctx.slack.person_by_email(each)):
            return found
        held = [person for name, person in names.items() if name in each.casefold()]
        if len(held) == 1:
            return held[0]
    return None


def names_of(ctx: Context, people: Iterable[str | None]) -> dict[str, str]:
    """Return people's names by their ids, or the ids while Slack does not tell; nobody is left out."""
    return {each: _name(ctx, each) for each in dict.fromkeys(people) if each is not None}


def _name(ctx: Context, person: str) -> str:
    try:
        return ctx.slack.person(person).name
    except Outcome:
        return person
