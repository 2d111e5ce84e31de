"""What people are told of a change of a rotation: its channel in a line, those whom it touches directly."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from domain.duty import Duty
from domain.message import Message
from domain.rotation_edit import Deed, Edit
from views.duty_words import span
from views.rotation_form.words import field_name
from views.text import Translator, cut_escaped, moment, translator

NAME = 80  # characters of a rotation's or a person's name


class Concern(StrEnum):
    """How a change concerns somebody."""

    ADDED = "added"
    REMOVED = "removed"
    RETIMED = "retimed"
    ENDED = "ended"


def edit_line(
    edit: Edit, rotation: str, first: tuple[str, datetime], names: Mapping[str, str], language: str
) -> Message:
    """Return the line in the rotation's channel; *first* is who begins in a new one, and when."""
    t = translator(language)
    said = {
        Deed.MADE: t("{by} made the rotation *{rotation}*. {first} begins, at {time}."),
        Deed.CHANGED: t("{by} changed the rotation *{rotation}*: {fields}."),
        Deed.ENDED: t("{by} ended the rotation *{rotation}*."),
    }[edit.deed]
    beginner, begins = first
    told = said.format(
        by=_named(edit.by, names),
        rotation=cut_escaped(rotation, NAME),
        first=_named(beginner, names),
        time=moment(begins),
        fields=t.listing([field_name(t, each) for each in edit.fields]),
    )
    return Message(" ".join([told, *_more(t, edit, names)]))


def edit_note(
    concern: Concern, edit: Edit, rotation: str, *, by: str, shift: Duty | None, language: str
) -> Message:
    """Return what somebody is told directly; *shift* is the next one of theirs, where they have one."""
    t = translator(language)
    said = {
        Concern.ADDED: t("{by} added you to the rotation *{rotation}*."),
        Concern.REMOVED: t("{by} took you out of the rotation *{rotation}*: you have no more shifts in it."),
        Concern.RETIMED: t("{by} changed the turns of the rotation *{rotation}*, from {time} on."),
        Concern.ENDED: t("{by} ended the rotation *{rotation}*: you have no more shifts in it."),
    }[concern]
    told = said.format(
        by=cut_escaped(by, NAME), rotation=cut_escaped(rotation, NAME), time=moment(edit.starts_at or edit.at)
    )
    if shift is None or concern in (Concern.REMOVED, Concern.ENDED):
        return Message(told)
    coming = t("Your next shift: {span}.").format(span=span(shift.start, shift.end))
    return Message(f"{told} {coming}")


def _more(t: Translator, edit: Edit, names: Mapping[str, str]) -> list[str]:
    more = []
    if edit.added:
        more.append(t("New in it: {people}.").format(people=_people(t, edit.added, names)))
    if edit.removed:
        more.append(t("No longer in it: {people}.").format(people=_people(t, edit.removed, names)))
    if edit.starts_at is not None:
        more.append(t("Hand-offs come as newly set from {time} on.").format(time=moment(edit.starts_at)))
    return more


def _people(t: Translator, users: Sequence[str], names: Mapping[str, str]) -> str:
    return t.listing([_named(user, names) for user in users[:10]])


def _named(user: str, names: Mapping[str, str]) -> str:
    return cut_escaped(names.get(user, user), NAME)
