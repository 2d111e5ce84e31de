"""Asking one person or everybody to cover a shift, or one to swap it; the first to accept has it.

All of it is decided under the rotation's lock. What is refused says what is in the way.
"""

from datetime import datetime
from typing import Any

from ulid import ULID

from domain.cover_request import CoverRequest, State, granted, is_overtaken, lapse_of, reminder_after
from domain.covering import No, Refusal, Stint
from domain.rotation_profile import KeptRotation
from domain.wall_clock import zone_named
from storage import cover_requests, rotations
from storage.database import Transaction
from views.cover_notes import Note
from workflows import cover_closing, cover_notes, cover_posts, shift_changes
from workflows.context import Context
from workflows.cover_rights import may_act_for, may_cover
from workflows.home_refreshing import refresh_home


def ask(
    ctx: Context,
    rotation: str,
    shift: Stint,
    by: str,
    *,
    asked: str | None = None,
    other: Stint | None = None,
) -> Refusal | None:
    """Ask *asked*, or everybody, to cover a shift, or to swap it for *other*; None where it is asked."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, rotation)
        if kept is None or kept.has_ended(now) or shift.person is None:
            return Refusal(No.ENDED)
        if not may_act_for(tx, ctx, by, shift.person, kept):
            return Refusal(No.NOT_ALLOWED, by=kept.profile.lead)
        if asked is not None and not may_cover(tx, asked, kept):
            return Refusal(No.NOT_A_MEMBER, by=kept.profile.lead)
        request = _request(kept, shift, other, now, whose=shift.person, asked_by=by, asked=asked)
        layers = shift_changes.layers_ahead(tx, kept, now)
        outcome = granted(kept.history, layers, request, asked or "somebody", now)
        if isinstance(outcome, Refusal):
            return outcome
        if _is_asked_already(tx, request):
            return Refusal(No.ASKED, by=asked)
        cover_requests.add(tx, request)
        cover_posts.post(tx, ctx, kept, request)
        if by != shift.person:
            note = Note("asked_for_you", ((shift.start, shift.end),), by=by, person=asked)
            cover_notes.tell(tx, ctx, kept, note, to=[shift.person], once=request.id)
        refresh_home(tx, ctx, shift.person, by, asked)
    return None


def accept(ctx: Context, request_id: str, by: str) -> Refusal | None:
    """Let somebody who was asked have the shift, the first of them; None where they do."""
    now = ctx.now()
    with ctx.database.transaction() as tx:
        found = cover_closing.lock(tx, request_id)
        if found is None:
            return Refusal(No.SETTLED)
        request, kept = found
        if refusal := _may_not_answer(tx, request, kept, by):
            return refusal
        if kept.has_ended(now) or request.lapses_at <= now:
            return Refusal(No.ENDED)
        layers = shift_changes.layers_ahead(tx, kept, now)
        outcome = granted(kept.history, layers, request, by, now)
        if isinstance(outcome, Refusal):
            if is_overtaken(kept.history, layers, request, now):
                cover_closing.close(tx, ctx, kept, request, State.OVERTAKEN)
            return outcome
        cover_closing.close(tx, ctx, kept, request, State.ACCEPTED, by=by)
        shift_changes.keep(tx, ctx, kept, outcome, by)
    return None


def decline(ctx: Context, request_id: str, by: str) -> Refusal | None:
    """Let the one person who was asked say no."""
    with ctx.database.transaction() as tx:
        found = cover_closing.lock(tx, request_id)
        if found is None:
            return Refusal(No.SETTLED)
        request, kept = found
        if request.is_open and request.asked is None:
            return Refusal(No.NOT_ASKED)
        if refusal := _may_not_answer(tx, request, kept, by):
            return refusal
        cover_closing.close(tx, ctx, kept, request, State.DECLINED, by=by)
    return None


def withdraw(ctx: Context, request_id: str, by: str) -> Refusal | None:
    """Take a request back."""
    with ctx.database.transaction() as tx:
        found = cover_closing.lock(tx, request_id)
        if found is None or not found[0].is_open:
            return Refusal(No.SETTLED, by=found[0].answered_by if found else None)
        request, kept = found
        if by != request.asked_by and not may_act_for(tx, ctx, by, request.whose, kept):
            return Refusal(No.NOT_ALLOWED, by=request.asked_by)
        cover_closing.close(tx, ctx, kept, request, State.WITHDRAWN, by=by)
    return None


def _request(
    kept: KeptRotation, shift: Stint, other: Stint | None, now: datetime, **people: Any
) -> CoverRequest:
    zone = zone_named(kept.history.latest.zone)
    lapses_at = lapse_of(shift, other, now)
    return CoverRequest(
        id=str(ULID()),
        rotation=kept.key,
        start=shift.start,
        end=shift.end,
        asked_at=now,
        lapses_at=lapses_at,
        other_start=other.start if other else None,
        other_end=other.end if other else None,
        remind_at=reminder_after(now, lapses_at, kept.profile.hours, zone),
        **people,
    )


def _is_asked_already(tx: Transaction, request: CoverRequest) -> bool:
    asked = (request.shift, request.other, request.asked)
    return any(
        (each.shift, each.other, each.asked) == asked for each in cover_requests.open_in(tx, request.rotation)
    )


def _may_not_answer(tx: Transaction, request: CoverRequest, kept: KeptRotation, by: str) -> Refusal | None:
    if not request.is_open:
        return Refusal(No.SETTLED, by=request.answered_by)
    if request.asked is not None and by != request.asked:
        return Refusal(No.NOT_ASKED, by=request.asked)
    if by == request.whose:
        return Refusal(No.OWN)
    if request.asked is None and not may_cover(tx, by, kept):
        return Refusal(No.NOT_A_MEMBER, by=kept.profile.lead)
    return None
