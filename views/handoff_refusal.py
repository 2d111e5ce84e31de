"""Why a press on a bug of a hand-off changed nothing, said to who pressed."""

from domain.handoff import WhyNot
from views.text import person, translator


def not_handed_over(why: WhyNot, by: str | None, language: str) -> str:
    """Return the answer to a late press; *by* is whose deed came before."""
    t = translator(language)
    somebody = t("Somebody")
    return {
        WhyNot.CLOSED: t("{person} has closed this report meanwhile: there is nothing left to hand over."),
        WhyNot.ACCEPTED: t("{person} has accepted it already, and goes on with it."),
        WhyNot.TAKEN: t("{person} has taken it meanwhile."),
        WhyNot.KEPT: t("{person} keeps it after all."),
        WhyNot.PASSED_ELSEWHERE: t("It was passed on to {person} meanwhile."),
        WhyNot.ON_DUTY_AGAIN: t("You are on duty again yourself: there is nobody to pass it on to."),
        WhyNot.NOBODY_ON_DUTY: t("Nobody is on duty now, so it stays with you. Try again when somebody is."),
    }[why].format(person=person(by) if by else somebody)
