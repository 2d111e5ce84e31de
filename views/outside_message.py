"""What a customer reads of us in the channel shared with it: all that is said to people of other companies.

No other module makes messages for outsiders but the answer to one who presses a button of ours.
"""

import hashlib
import json

from domain.message import Audience, Message
from domain.privacy import IssueLink, OutsideView, Public
from views.blocks import Block, context, section
from views.text import Translator, cut, cut_escaped, escape, moment, translator
from views.thread_text import quoted

QUOTE = 1500
SENTENCE = 2500


def outside_message(view: OutsideView, language: str) -> Message:
    """Return what a customer reads of one thing it told us, in its own language."""
    t = translator(language)
    head = t("*{product}*: about what you told us, {when}").format(
        product=cut_escaped(view.product, 150), when=moment(view.told_at)
    )
    said = _state(t, view)
    blocks = (
        section(head),
        *([section(quoted(cut(view.quote, QUOTE)))] if view.quote.strip() else []),
        *([section(f"*{said}*")] if said else []),
        *([section(cut_escaped(view.sentence, SENTENCE))] if view.sentence.strip() else []),
        *([context(_issue(t, view.issue))] if view.issue else []),
    )
    told = " ".join(each for each in (said, cut_escaped(view.sentence, 500)) if each)
    text = f"{cut_escaped(view.product, 150)}: {told}".rstrip()
    return Message(text, blocks, Audience.OUTSIDE)


def digest_of(message: Message) -> str:
    """Return what tells one message from another that reads otherwise."""
    blocks: list[Block] = list(message.blocks)
    return hashlib.sha256(json.dumps([message.text, blocks], sort_keys=True).encode()).hexdigest()


def public_state(t: Translator, state: Public) -> str:
    """Return how far we are, as a customer is told."""
    return {
        Public.RECEIVED: t("We have received it, and somebody will look at it."),
        Public.LOOKED_AT: t("We are looking into it."),
        Public.WORKED_ON: t("Somebody is working on it."),
        Public.FIXED: t("It is fixed, and comes with one of the next versions."),
        Public.RELEASED: t("It is fixed."),
        Public.KEPT: t("We have kept it for those who plan the product."),
        Public.ANSWERED: t("You have our answer."),
        Public.LOOKED_INTO: t("We have looked into it."),
    }[state]


def _state(t: Translator, view: OutsideView) -> str:
    if view.state is None:
        return ""
    return _fixed_in(t, view) if view.versions else public_state(t, view.state)


def _fixed_in(t: Translator, view: OutsideView) -> str:
    return t("It is fixed in {version}.").format(version=cut_escaped(t.listing(view.versions), 200))


def _issue(t: Translator, issue: IssueLink) -> str:
    return t("We follow it as {issue}.").format(issue=f"<{escape(issue.url)}|{escape(issue.key)}>")
