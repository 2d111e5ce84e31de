"""What is said to who changes shifts: why it cannot be, with the way out, and what was done."""

from domain.covering import No, Refusal
from views.spans import span
from views.text import Translator, person, translator


def refusal_on_form(refused: Refusal, language: str) -> str:
    """Return the same at a field, where Slack shows neither names nor times."""
    t = translator(language)
    return _plainly(t, refused.no).format(person=t("the lead"))


def refusal(refused: Refusal, language: str) -> str:
    """Return why shifts do not change hands, and what to do instead."""
    t = translator(language)
    if refused.no is No.IN_THE_WAY and refused.override is not None:
        over = refused.override
        said = t(
            "{person} has taken over {span} already. They can give it back, or ask for cover themselves."
        )
        return said.format(person=person(over.person), span=span(over.start, over.end))
    if refused.no is No.CHANGED and refused.duty is not None:
        duty = refused.duty
        who = person(duty.person) if duty.person else t("nobody")
        said = t("Nothing was changed: on {span} the duty is {person}'s now. Look at the list again.")
        return said.format(span=span(duty.start, duty.end), person=who)
    return _plainly(t, refused.no).format(person=person(refused.by) if refused.by else t("an admin"))


def _plainly(t: Translator, no: No) -> str:
    return {
        No.REVERSED: t("The end is not after the start. Choose a later end."),
        No.ENDED: t(
            "That has ended or begun already, so nothing was changed. Choose a shift that is to come."
        ),
        No.TOO_LONG: t("That is longer than a year. Choose a shorter part."),
        No.OWN: t("It is theirs already. Choose somebody else."),
        No.IN_THE_WAY: t("Somebody has taken over a part of it already. Give that back first."),
        No.CHANGED: t("Nothing was changed: the shift is somebody else's now. Look at the list again."),
        No.HALF_OVER: t("The other half of this swap has been. Ask for cover of this shift instead."),
        No.NOTHING: t("There is nothing to give back: this shift goes by the order of turns."),
        No.SETTLED: t("This is settled already. The message says how."),
        No.ASKED: t("This is asked already. Wait for the answer, or ask somebody else."),
        No.NOT_ASKED: t("This was asked of {person}, who alone can answer."),
        No.NOT_ALLOWED: t("This is not yours to decide. Ask {person}."),
        No.NOT_A_MEMBER: t("Only members of a rotation can cover. Ask {person} to add you."),
    }[no]


def asked_everyone(language: str) -> str:
    """Return what is said when everybody was asked."""
    t = translator(language)
    return t("Everyone is asked now. Who covers first has the shift; you will be told.")


def asked_one(user: str, language: str) -> str:
    """Return what is said when one person was asked."""
    t = translator(language)
    return t("{person} is asked now. You will be told the answer.").format(person=person(user))


def taken(user: str, language: str) -> str:
    """Return what is said when a shift is somebody's now."""
    t = translator(language)
    return t("The shift is {person}'s now. All concerned are told.").format(person=person(user))


def given_back(language: str) -> str:
    """Return what is said when a change was undone."""
    t = translator(language)
    return t("Undone: it is as it was before. All concerned are told.")


def withdrawn(language: str) -> str:
    """Return what is said when a request was taken back."""
    t = translator(language)
    return t("The request is taken back.")


def answered(language: str) -> str:
    """Return what is said when somebody answered a request."""
    t = translator(language)
    return t("Thank you. All concerned are told.")
