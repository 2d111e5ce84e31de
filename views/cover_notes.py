"""Notes about shifts that change hands, told to one person: what happened, and what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.message import Message
from views.blocks import actions, button, context, section
from views.rotation_ids import MY_SHIFTS
from views.spans import span
from views.text import Translator, cut_escaped, person, translator


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says: by its name below, with the stretches and people that it is about.

    *by* did it, *person* is who was asked, took over or is away, *whose* the shift was. *more* counts the
    stretches that are left out. Instants are aware UTC.
    """

    name: str
    spans: tuple[tuple[datetime, datetime], ...] = ()
    by: str | None = None
    person: str | None = None
    whose: str | None = None
    more: int = 0


def note_to_dict(note: Note) -> dict[str, Any]:
    """Write a note as JSON can hold it."""
    spans = [[start.isoformat(), end.isoformat()] for start, end in note.spans]
    people = {"by": note.by, "person": note.person, "whose": note.whose}
    return {"name": note.name, "spans": spans, "more": note.more, **people}


def note_from_dict(record: Mapping[str, Any]) -> Note:
    """Read a note that `note_to_dict` wrote."""
    spans = tuple((datetime.fromisoformat(one), datetime.fromisoformat(two)) for one, two in record["spans"])
    return Note(**{**record, "spans": spans})


def cover_note(note: Note, rotation: str, reader: str, language: str) -> Message:
    """Return a note for its reader about a rotation by its name; an empty one is about all."""
    t = translator(language)
    said = _said(t, note, reader)
    when = [span(*each) for each in note.spans]
    if note.more:
        when.append(t.plural("and {count} other", "and {count} others", note.more))
    about = ([f"*{cut_escaped(rotation, 75)}*"] if rotation else []) + when
    row = actions("cover_note", [button(t("My shifts"), MY_SHIFTS, "note")])
    return Message(text=said, blocks=(section(said), context("\n".join(about)), row))


def _said(t: Translator, note: Note, reader: str) -> str:
    """Return what a note says to its reader: the first of its sentences that is for somebody like them."""
    likes = [name for name in ("whose", "person", "by") if getattr(note, name) == reader]
    everyone = [] if note.person else ["everyone"]
    said = next(
        (sentence for each in (*likes, *everyone) if (sentence := NOTES.get(f"{note.name}:{each}"))),
        None,
    )
    sentence = said or NOTES[note.name]
    people = {"by": note.by, "person": note.person, "whose": note.whose}
    return sentence(t).format(
        **{name: person(user) if user else t("nobody") for name, user in people.items()}
    )


# By the name of the note; after a colon, for the one whose the shift was (whose), who was asked or took it
# over (person), who did it (by), or where nobody in particular was asked (everyone).
NOTES: Mapping[str, Callable[[Translator], str]] = {
    "cover_accepted": lambda t: t("{by} covers this shift for {whose}."),
    "cover_accepted:by": lambda t: t("You cover this shift for {whose}."),
    "cover_accepted:whose": lambda t: t("{by} covers your shift."),
    "cover_declined": lambda t: t("{by} cannot cover this shift. It stays as it was; ask somebody else."),
    "cover_withdrawn": lambda t: t("{by} took the request about this shift back. It stays as it was."),
    "cover_lapsed": lambda t: t("Nobody answered the request in time. The shift stays with {whose}."),
    "cover_lapsed:whose": lambda t: t("Nobody answered your request in time. The shift stays yours."),
    "cover_overtaken": lambda t: t("This shift is somebody else's now. The request about it has ended."),
    "cover_gone": lambda t: t(
        "Who was asked about this shift cannot be reached any more. Ask somebody else."
    ),
    "swap_accepted": lambda t: t("{by} and {whose} have swapped these shifts."),
    "swap_accepted:whose": lambda t: t(
        "{by} swaps with you: the first shift is theirs now, the second yours."
    ),
    "swap_declined": lambda t: t(
        "{by} does not swap these shifts. They stay as they were; ask somebody else."
    ),
    "swap_withdrawn": lambda t: t("{by} took the request about this shift back. It stays as it was."),
    "swap_lapsed": lambda t: t("Nobody answered the request in time. The shift stays with {whose}."),
    "swap_lapsed:whose": lambda t: t("Nobody answered your request in time. The shift stays yours."),
    "swap_overtaken": lambda t: t(
        "One of these shifts is somebody else's now. The request to swap has ended."
    ),
    "swap_gone": lambda t: t("Who was asked about this shift cannot be reached any more. Ask somebody else."),
    "asked_for_you": lambda t: t("{by} asked {person} about this shift of yours."),
    "asked_for_you:everyone": lambda t: t("{by} asked everyone to cover this shift of yours."),
    "taken": lambda t: t("{by} took over your shift."),
    "handed": lambda t: t("{by} gave this shift of {whose} to {person}."),
    "handed:person": lambda t: t("{by} gave you this shift of {whose}."),
    "handed:whose": lambda t: t("{by} gave your shift to {person}."),
    "given_back": lambda t: t("{by} undid the change of this shift. It goes by the order of turns again."),
    "given_back:whose": lambda t: t("{by} undid the change of this shift. It is yours again."),
    "unanswered": lambda t: t("{person} has not answered yet and was reminded. You can ask everyone too."),
    "unanswered:everyone": lambda t: t("Nobody has answered the request for cover yet. All were reminded."),
    "taker_left": lambda t: t("{person} took over this shift, but left Slack. Give it to somebody else."),
    "away": lambda t: t("{by} noted time off for you."),
    "away_stand_in": lambda t: t("You stand in for {person}, who has time off."),
    "away_gap": lambda t: t(
        "{person} has time off and nobody is left to stand in. Give the shift to somebody."
    ),
    "back": lambda t: t("{by} cancelled your time off."),
    "back_stand_in": lambda t: t("{person} is there after all. You do not stand in any more."),
    "back_gap": lambda t: t("{person} is there after all. There is no gap any more."),
}
