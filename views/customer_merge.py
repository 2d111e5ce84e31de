"""Merging a customer into another: choosing it, and what is asked before it is done."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from domain.customer import Customer
from domain.customer_editing import Refusal
from views.blocks import Block, field, modal, plain, section
from views.customer_edit import refused
from views.report_form.state import State
from views.text import cut_escaped, translator

CHOOSE = "customer_merge"
CONFIRM = "customer_merge_confirm"
OTHER = "customer_merge_other"


class Merging(NamedTuple):
    """Which customer is to become a part of which other one; "" while that is not chosen."""

    customer: str
    into: str
    language: str


def choose_form(customer: Customer, language: str) -> Block:
    """Return the form that asks into which other customer this one is merged."""
    t = translator(language)
    other: Block = {
        "type": "external_select",
        "action_id": OTHER,
        "placeholder": plain(t("Type a name")),
        "min_query_length": 0,
    }
    said = t("*{name}* becomes a part of the customer that you choose.")
    hint = t("Nothing is done yet: next you see what moves.")
    blocks = [
        section(said.format(name=cut_escaped(customer.name, 200))),
        field(OTHER, t("The customer that stays"), other, hint=hint),
    ]
    kept = _kept(Merging(customer.id, "", language))
    return modal(CHOOSE, t("Merge customers"), blocks, submit=t("Go on"), close=t("Cancel"), kept=kept)


def confirm_form(leaving: Customer, staying: Customer, moves: tuple[int, int], language: str) -> Block:
    """Return what is merged into what and what *moves*: so many customer issues and reports."""
    t = translator(language)
    issues = t.plural("{count} customer issue", "{count} customer issues", moves[0])
    reports = t.plural("{count} report", "{count} reports", moves[1])
    said = t("*{leaving}* becomes a part of *{staying}*: {issues} and {reports} move there.").format(
        leaving=cut_escaped(leaving.name, 200),
        staying=cut_escaped(staying.name, 200),
        issues=issues,
        reports=reports,
    )
    then = t("What *{staying}* lacks in the directory it gets; what both have stays as it has it.").format(
        staying=cut_escaped(staying.name, 200)
    )
    sure = t("This cannot be undone.")
    kept = _kept(Merging(leaving.id, staying.id, language))
    blocks = [section(f"{said}\n{then}\n{sure}")]
    return modal(CONFIRM, t("Merge customers"), blocks, submit=t("Merge"), close=t("Cancel"), kept=kept)


def read_merging(view: Mapping[str, Any]) -> Merging:
    """Return what a submitted form says."""
    kept = Merging(**json.loads(view["private_metadata"]))
    chosen = State(view["state"]["values"]).option(OTHER, OTHER)
    return kept._replace(into=chosen or kept.into)


def refused_choice(why: Refusal, language: str) -> dict[str, str]:
    """Return the error on the customer that was chosen."""
    return dict.fromkeys((OTHER,), next(iter(refused(why, language).values())))


def not_merged(why: Refusal, language: str) -> Block:
    """Return what stands in place of the question when it cannot be done any more."""
    t = translator(language)
    said = section(next(iter(refused(why, language).values())))
    return modal(CONFIRM, t("Merge customers"), [said], close=t("Close"))


def _kept(merging: Merging) -> str:
    return json.dumps(merging._asdict())
