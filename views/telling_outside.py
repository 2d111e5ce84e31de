"""The forms by which one of our people tells a customer: what to add, then exactly what they will read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from domain.config import LANGUAGES
from domain.message import Message
from domain.privacy import LONGEST, Slip, Stop, Trouble
from views.blocks import Block, context, divider, field, modal, option, section, select, typed
from views.report_form.state import State as Values
from views.text import Translator, cut, cut_escaped, escape, person, translator

WRITE = "outside_write"
CONFIRM = "outside_confirm"
SENTENCE = "outside_sentence"
TONGUE = "outside_language"
_TONGUES = {"en": "English", "es": "Español", "zh_Hant": "繁體中文"}
_SHOWN = 5  # slips named on the form
STATUS = "status"  # the live message about a customer issue, which there is one of


@dataclass(frozen=True, slots=True)
class Told:
    """What the forms keep: whom one of our people is about to tell what.

    `language` is the reader's of the form, `theirs` that of the message; `channel`, its `name` and the
    `companies` in it are as they were when the form was opened. `digest` is of the message as it was shown.
    """

    issue: str
    language: str
    theirs: str
    channel: str
    name: str
    companies: tuple[str, ...]
    sentence: str = ""
    digest: str = ""
    once: str = STATUS

    @property
    def is_answer(self) -> bool:
        """Whether it says how it ended, once, and not how far we are."""
        return self.once != STATUS


def write_form(told: Told, customer: str) -> Block:
    """Return the form that asks what to add to what the customer reads."""
    t = translator(told.language)
    where = t("For *{customer}*, in {channel}.").format(
        customer=cut_escaped(customer, 150), channel=f"<#{told.channel}>"
    )
    nothing = t("Nothing is posted yet: next you see exactly what they will read.")
    begun = {"initial_value": cut(told.sentence, LONGEST)} if told.sentence else {}
    typing = {**typed(SENTENCE, multiline=True, most=LONGEST), **begun}
    hint = t("In their language. No names of other customers, issue keys, channels or colleagues' addresses.")
    tongues = [option(_TONGUES[each], each) for each in LANGUAGES]
    tongue = field(TONGUE, t("Language of the message"), select(TONGUE, t("Language"), tongues, told.theirs))
    label = t("Text for the customer") if told.is_answer else t("Add a sentence")
    blocks = (
        section(f"{where} {nothing}"),
        field(SENTENCE, label, typing, hint=hint, optional=not told.is_answer),
        *([] if told.is_answer else [tongue]),
    )
    return modal(
        WRITE, t("Tell the customer"), blocks, submit=t("Preview"), close=t("Cancel"), kept=_kept(told)
    )


def confirm_form(
    told: Told, message: Message, *, changed: bool = False, quote_left_out: bool = False
) -> Block:
    """Return the form that shows all that they will read, and asks whether to post it."""
    t = translator(told.language)
    notes = [
        *([t("This has changed while you looked at it. Read it again.")] if changed else []),
        *([t("Their words are left out: they name something of ours.")] if quote_left_out else []),
    ]
    label = t("Post to {channel}").format(channel=f"#{told.name}")
    blocks = (
        *([section("\n".join(f":warning: {each}" for each in notes))] if notes else []),
        section(
            t("Everybody in {channel} will read this, and nothing else:").format(channel=f"<#{told.channel}>")
        ),
        divider(),
        *message.blocks,
        divider(),
        context(_what_follows(t, told)),
    )
    return modal(
        CONFIRM,
        t("What they will read"),
        blocks,
        submit=cut(label, 24),
        close=t("Back"),
        kept=_kept(told),
    )


def _what_follows(t: Translator, told: Told) -> str:
    if told.is_answer:
        return t("This message stays as it is. Your name is not in it.")
    return t(
        "When the state of it changes, Bugle edits this message in place, always in this form, and does not"
        " ask you again. Your name is not in it."
    )


def read_written(view: Mapping[str, Any]) -> Told:
    """Return what the first form says."""
    kept = read_kept(view)
    values = Values(view["state"]["values"])
    chosen = values.option(TONGUE, TONGUE)
    theirs = chosen if chosen in LANGUAGES else kept.theirs
    sentence = values.text(SENTENCE, SENTENCE).strip()[:LONGEST]
    return Told(**{**asdict(kept), "companies": kept.companies, "theirs": theirs, "sentence": sentence})


def read_kept(view: Mapping[str, Any]) -> Told:
    """Return what either form keeps."""
    kept = json.loads(view["private_metadata"])
    return Told(**{**kept, "companies": tuple(kept["companies"])})


def _kept(told: Told) -> str:
    return json.dumps(asdict(told), ensure_ascii=False, separators=(",", ":"))


def slips_on_form(found: Sequence[Slip], language: str) -> str:
    """Return what is wrong with a sentence, as the error on its field."""
    t = translator(language)
    said = [_slip(t, each) for each in dict.fromkeys(found)][:_SHOWN]
    return cut(" ".join([*said, t("Write it without.")]), 1500)


def _slip(t: Translator, slip: Slip) -> str:
    said = cut(slip.said, 80)
    return {
        Trouble.CUSTOMER: t("“{said}” is another customer."),
        Trouble.ISSUE: t("“{said}” is an issue in Jira."),
        Trouble.PERSON: t("“{said}” is an id of Slack's."),
        Trouble.CHANNEL: t("“{said}” is another channel."),
        Trouble.EMAIL: t("“{said}” is a colleague's address."),
    }[slip.trouble].format(said=said)


def not_told(stop: Stop, language: str) -> str:
    """Return why a customer cannot be told there, with the way out, as mrkdwn."""
    t = translator(language)
    return {
        Stop.NO_CUSTOMER: t("Nobody knows whose this is, so nobody outside can be told."),
        Stop.NO_CHANNEL: t(
            "Bugle knows no channel that is shared with this customer. Give it in the customer's form, or by"
            " `bugle customers import`, in the column channel."
        ),
        Stop.OTHER_CHANNEL: t("The customer has another channel now. Press *Tell their channel…* again."),
        Stop.TWO_CUSTOMERS: t(
            "The directory gives this channel to more than one customer, and what is one's is not the"
            " other's. Correct it first."
        ),
        Stop.NOT_SHARED: t("Only our own people read that channel: it is not shared with another company."),
        Stop.TWO_COMPANIES: t(
            "More than one other company reads that channel, and what is one's is not the other's. Write to"
            " the customer yourself."
        ),
        Stop.OTHER_COMPANY: t(
            "Another company reads that channel than when this was confirmed. Look who is in it, then press"
            " *Tell their channel…* again."
        ),
        Stop.NOT_IN: t(
            "Bugle is not in that channel, or it is archived. Invite Bugle there, then press again."
        ),
    }[stop]


def told_already(by: str, channel: str, language: str) -> str:
    """Return the answer to somebody who would tell a customer a second time."""
    t = translator(language)
    said = t("{person} has told them already, in {channel}. That message is kept right as the state changes.")
    return said.format(person=person(by), channel=f"<#{channel}>")


def told_already_view(by: str, channel: str, language: str) -> Block:
    """Return the same in place of the form."""
    t = translator(language)
    return modal(
        CONFIRM, t("Tell the customer"), [section(told_already(by, channel, language))], close=t("Close")
    )


def not_yours(language: str) -> str:
    """Return the answer to guests and outsiders."""
    t = translator(language)
    return t("This is for our own people. Nothing was posted.")


def stopped_note(stop: Stop, customer: str, channel: str, language: str) -> Message:
    """Return what one of our people is told whose message for a customer was not posted."""
    t = translator(language)
    head = t("Nothing was posted for *{customer}* in {channel}.").format(
        customer=cut_escaped(customer, 150) if customer else escape("?"), channel=f"<#{channel}>"
    )
    said = f"{head} {not_told(stop, language)}"
    return Message(said, (section(said),))
