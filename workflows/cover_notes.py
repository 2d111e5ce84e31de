"""Telling those whom it concerns that duty has changed hands, or does not: each once, in their language."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.effects import Attempt, Effect, Gateway
from domain.message import Message
from domain.rotation_profile import KeptRotation
from gateways.slack import Person
from storage import effects, rotations
from storage.database import Transaction
from storage.driver import Kind
from views.cover_notes import Note, cover_note, note_from_dict, note_to_dict
from workflows.context import Context
from workflows.lanes import CHANNEL_SECONDS, POST_PACE, slack_lane
from workflows.reaching import write_to


def tell(
    tx: Transaction,
    ctx: Context,
    kept: KeptRotation | None,
    note: Note,
    *,
    to: Iterable[str | None],
    once: str,
) -> None:
    """Decide a note about a rotation, or about all, to each of these people, nobody twice.

    `once` tells it from other notes of its name.
    """
    args = {"rotation": kept.key if kept else None, "note": note_to_dict(note)}
    readers = dict.fromkeys(each for each in to if each is not None)
    notes = [
        Effect(
            "write_cover_note",
            f"write_cover_note:{note.name}:{once}:{reader}",
            slack_lane(reader),
            {**args, "to": reader},
        )
        for reader in readers
    ]
    effects.decide(tx, notes, ctx.now())


def _write(ctx: Context, args: Mapping[str, Any], attempt: Attempt) -> str | None:
    with ctx.database.reading() as tx:
        kept = rotations.find(tx, args["rotation"]) if args["rotation"] else None

    def message(reader: Person) -> Message:
        note = note_from_dict(args["note"])
        return cover_note(note, kept.name if kept else "", reader.id, reader.language)

    written = write_to(ctx, args["to"], message, attempt)
    return written[1] if written else None


EFFECTS = (Kind("write_cover_note", Gateway.SLACK, _write, paces=(POST_PACE,), lane_pace=CHANNEL_SECONDS),)
