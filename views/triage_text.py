"""Why Bugle does not do what somebody pressed, said to that person alone."""

from domain.message import Audience, Message
from domain.triage import Refusal, Why
from views.text import person, translator


def refusal(why: Refusal, language: str) -> str:
    """Return the answer to a press, as mrkdwn: what, why, the way out."""
    t = translator(language)
    by = person(why.by) if why.by else t("Somebody")
    allowed = t.listing([_mention(each) for each in why.allowed])
    return {
        Why.NOT_ALLOWED: t(
            "Nothing was changed: this is for those who triage, {allowed}. Ask one of them, or ask an admin"
            " to add you under [roles] in bugle.toml."
        ),
        Why.GROUPS_UNKNOWN: t(
            "Nothing was changed: Bugle does not know yet who is in {allowed}. Try again in a minute."
        ),
        Why.CLOSED: t("{person} has closed this report already. Reopen it first if that was wrong.")
        if why.by
        else t("This report's issue is done in Jira. Reopen it first if that was wrong."),
        Why.NOT_CLOSED: t("This report is open already."),
        Why.TAKEN: t("{person} has taken it already."),
        Why.OWN_DUPLICATE: t("That report is a duplicate of this one. Choose another."),
        Why.ANSWERED: t("This question has its answer already."),
        Why.NOT_ASKED: t("This question is for {person}."),
    }[why.why].format(person=by, allowed=allowed)


def refusal_on_form(why: Refusal, language: str) -> str:
    """Return the same as the error on a field of a form, where nobody can be mentioned."""
    t = translator(language)
    return {
        Why.NOT_ALLOWED: t("You may not triage this report any more."),
        Why.GROUPS_UNKNOWN: t("Bugle does not know your user groups right now. Try again in a minute."),
        Why.CLOSED: t("Somebody has closed this report meanwhile. Close this form and look at the card."),
        Why.NOT_CLOSED: t("This report is open already."),
        Why.TAKEN: t("Somebody has taken it already."),
        Why.OWN_DUPLICATE: t("That report is a duplicate of this one. Choose another."),
        Why.ANSWERED: t("This question has its answer already."),
        Why.NOT_ASKED: t("This question is for somebody else."),
    }[why.why]


def outsider(language: str) -> Message:
    """Return the answer to people of other companies who press something of ours."""
    t = translator(language)
    said = t(
        "This is for the people of the company that runs Bugle. Nothing was changed; write in the channel."
    )
    return Message(said, audience=Audience.OUTSIDE)


def _mention(triager: str) -> str:
    return f"<!subteam^{triager}>" if triager.startswith("S") else person(triager)
