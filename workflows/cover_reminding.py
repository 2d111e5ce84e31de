"""What time does to requests for cover: reminders as the shift comes near, and an end when it begins."""

from domain.cover_request import CoverRequest, State, is_overtaken, reminder_after
from domain.effects import Outcome
from domain.wall_clock import zone_named
from storage import cover_requests, overrides, rotations
from views.cover_notes import Note
from workflows import cover_closing, cover_notes, cover_posts, shift_changes
from workflows.context import Context


def remind(ctx: Context) -> None:
    """See to every open request that something is due of; a second tick finds nothing to do."""
    with ctx.database.reading() as tx:
        waiting = cover_requests.all_open(tx)
    for request in waiting:
        _see_to(ctx, request, is_gone=any(_has_left(ctx, each) for each in (request.whose, request.asked)))


def point_out_leavers(ctx: Context) -> None:
    """Tell leads of shifts that were taken over by people whose account is closed since; of each once."""
    now = ctx.now()
    with ctx.database.reading() as tx:
        found = [(each, overrides.coming(tx, each.key, now)) for each in rotations.all_kept(tx)]
    for kept, coming in found:
        left = {person for person in {each.override.person for each in coming} if _has_left(ctx, person)}
        theirs = [each for each in coming if each.override.person in left]
        if not theirs:
            continue
        with ctx.database.transaction() as tx:
            for each in theirs:
                over = each.override
                to = [kept.profile.lead, each.instead_of]
                note = Note("taker_left", ((over.start, over.end),), person=over.person)
                cover_notes.tell(tx, ctx, kept, note, to=to, once=over.id)


def _see_to(ctx: Context, waiting: CoverRequest, *, is_gone: bool) -> None:
    now = ctx.now()
    with ctx.database.transaction() as tx:
        found = cover_closing.lock(tx, waiting.id)
        if found is None or not found[0].is_open:
            return
        request, kept = found
        layers = shift_changes.layers_ahead(tx, kept, now)
        if request.lapses_at <= now:
            cover_closing.close(tx, ctx, kept, request, State.LAPSED)
        elif is_gone:
            cover_closing.close(tx, ctx, kept, request, State.GONE)
        elif kept.has_ended(now) or is_overtaken(kept.history, layers, request, now):
            cover_closing.close(tx, ctx, kept, request, State.OVERTAKEN)
        elif request.remind_at is not None and request.remind_at <= now:
            zone = zone_named(kept.history.latest.zone)
            again = reminder_after(now, request.lapses_at, kept.profile.hours, zone)
            number = request.reminders + 1
            reminded = cover_requests.change(tx, request, remind_at=again, reminders=number)
            cover_posts.post(tx, ctx, kept, reminded)
            note = Note("unanswered", ((request.start, request.end),), person=request.asked)
            to = [request.whose, request.asked_by]
            cover_notes.tell(tx, ctx, kept, note, to=to, once=f"{request.id}:{number}")


def _has_left(ctx: Context, person: str | None) -> bool:
    """Tell whether somebody's account is closed; no, while Slack does not tell."""
    if person is None:
        return False
    try:
        return ctx.slack.person(person).deleted
    except Outcome:
        return False
