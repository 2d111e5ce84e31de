"""A stretch of duty in words: who has it, from when to when, and why it is not the one whose turn it is."""

from datetime import datetime

from domain.duty import Duty, Why
from views.text import Translator, moment, person


def why_words(t: Translator, duty: Duty) -> str:
    """Return why somebody else than usual, or nobody, is on duty; empty where it is simply their turn."""
    holder = person(duty.turn.holder)
    match duty.why:
        case Why.STAND_IN:
            return t("stands in for {person}, who is away").format(person=holder)
        case Why.OVERRIDE if duty.person != duty.turn.holder:
            return t("takes this in place of {person}").format(person=holder)
        case Why.SWAP if duty.person != duty.turn.holder:
            return t("swapped with {person}").format(person=holder)
        case Why.ALL_AWAY:
            return t("everybody is away")
        case Why.CLOSED:
            return t("outside the hours of duty")
        case _:
            return ""


def who_words(t: Translator, duty: Duty) -> str:
    """Return who is on duty, and why where it is not simply their turn."""
    why = why_words(t, duty)
    who = person(duty.person) if duty.person else t("nobody")
    return f"{who} ({why})" if why else who


def span(start: datetime, end: datetime) -> str:
    """Return from when to when, in the reader's zone."""
    return f"{moment(start)} – {moment(end)}"
