"""Telling of a change of a rotation: a line in its channels, and a note to each whose shifts it touches."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.duty import Duty
from domain.effects import Attempt, Effect, Gateway
from domain.message import Message
from domain.preview import coming
from domain.rotation_edit import Deed, Edit
from domain.rotation_profile import KeptRotation
from gateways.slack import Person
from storage import effects, rotation_edits, rotations
from storage.database import Transaction
from storage.driver import Kind
from views.rotation_news import Concern, edit_line, edit_note
from workflows.context import Context
from workflows.duty_news import channels
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.people import names_of
from workflows.reaching import write_to
from workflows.rotation_drafting import layers
from workflows.showing import keep_inside

_LOOKED_AT = 400  # shifts, to find somebody's next one


def tell(tx: Transaction, ctx: Context, kept: KeptRotation, edit: Edit) -> None:
    """Decide what is said of a change, in the transaction that makes it; who made it knows."""
    args = {"rotation": edit.rotation, "version": edit.version}
    once = f"{edit.rotation}:{edit.version}"
    lines = [
        Effect("say_edit", f"say_edit:{once}:{channel}", slack_lane(channel), args | {"channel": channel})
        for channel in channels(ctx, kept)
    ]
    notes = [
        Effect(
            "tell_edit", f"tell_edit:{once}:{user}", slack_lane(user), args | {"to": user, "concern": concern}
        )
        for user, concern in _concerned(kept, edit)
        if user != edit.by
    ]
    effects.decide(tx, [*lines, *notes], ctx.now())


def _concerned(kept: KeptRotation, edit: Edit) -> Iterator[tuple[str, Concern]]:
    members = kept.history.latest.members
    yield from ((user, Concern.REMOVED) for user in edit.removed)
    if edit.deed is Deed.ENDED:
        yield from ((user, Concern.ENDED) for user in members)
        return
    added = members if edit.deed is Deed.MADE else edit.added
    yield from ((user, Concern.ADDED) for user in added)
    if edit.starts_at is not None:
        yield from ((user, Concern.RETIMED) for user in members if user not in added)


def _say(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str:
    with ctx.database.reading() as tx:
        edit, kept = _told(tx, args)
    keep_inside(ctx, args["channel"])
    first = kept.history.first
    beginner = kept.history.holder(first)
    assert beginner is not None
    names = names_of(ctx, (edit.by, beginner, *edit.added, *edit.removed))
    message = edit_line(edit, kept.name, (beginner, first), names, kept.profile.language)
    return ctx.slack.post(args["channel"], message, key=attempt.key, doubt=attempt.doubt)


def _tell(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    with ctx.database.reading() as tx:
        edit, kept = _told(tx, args)
        shift = _next_shift(tx, ctx, kept, args["to"])
    by = names_of(ctx, [edit.by])[edit.by]

    def note(reader: Person) -> Message:
        return edit_note(
            Concern(args["concern"]), edit, kept.name, by=by, shift=shift, language=reader.language
        )

    written = write_to(ctx, args["to"], note, attempt)
    return written[1] if written else None


def _told(tx: Transaction, args: Mapping[str, Any]) -> tuple[Edit, KeptRotation]:
    kept = rotations.find(tx, args["rotation"])
    assert kept is not None
    return rotation_edits.get(tx, args["rotation"], args["version"]), kept


def _next_shift(tx: Transaction, ctx: Context, kept: KeptRotation, user: str) -> Duty | None:
    now = ctx.now()
    shifts = coming(kept.history, layers(tx, ctx, kept.key), now, _LOOKED_AT)
    return next((each for each in shifts if each.person == user), None)


EFFECTS = (
    Kind("say_edit", Gateway.SLACK, _say, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
    Kind("tell_edit", Gateway.SLACK, _tell, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),
)
