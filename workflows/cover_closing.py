"""How a request for cover ends: its messages say so, and those whom it concerns are told."""

from domain.cover_request import CoverRequest, State
from domain.rotation_profile import KeptRotation
from storage import cover_requests, rotations
from storage.database import Transaction
from views.cover_notes import Note
from workflows import cover_edits, cover_notes
from workflows.context import Context
from workflows.home_refreshing import refresh_home


def lock(tx: Transaction, request_id: str) -> tuple[CoverRequest, KeptRotation] | None:
    """Return a request with its rotation, which nobody else changes before this transaction ends."""
    found = cover_requests.get(tx, request_id)
    kept = rotations.lock(tx, found.rotation) if found else None
    request = cover_requests.get(tx, request_id)
    return None if request is None or kept is None else (request, kept)


def close(
    tx: Transaction,
    ctx: Context,
    kept: KeptRotation,
    request: CoverRequest,
    state: State,
    *,
    by: str | None = None,
    quietly: bool = False,
) -> CoverRequest:
    """End an open request of a locked rotation; *quietly* where those concerned are told otherwise."""
    closed = cover_requests.change(
        tx, request, state=state, answered_by=by, answered_at=ctx.now(), remind_at=None
    )
    cover_edits.refresh(tx, ctx, closed)
    if not quietly:
        to = [each for each in _concerned(kept, closed) if each != by or state is State.ACCEPTED]
        spans = tuple((each.start, each.end) for each in (closed.shift, closed.other) if each)
        name = f"{'swap' if closed.other else 'cover'}_{state}"
        note = Note(name, spans, by=by, person=closed.asked, whose=closed.whose)
        cover_notes.tell(tx, ctx, kept, note, to=to, once=closed.id)
    refresh_home(tx, ctx, closed.whose, closed.asked_by, closed.asked, by)
    return closed


def _concerned(kept: KeptRotation, request: CoverRequest) -> list[str | None]:
    """List who is told how a request ended; who was asked reads it on the message they were asked with."""
    to: list[str | None] = [request.whose, request.asked_by]
    on_behalf = request.whose != request.asked_by
    if request.state is State.LAPSED or (on_behalf and request.state is State.ACCEPTED):
        to.append(kept.profile.lead)
    if request.state is State.ACCEPTED and request.asked is None:
        to.append(request.answered_by)
    return to
