"""The forms that settle a customer issue, and why Bugle does not do what somebody pressed on its card."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from domain.customer_issue import CustomerIssue, State
from domain.settling import Refusal, Why, tidy_tag, tidy_tags
from domain.triage import Original
from views.blocks import Block, field, modal, option, plain, section, typed
from views.customer_card import quote
from views.report_form.state import State as Values
from views.text import Translator, person, translator

FEEDBACK = "customer_feedback"
ANSWERED = "customer_answered"
NOT_OURS = "customer_not_ours"
TAGS = "customer_tags"
NOTE = "customer_note"
SAME = "customer_same"
CHOICE = "customer_same_choice"
NOTE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Settled:
    """A submitted form: of which customer issue, in which language, what was chosen and typed there."""

    issue: str
    language: str
    tags: tuple[str, ...]
    note: str
    report: str | None


class About(NamedTuple):
    """What every form keeps: which customer issue it is about, and its reader's language."""

    issue: CustomerIssue
    language: str


def feedback_form(issue: CustomerIssue, language: str) -> Block:
    """Return the form that asks for the tags of feedback on a product."""
    t = translator(language)
    tags = [option(tag, tag) for each in issue.told.tags if (tag := tidy_tag(each))]
    element: Block = {
        "type": "multi_external_select",
        "action_id": TAGS,
        "placeholder": plain(t("Choose or type tags")),
        "min_query_length": 0,
        "max_selected_items": 10,
        **({"initial_options": tags[:10]} if tags else {}),
    }
    hint = t("It is kept and counted by its tags. The one who passed it on reads that.")
    asked = field(_tags_block(issue.told.product), t("Tags"), element, hint=hint, optional=True)
    return _form(FEEDBACK, t("Product feedback"), [asked], t("Keep"), About(issue, language))


def answered_form(issue: CustomerIssue, language: str) -> Block:
    """Return the form that asks what the customer was answered, for who passed it on."""
    t = translator(language)
    hint = t("The channel and the one who passed it on read this; the customer does not.")
    note = field(
        NOTE, t("What they were told"), typed(NOTE, multiline=True, most=NOTE_LIMIT), hint=hint, optional=True
    )
    return _form(ANSWERED, t("Answered"), [note], t("Settle it"), About(issue, language))


def not_ours_form(issue: CustomerIssue, language: str) -> Block:
    """Return the form that asks why a customer issue is not for us."""
    t = translator(language)
    hint = t("The channel and the one who passed it on read this; the customer does not.")
    reason = field(NOTE, t("Reason"), typed(NOTE, multiline=True, most=NOTE_LIMIT), hint=hint)
    return _form(NOT_OURS, t("Not for us"), [reason], t("Settle it"), About(issue, language))


def same_form(issue: CustomerIssue, language: str) -> Block:
    """Return the form that asks which report a customer issue is another case of."""
    t = translator(language)
    known: Block = {
        "type": "external_select",
        "action_id": CHOICE,
        "placeholder": plain(t("Type an issue key or words")),
        "min_query_length": 0,
    }
    hint = t("The customer counts there. What they said goes to its thread and to its Jira issue.")
    choice = field(_choice_block(issue.id), t("The same problem as"), known, hint=hint)
    return _form(SAME, t("It is this bug"), [choice], t("Add it"), About(issue, language))


def issue_of_choice(block_id: str) -> str:
    """Return the customer issue that a request for options is about."""
    return block_id.partition(":")[2]


def read_settled(view: Mapping[str, Any]) -> Settled:
    """Return what a submitted form says; a blank note is empty."""
    kept, values = json.loads(view["private_metadata"]), Values(view["state"]["values"])
    tags = tidy_tags(tuple(values.options(_tags_block(kept["product"]), TAGS)))
    chosen = values.option(_choice_block(kept["issue"]), CHOICE)
    report = Original.chosen(chosen).report if chosen else None
    return Settled(kept["issue"], kept["language"], tags, values.text(NOTE, NOTE).strip(), report)


def product_of_tags(block_id: str) -> str:
    """Return the product whose tags a request for options is about."""
    return block_id.partition(":")[2]


def tag_options(found: Sequence[tuple[str, int]], typed_text: str, language: str) -> list[Block]:
    """Return tags to choose from, with how often each was given, and what was typed as a new one."""
    t = translator(language)
    options = [option(f"{tag} ({times})", tag) for tag, times in found[:99]]
    new = tidy_tag(typed_text)
    if new and new not in {tag for tag, _ in found}:
        options.append(option(t("New tag: {tag}").format(tag=new), new))
    return options


def empty_reason(language: str) -> str:
    """Return the error on a reason that holds nothing but blanks."""
    t = translator(language)
    return t("Write at least a word.")


def nothing_chosen(language: str) -> str:
    """Return the error where no report was chosen."""
    t = translator(language)
    return t("Choose the report that it is.")


def not_settled(why: Refusal, language: str) -> str:
    """Return the answer to a press, as mrkdwn: what, why, the way out."""
    t = translator(language)
    if why.why is Why.SETTLED:
        said = t("{person} has settled it already: {outcome}. Open it again first if that was wrong.")
        return said.format(person=person(why.by) if why.by else "Bugle", outcome=_outcome(t, why.state))
    return _plain_refusal(why, language)


def not_settled_on_form(why: Refusal, language: str) -> str:
    """Return the same as the error on a field of a form, where nobody can be mentioned."""
    t = translator(language)
    if why.why is Why.SETTLED:
        said = t("Somebody has settled it meanwhile: {outcome}. Close this form and look at the card.")
        return said.format(outcome=_outcome(t, why.state))
    return _plain_refusal(why, language)


def _plain_refusal(why: Refusal, language: str) -> str:
    t = translator(language)
    return {
        Why.NOT_YOURS: t(
            "Nothing was changed: guests may read this, but not decide it. Ask somebody in the channel."
        ),
        Why.SETTLED: "",
        Why.OPEN: t("Somebody has opened it again already."),
        Why.NO_BUG: t("That report was closed as not a bug. Reopen it first, or report a bug."),
    }[why.why]


def _outcome(t: Translator, state: State | None) -> str:
    return {
        State.BUG: t("a bug report"),
        State.FEEDBACK: t("product feedback"),
        State.ANSWERED: t("answered"),
        State.NOT_OURS: t("not for us"),
    }[state or State.ANSWERED]


def _tags_block(product: str) -> str:
    # Requests for options carry no other field's state: the block's id says which product they are about.
    return f"{TAGS}:{product}"


def _choice_block(issue: str) -> str:
    return f"{CHOICE}:{issue}"


def _form(callback_id: str, title: str, blocks: list[Block], submit: str, about: About) -> Block:
    issue, language = about
    kept = json.dumps({"issue": issue.id, "product": issue.told.product, "language": language})
    t = translator(language)
    said = section(quote(t, issue, 300))
    return modal(callback_id, title, [said, *blocks], submit=submit, close=t("Cancel"), kept=kept)
