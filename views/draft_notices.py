"""Drafts as they are shown outside their form: what they are called, and what can be done with them."""

import re
from collections.abc import Mapping
from typing import Any

from domain.happened import HEADINGS
from domain.message import Message
from views.blocks import Block, actions, button, confirmed, context, section
from views.drafted import State
from views.report_form import HAPPENED
from views.text import Translator, cut_escaped, translator

CONTINUE = "draft_continue"
DISCARD = "draft_discard"
OPEN = "draft_open"
_ROW = "draft_actions"
_HEADINGS = {heading for headings in HEADINGS.values() for heading in headings}


def reminder(nonce: str, opening: Mapping[str, Any], state: State, language: str) -> Message:
    """Return the one direct message about a form that was begun and not filed."""
    t = translator(language)
    said = t("A bug report that you began is not filed yet.")
    shown = [section(f"{said}\n> {draft_title(t, opening, state)}"), draft_buttons(t, nonce, primary=True)]
    return Message(text=said, blocks=tuple(shown))


def not_opened(nonce: str, code: str, language: str) -> Message:
    """Return what somebody is told whose form Slack did not show, with the button that opens it."""
    t = translator(language)
    said = t("Slack did not let Bugle open the form in time. Nothing you typed is lost.")
    aside = context(t("If it stays, tell an admin the code {code}.").format(code=code))
    row = actions(_ROW, [button(t("Open the form"), OPEN, nonce, primary=True)])
    return Message(text=said, blocks=(section(said), row, aside))


def gone(language: str) -> str:
    """Return what somebody is told who goes on with a draft that is no longer there."""
    t = translator(language)
    return t("This draft has been filed or discarded.")


def used(language: str) -> str:
    """Return what a form says that was open twice, and has filed a report that said something else."""
    t = translator(language)
    return t(
        "This form has filed a report already, from another window. For a second bug, copy this text, close"
        " the form and type /bug."
    )


def one_moment(language: str) -> Block:
    """Return what a form shows while its fields are away."""
    t = translator(language)
    return section(t("One moment…"))


def draft_buttons(t: Translator, nonce: str, *, primary: bool = False) -> Block:
    """Return the row of buttons of a draft; `primary` where going on with it is what it is all about."""
    discard = confirmed(
        button(t("Discard"), DISCARD, nonce),
        t("Discard the draft?"),
        t("What you typed will be gone."),
        t("Discard"),
        t("Keep"),
    )
    return actions(f"{_ROW}:{nonce}", [button(t("Continue"), CONTINUE, nonce, primary=primary), discard])


def draft_title(t: Translator, opening: Mapping[str, Any], state: State) -> str:
    """Return the first line somebody typed under any heading, escaped."""
    typed = state.get(HAPPENED, {}).get(HAPPENED, {}).get("value") or opening.get("text") or ""
    lines = (re.sub(r"^\W*\d{1,2}[.)]\s*", "", line).strip() for line in typed.split("\n"))
    told = next((line for line in lines if line and line.strip(" :：*_").lower() not in _HEADINGS), None)
    return cut_escaped(told, 150) if told else t("Nothing typed yet")
