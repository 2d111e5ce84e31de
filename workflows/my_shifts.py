"""What somebody sees of shifts: their own to come, or a rotation's, with what can be done about each."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from domain.covering import Stint, stints
from domain.duty import Duty, Layers, TimeOff, Why
from domain.layers import shifts
from domain.rotation_profile import KeptRotation
from storage import cover_requests, duty_layers, overrides, rotations, time_off
from storage.database import Transaction
from views.my_shifts import ROWS, Asked, MyShifts, Row
from views.shift_menu import Choices, Named
from workflows.context import Context
from workflows.cover_rights import may_decide

AHEAD = timedelta(days=400)
_SEARCHED = 120  # shifts looked through for what may be swapped

Found = tuple[Stint, Duty]


def seen_by(tx: Transaction, ctx: Context, person: str, shown: str | None = None) -> MyShifts:
    """Return somebody's own shifts, or those of the rotation whose key is *shown*."""
    now = ctx.now()
    going_on = [each for each in rotations.all_kept(tx) if not each.has_ended(now)]
    names = {each.key: each.name for each in going_on}
    listed = [each for each in going_on if each.key == shown] if shown in names else going_on
    rows = [row for each in listed for row in _rows(tx, ctx, each, person, whole=shown in names)]
    rows.sort(key=lambda row: row.choices.named.shift.start)
    return MyShifts(
        rows=tuple(rows[:ROWS]),
        asked=asked_of(tx, person, names),
        time_off=tuple(_time_off(tx, ctx, person, listed if shown in names else [])),
        rotations=tuple(sorted(names.items(), key=lambda each: each[1].casefold())),
        shown=shown if shown in names else None,
    )


def _time_off(tx: Transaction, ctx: Context, person: str, shown: Iterable[KeptRotation]) -> Iterator[TimeOff]:
    """Yield somebody's time off to come, and that of the members of a shown rotation where they decide."""
    people = dict.fromkeys([person])
    for kept in shown:
        if may_decide(tx, ctx, person, kept):
            people = dict.fromkeys(kept.history.latest.members)
    for each in people:
        yield from (kept.off for kept in time_off.coming(tx, each, ctx.now()))


def asked_of(tx: Transaction, person: str, names: dict[str, str]) -> tuple[Asked, ...]:
    """Return what waits for somebody's answer, of the rotations by these keys."""
    waiting = cover_requests.open_to(tx, person)
    return tuple(Asked(names[each.rotation], each) for each in waiting if each.rotation in names)


def coming(tx: Transaction, kept: KeptRotation, at: datetime) -> Iterator[Found]:
    """List the shifts of a rotation under way and to come, whole, nearest first."""
    turn = kept.history.shift(at)
    begin = turn.start if turn else at
    layers: Layers = duty_layers.between(tx, kept.key, begin, at + AHEAD)
    until = min(filter(None, (at + AHEAD, kept.profile.ended_at)))
    return (each for each in stints(shifts(kept.history, layers, begin, until)) if each[0].end > at)


def people_in(seen: MyShifts) -> set[str]:
    """Return everybody whom the menus of a list name."""
    asked = {each.asked for row in seen.rows for each in row.choices.requests if each.asked}
    swaps = {each.person for row in seen.rows for each in row.choices.swaps if each.person}
    return asked | swaps | {each for row in seen.rows for each in row.choices.members}


def _rows(tx: Transaction, ctx: Context, kept: KeptRotation, person: str, *, whole: bool) -> Iterator[Row]:
    """Yield the nearest shifts of a rotation, its *whole* or one person's, as they are listed."""
    now = ctx.now()
    over = overrides.coming(tx, kept.key, now)
    if not (whole or _is_in(kept, person) or any(each.override.person == person for each in over)):
        return
    found = (each for each in coming(tx, kept, now) if whole or each[0].person == person)
    nearest = list(islice(coming(tx, kept, now), _SEARCHED))
    decides = may_decide(tx, ctx, person, kept)
    asked = cover_requests.open_in(tx, kept.key)
    before = {each.override.id: each.instead_of for each in over}
    for shift, duty in islice(found, ROWS):
        choices = Choices(
            named=Named(kept.key, shift),
            reader=person,
            decides=decides,
            members=kept.history.latest.members,
            swaps=tuple(_swaps(nearest, shift, duty, _halves(tx, duty, before))),
            requests=tuple(each for each in asked if each.whose == shift.person and each.touches(*shift[:2])),
            is_over=duty.why is Why.OVERRIDE or (duty.why is Why.SWAP and decides),
        )
        yield Row(kept.name, duty, choices, before.get(duty.override or ""))


def _is_in(kept: KeptRotation, person: str) -> bool:
    """Tell whether somebody takes turns in a rotation, now or as it was last changed."""
    return any(person in revision.rotation.members for revision in kept.history.revisions[-2:])


def _halves(tx: Transaction, duty: Duty, before: dict[str, str | None]) -> set[str]:
    """Return the overrides that belong to the same swap as this stretch."""
    kept = overrides.get(tx, duty.override) if duty.override in before and duty.override else None
    if kept is None or kept.override.swap is None:
        return set()
    return {each.override.id for each in overrides.of_swap(tx, kept.override.swap)}


def _swaps(nearest: Iterable[Found], shift: Stint, duty: Duty, halves: set[str]) -> Iterator[Stint]:
    """Yield what a shift may be swapped for: the next one of each other person, or the other half again."""
    people: set[str | None] = {None, shift.person}
    for other, why in nearest:
        fits = why.override in halves if duty.override else why.override is None
        if fits and other.person not in people:
            people.add(other.person)
            yield other
