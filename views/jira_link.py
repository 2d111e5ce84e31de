"""The form in which people say which Jira account is theirs. Each id is written once, here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.message import Message
from views.blocks import Block, context, field, modal, option, section, select, typed
from views.text import Translator, cut, cut_escaped, person, translator

LINK = "link_jira_account"  # of the button that opens the form, wherever it stands
FORM = "jira_link_form"
SEARCH = "jira_link_search"
ACCOUNT = "jira_link_account"


@dataclass(frozen=True, slots=True)
class Offered:
    """An account that may be the reader's: its id as Jira wants to hear it, its name and visible e-mail."""

    id: str
    name: str
    email: str | None


def link_form(language: str, held: str | None, found: Sequence[Offered] | None = None) -> Block:
    """Return the form; *held* is the name of the account linked so far, *found* what a search found."""
    t = translator(language)
    on_enter = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
    search = {**typed(SEARCH, most=100), **on_enter}
    blocks = [
        section(_told(t, held)),
        field(
            SEARCH,
            t("Your name or e-mail in Jira"),
            search,
            hint=t("Type how it begins and press Enter."),
            optional=True,
            live=True,
        ),
        *([] if found is None else [_choice(t, found)]),
    ]
    return modal(FORM, t("Link my Jira account"), blocks, submit=t("Link"), close=t("Cancel"), kept=language)


def searched(view: dict[str, Any]) -> str:
    """Return what was typed into the search of an open form."""
    return str(view["state"]["values"].get(SEARCH, {}).get(SEARCH, {}).get("value") or "")


def read_link(view: dict[str, Any]) -> tuple[str, str, str]:
    """Return the language of a submitted form, and id and label of the account chosen, both maybe empty."""
    chosen = view["state"]["values"].get(ACCOUNT, {}).get(ACCOUNT, {}).get("selected_option")
    if not chosen:
        return view["private_metadata"], "", ""
    return view["private_metadata"], chosen["value"], chosen["text"]["text"]


def link_errors(language: str, *, chosen: bool) -> dict[str, str]:
    """Return what is wrong with a form that links nothing."""
    t = translator(language)
    if chosen:
        return {ACCOUNT: t("This account has become somebody else's meanwhile. Ask an admin about it.")}
    return {SEARCH: t("Press Enter here to search, then choose your account.")}


def link_notice(who: str, name: str, account: str, language: str) -> Message:
    """Return what admins are told: Bugle cannot prove whose account it is."""
    t = translator(language)
    said = t("{person} says that the Jira account {name} is theirs.").format(
        person=person(who), name=f"*{cut_escaped(name, 200)}*"
    )
    way_out = t(
        "If that is wrong, say in bugle.toml whose it is: `{account}` under [people] counts before this."
    )
    line = way_out.format(account=cut_escaped(account, 200))
    return Message(text=said, blocks=(section(said), context(line)))


def _told(t: Translator, held: str | None) -> str:
    if held is not None:
        said = t("Bugle takes you for {name} in Jira. Choose another account if that is wrong.")
        return said.format(name=f"*{cut_escaped(held, 200)}*")
    return t("So that what you take here is yours in Jira too. Admins are told which account you choose.")


def _choice(t: Translator, found: Sequence[Offered]) -> Block:
    if not found:
        return section(t("Jira shows Bugle no account of that beginning that could be yours."))
    options = [option(_label(each), each.id) for each in found]
    alone = found[0].id if len(found) == 1 else None
    return field(
        ACCOUNT, t("Account"), select(ACCOUNT, t("Choose your account"), options, alone), optional=True
    )


def _label(account: Offered) -> str:
    return cut(" · ".join(part for part in (account.name, account.email) if part) or account.id, 75)
