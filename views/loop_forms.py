"""The forms about a customer to be told: the drafted text, why they are let go, and until when it waits."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.loop import Loop, State
from domain.loop_list import LoopRow
from domain.snooze import Snooze, Until
from views.blocks import Block, button, context, field, modal, option, section, select, typed
from views.loop_words import name_of, origin_of
from views.report_form.state import State as Values
from views.text import Translator, ago, cut, moment, person, translator
from views.thread_text import quoted

TEXT = "loop_text_form"
LET_GO = "loop_let_go_form"
BROKEN = "loop_broken_form"
LATER = "loop_later_form"
UNTIL = "loop_until"
SAID = "loop_said"
WHOSE = "loop_broken_whose"
_LONGEST = 1000
_CUSTOMERS = 100  # Slack lists no more
_LANGUAGES = {"en": "English", "es": "español", "zh_Hant": "繁體中文"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What these forms keep: whom they are about, and what the list showed that they were opened from."""

    issue: str
    listed: str | None = None

    @property
    def text(self) -> str:
        """How that is written into a form."""
        return json.dumps([self.issue, self.listed])


def read_kept(view: Mapping[str, Any]) -> Kept:
    """Return what a form keeps."""
    return Kept(*json.loads(view["private_metadata"]))


def read_whose(view: Mapping[str, Any]) -> str:
    """Return the customer issue that a form is about, or whose customer was chosen in it."""
    return Values(view["state"]["values"]).option(WHOSE, WHOSE) or read_kept(view).issue


def read_said(view: Mapping[str, Any]) -> str:
    """Return what was typed into a form."""
    return Values(view["state"]["values"]).text(SAID, SAID).strip()[:_LONGEST]


def text_form(kept: Kept, row: LoopRow, text: str, theirs: str, language: str) -> Block:
    """Return the form with the draft, ready to be changed and copied."""
    t = translator(language)
    hint = t("Drafted in {language}. Change it as you like, and copy it.").format(language=_LANGUAGES[theirs])
    typing = {**typed(SAID, multiline=True), **({"initial_value": cut(text, 3000)} if text else {})}
    blocks = (
        section(f"*{name_of(t, row)}*\n{origin_of(t, row)}"),
        field(SAID, t("Text for the customer"), typing, hint=hint, optional=True),
        context(t("Bugle sends nothing from here. When they have it, press the button.")),
    )
    return modal(
        TEXT, t("Tell the customer"), blocks, submit=t("They know it"), close=t("Close"), kept=kept.text
    )


def let_go_form(kept: Kept, row: LoopRow, language: str) -> Block:
    """Return the form that asks why nobody tells this customer."""
    t = translator(language)
    typing = typed(SAID, multiline=True, most=_LONGEST)
    said = t("Nobody will tell them, and Bugle reminds nobody of it.")
    blocks = (
        section(f"*{name_of(t, row)}*\n{said}"),
        field(SAID, t("Why"), typing),
    )
    return modal(LET_GO, t("Let go"), blocks, submit=t("Let go"), close=t("Cancel"), kept=kept.text)


def broken_form(kept: Kept, rows: Sequence[LoopRow], language: str) -> Block:
    """Return the form that asks what a customer still meets, and, of several, which customer."""
    t = translator(language)
    typing = typed(SAID, multiline=True, most=_LONGEST)
    said = t("The report is opened again, and whoever works on it reads this.")
    customers = [option(_plain_name(t, each), each.loop.customer_issue) for each in rows[:_CUSTOMERS]]
    whose = [field(WHOSE, t("Customer"), select(WHOSE, t("Customer"), customers))] if len(rows) > 1 else []
    blocks = (
        section(f"*{name_of(t, rows[0])}*\n{said}" if len(rows) == 1 else said),
        *whose,
        field(SAID, t("What they still meet"), typing),
    )
    return modal(
        BROKEN, t("Still broken"), blocks, submit=t("Open it again"), close=t("Cancel"), kept=kept.text
    )


def later_form(kept: Kept, row: LoopRow, offers: Sequence[Snooze], language: str) -> Block:
    """Return the form that offers times at which to be reminded; one press decides."""
    t = translator(language)
    rows = [_offer(t, each) for each in offers]
    blocks = (section(f"*{name_of(t, row)}*"), *rows, context(t("Until then nobody is reminded of it.")))
    return modal(LATER, t("Later"), blocks, close=t("Close"), kept=kept.text)


def read_until(action: Mapping[str, Any]) -> datetime:
    """Return until when it waits, by the value of the pressed button; aware UTC."""
    return datetime.fromtimestamp(int(action["value"]), UTC)


def later_view(until: datetime, language: str) -> Block:
    """Return what the form becomes when it is done."""
    t = translator(language)
    said = t("You will be reminded {when}.").format(when=moment(until))
    return modal(LATER, t("Later"), [section(said)], close=t("Close"))


def done_already(loop: Loop | None, language: str) -> str:
    """Return the answer to somebody who comes too late, or for whom there is nothing to do."""
    t = translator(language)
    if loop is not None and loop.state in (State.TOLD, State.CONFIRMED) and loop.told_by and loop.told_at:
        said = t("{person} has told them {ago}. Nothing was changed.")
        return said.format(person=person(loop.told_by), ago=ago(loop.told_at))
    if loop is not None and loop.state is State.LET_GO:
        said = t("They were let go. Nothing was changed.")
        return f"{said}\n{quoted(loop.reason)}" if loop.reason else said
    return t("There is nothing to tell them now. Nothing was changed.")


def done_already_view(loop: Loop | None, language: str) -> Block:
    """Return the same in place of a form."""
    t = translator(language)
    return modal(TEXT, t("Tell the customer"), [section(done_already(loop, language))], close=t("Close"))


def _plain_name(t: Translator, row: LoopRow) -> str:
    return row.name or t("Unknown customer")


def _offer(t: Translator, offer: Snooze) -> Block:
    label = {
        Until.HOUR: t("In 1 hour"),
        Until.HOURS: t("In 4 hours"),
        Until.TOMORROW: t("Tomorrow"),
        Until.WORKING_DAY: t("The next working day"),
        Until.HAND_OFF: t("The next working day"),
    }[offer.until]
    chosen = button(label, UNTIL, str(int(offer.at.timestamp())))
    returns = section(moment(offer.at))
    return {**returns, "block_id": f"{UNTIL}_{offer.until}", "accessory": chosen}
