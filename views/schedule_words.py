"""What lowers the score of a schedule, in words, with what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from domain.duty_quality import Advice, Cause, Finding
from views.text import Translator


@dataclass(frozen=True, slots=True)
class Naming:
    """How people, rotations (by their keys) and instants are written where the words will stand."""

    person: Callable[[str], str]
    rotation: Callable[[str], str]
    moment: Callable[[datetime], str]


def finding_words(t: Translator, found: Finding, naming: Naming) -> str:
    """Return a finding and its advice, two sentences."""
    named = {
        "person": naming.person(found.person) if found.person else "",
        "rotation": naming.rotation(found.other) if found.other else "",
        "other": naming.person(found.swap_with) if found.swap_with else "",
        "length": t.duration(found.length),
        "time": naming.moment(found.at),
    }
    return f"{_what(t, found.cause)} {_advice(t, found)}".format(**named)


def _what(t: Translator, cause: Cause) -> str:
    return {
        Cause.GAP: t("Nobody is on duty for {length} in all, first from {time}."),
        Cause.GONE: t("{person} has left Slack and has {length} of duty, first from {time}."),
        Cause.DOUBLE: t("{person} is on duty for {rotation} too, {length} in all, first from {time}."),
        Cause.HOURS: t("{person} has {length} of duty more than an even share."),
        Cause.NIGHTS: t("{person} has {length} of nights more than an even share."),
        Cause.WEEKENDS: t("{person} has {length} of weekends more than an even share."),
    }[cause]


def _advice(t: Translator, found: Finding) -> str:
    match found.advice:
        case Advice.REMOVE:
            return t("Take them out of the rotation.")
        case Advice.SWAP:
            return t("Swap a turn of {person} with one of {other}.")
        case Advice.MOVE_HANDOFF:
            return t("Move the hand-off to when {rotation} has its own.")
        case Advice.ADD_MEMBER if found.cause in (Cause.NIGHTS, Cause.WEEKENDS):
            return t("Add a member: with so many, the same days always come to the same people.")
        case Advice.ADD_MEMBER:
            return t("Add a member who can take it.")
