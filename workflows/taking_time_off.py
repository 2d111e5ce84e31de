"""Noting and cancelling when people are away: who stands in is told, and where nobody is left the lead."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ulid import ULID

from domain.absence import No, Touched, not_noted, touched
from domain.duty import TimeOff
from domain.rotation_profile import KeptRotation
from storage import rotations, time_off
from storage.database import Transaction
from storage.time_off import KeptTimeOff, Source
from views.cover_notes import Note
from workflows import cover_notes, shift_changes
from workflows.context import Context
from workflows.cover_rights import may_decide
from workflows.home_refreshing import refresh_home

SAID = 5  # stretches in one note


@dataclass(frozen=True, slots=True)
class Concerned:
    """What somebody's time off takes from them in one rotation, in order."""

    rotation: KeptRotation
    touched: tuple[Touched, ...]


def note(ctx: Context, off: TimeOff, by: str) -> No | None:
    """Note time off that somebody gives by form, for themselves or on behalf; None where it is noted."""
    now = ctx.now()
    if refusal := not_noted(off.start, off.end, now):
        return refusal
    with ctx.database.transaction() as tx:
        if not may_note(tx, ctx, by, off.person):
            return No.NOT_ALLOWED
        if time_off.get(tx, off.id) is None:  # the same form pressed twice notes it once
            change(tx, ctx, off.person, add=[KeptTimeOff(off, Source.FORM, None, by, now)], by=by)
    return None


def cancel(ctx: Context, off_id: str, by: str) -> No | None:
    """Cancel time off from now on; None where it is cancelled, also by somebody before."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        kept = time_off.get(tx, off_id)
        if kept is None or kept.cancelled_at is not None or kept.off.end <= now:
            return None
        if not may_note(tx, ctx, by, kept.off.person):
            return No.NOT_ALLOWED
        change(tx, ctx, kept.off.person, remove=[kept], by=by)
    return None


def may_note(tx: Transaction, ctx: Context, by: str, person: str) -> bool:
    """Tell whether somebody may decide about the time off of another: who manages a rotation of theirs."""
    return by == person or any(may_decide(tx, ctx, by, each) for each in _theirs(tx, ctx, person))


def may_note_for_others(tx: Transaction, ctx: Context, user: str) -> bool:
    """Tell whether somebody may decide about the time off of anybody else."""
    return any(may_decide(tx, ctx, user, each) for each in rotations.all_kept(tx))


def preview(tx: Transaction, ctx: Context, off: TimeOff) -> list[Concerned]:
    """Say what time off would take from its person, or takes, from now on."""
    now = ctx.now()
    if not_noted(off.start, off.end, now):
        return []
    rest = replace(off, start=max(off.start, now))
    found = []
    for kept in _theirs(tx, ctx, off.person):
        layers = shift_changes.layers_ahead(tx, kept, now)
        if pieces := tuple(touched(kept.history, layers, rest)):
            found.append(Concerned(kept, pieces))
    return found


def change(
    tx: Transaction,
    ctx: Context,
    person: str,
    *,
    add: Sequence[KeptTimeOff] = (),
    remove: Sequence[KeptTimeOff] = (),
    by: str,
) -> None:
    """Keep what is new and cancel what is not so any more, and tell everybody whose duty changes by it."""
    for key in [each.key for each in _theirs(tx, ctx, person)]:
        rotations.lock(tx, key)
    for kept in remove:
        _tell(tx, ctx, kept.off, by, "back")
        time_off.cancel(tx, kept, ctx.now())
    for new in add:
        _tell(tx, ctx, new.off, by, "away")
        time_off.add(tx, new)
    for kept_rotation in _theirs(tx, ctx, person):
        shift_changes.after_change(tx, ctx, kept_rotation, by=None)
    refresh_home(tx, ctx, person)


def _theirs(tx: Transaction, ctx: Context, person: str) -> list[KeptRotation]:
    """List the rotations that somebody takes turns in or has taken a shift of, by their keys."""
    now = ctx.now()
    return [
        each
        for each in rotations.all_kept(tx)
        if not each.has_ended(now) and person in each.history.latest.members
    ]


def _tell(tx: Transaction, ctx: Context, off: TimeOff, by: str, name: str) -> None:
    """Tell stand-ins when they have the duty or no longer do, leads of gaps, people of others' deeds."""
    for each in preview(tx, ctx, off):
        kept = each.rotation
        for stand_in, spans in _by_stand_in(each.touched).items():
            to, said = ([stand_in], f"{name}_stand_in") if stand_in else ([kept.profile.lead], f"{name}_gap")
            note = Note(said, tuple(spans[:SAID]), by=by, person=off.person, more=len(spans[SAID:]))
            cover_notes.tell(tx, ctx, kept, note, to=to, once=f"{off.id}:{ULID()}")
    if by != off.person:
        note = Note(name, ((off.start, off.end),), by=by, person=off.person)
        cover_notes.tell(tx, ctx, None, note, to=[off.person], once=f"{off.id}:{ULID()}")


def _by_stand_in(pieces: Iterable[Touched]) -> dict[str | None, list[tuple[datetime, datetime]]]:
    found: dict[str | None, list[tuple[datetime, datetime]]] = defaultdict(list)
    for each in pieces:
        if not each.agreed:
            found[each.stand_in].append((each.start, each.end))
    return found
