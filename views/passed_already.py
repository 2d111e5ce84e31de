"""What stands in place of the form where a message was passed on before, or could not be opened."""

from domain.message import Message
from views.blocks import Block, plain, section
from views.customer_card import Shown, quote, state
from views.text import ago, cut, escape, link, person, translator
from views.thread_text import quoted


def passed_already(shown: Shown, url: str | None, language: str) -> Block:
    """Return a view that says who passed it on and what became of it; *url* is where its card can be read."""
    t = translator(language)
    issue = shown.issue
    by = person(issue.told.brought_by) if issue.told.brought_by else "Bugle"
    said = t("{person} passed this message on {ago}.").format(person=by, ago=ago(issue.brought_at))
    card = link(url, t("See it in its channel")) if url else t("It is on its way to its channel.")
    return {
        "type": "modal",
        "title": plain(t("Passed on already")),
        "close": plain(t("Done")),
        "blocks": [section(said), section(quote(t, issue, 500)), section(state(t, shown)), section(card)],
    }


def not_opened(text: str, code: str, language: str) -> Message:
    """Return what somebody reads whose form Slack did not open; what they typed is not lost."""
    t = translator(language)
    said = t("Slack did not let Bugle open the form. Please try again; admins find it in the log as {code}.")
    lines = [
        said.format(code=escape(code)),
        *([t("You had typed:"), quoted(cut(text, 2000))] if text else []),
    ]
    return Message("\n".join(lines))
