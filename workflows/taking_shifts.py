"""Taking over a shift or a part of it, handing one to somebody, and giving it back, without asking first."""

from domain.covering import No, Refusal, Stint, giving_back, taking
from storage import overrides, rotations
from views.cover_notes import Note
from workflows import cover_notes, shift_changes
from workflows.context import Context
from workflows.cover_rights import may_cover, may_decide


def take(ctx: Context, rotation: str, shift: Stint, by: str) -> Refusal | None:
    """Let *by* have a shift of another's, or a part of it; None where they do."""
    return _hand(ctx, rotation, shift, by, to=by)


def hand(ctx: Context, rotation: str, shift: Stint, by: str, *, to: str) -> Refusal | None:
    """Let *to* have a shift because who manages the rotation says so; None where they do."""
    return _hand(ctx, rotation, shift, by, to=to)


def give_back(ctx: Context, rotation: str, shift: Stint, by: str) -> Refusal | None:
    """Undo by what a shift is its person's, of a swap both halves; None where it is undone.

    Who took it over, whose it was and who manages the rotation may. A swap is undone by agreement: who swaps
    the two shifts again has them back.
    """
    now = ctx.now()
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, rotation)
        if kept is None or kept.has_ended(now):
            return Refusal(No.ENDED)
        outcome = giving_back(shift_changes.layers_ahead(tx, kept, now), shift, now)
        if isinstance(outcome, Refusal):
            return outcome
        coming = {each.override.id: each for each in overrides.coming(tx, kept.key, now)}
        undone = [coming[each.id] for each in outcome.undone]
        is_swap = any(each.override.swap for each in undone)
        parties = {each for over in undone for each in (over.override.person, over.instead_of)}
        if not (may_decide(tx, ctx, by, kept) or (by in parties and not is_swap)):
            return Refusal(No.NOT_ALLOWED, by=kept.profile.lead)
        once = shift_changes.keep(tx, ctx, kept, outcome, by)
        for each in undone:
            over = each.override
            to = [one for one in (over.person, each.instead_of) if one != by]
            span = (max(over.start, now), over.end)
            note = Note("given_back", (span,), by=by, person=over.person, whose=each.instead_of)
            cover_notes.tell(tx, ctx, kept, note, to=to, once=f"{once}:{over.id}")
    return None


def _hand(ctx: Context, rotation: str, shift: Stint, by: str, *, to: str) -> Refusal | None:
    now = ctx.now()
    with ctx.database.transaction() as tx:
        kept = rotations.lock(tx, rotation)
        if kept is None or kept.has_ended(now):
            return Refusal(No.ENDED)
        if by != to and not may_decide(tx, ctx, by, kept):
            return Refusal(No.NOT_ALLOWED, by=kept.profile.lead)
        if not may_cover(tx, to, kept):
            return Refusal(No.NOT_A_MEMBER, by=kept.profile.lead)
        layers = shift_changes.layers_ahead(tx, kept, now)
        outcome = taking(kept.history, layers, shift, to, now)
        if isinstance(outcome, Refusal):
            return outcome
        once = shift_changes.keep(tx, ctx, kept, outcome, by)
        span = (outcome.made[0].start, outcome.made[-1].end)
        note = Note("taken" if by == to else "handed", (span,), by=by, person=to, whose=shift.person)
        told = (shift.person, to, kept.profile.lead if by != to else None)
        readers = [each for each in told if each != by]
        cover_notes.tell(tx, ctx, kept, note, to=readers, once=once)
    return None
