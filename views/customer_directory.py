"""The directory of customers as one person looks at it: a search, what is known of one, and what to do."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babel.numbers import format_decimal

from domain.customer import NAMED, Customer, Profile
from views.blocks import Block, actions, button, divider, modal, option, plain, section
from views.customer_words import labels
from views.text import Translator, cut_escaped, link, person, translator

VIEW = "customers_view"
SEARCH = "customers_search"
NEW = "customers_new"
EDIT = "customers_edit"
MERGE = "customers_merge"
FIELDS_SHOWN = 20


def directory(language: str, about: Sequence[Block] = (), customer: str = "") -> Block:
    """Return the search, with what is *about* the customer that was chosen."""
    t = translator(language)
    found: Block = {
        "type": "external_select",
        "action_id": SEARCH,
        "placeholder": plain(t("Type a name")),
        "min_query_length": 0,
    }
    search = section(t("*Find a customer*")) | {"block_id": SEARCH, "accessory": found}
    new = actions("customers_more", [button(t("New customer…"), NEW, "new")])
    kept = json.dumps({"language": language, "customer": customer})
    blocks = [search, *about, divider(), new]
    return modal(VIEW, t("Customers"), blocks, close=t("Close"), kept=kept)


def read_directory(view: Mapping[str, Any]) -> tuple[str, str]:
    """Return the language of an open directory, and the id of the customer that it shows, or ""."""
    kept = json.loads(view["private_metadata"])
    return str(kept["language"]), str(kept["customer"])


def search_options(found: Sequence[Customer]) -> list[Block]:
    """Return customers to choose from."""
    return [option(each.name, each.id) for each in found[:100]]


def about_customer(
    told: Profile, *, bugs: int, waiting: int, currency: str, may_edit: bool, language: str
) -> list[Block]:
    """Return all that is known of a customer, with the buttons of who may change it."""
    t = translator(language)
    lines = [f"*{label}*  {value}" for label, value in _lines(t, told, currency)]
    open_bugs = t.plural("{count} open bug", "{count} open bugs", bugs)
    open_issues = t.plural("{count} customer issue waits", "{count} customer issues wait", waiting)
    blocks = [
        divider(),
        section(f"*{cut_escaped(told.name, 200)}*\n{open_bugs} · {open_issues}"),
        *([section("\n".join(lines))] if lines else []),
    ]
    free = [
        f"*{cut_escaped(name, 75)}*  {cut_escaped(value, 60)}"
        for name, value in list(told.fields.items())[:FIELDS_SHOWN]
    ]
    blocks += [section("\n".join(free))] if free else []
    if may_edit:
        row = [button(t("Edit…"), EDIT, told.id), button(t("Merge…"), MERGE, told.id)]
        blocks.append(actions("customers_row", row))
    return blocks


def gone(language: str) -> list[Block]:
    """Return what stands there for a customer that is there no more."""
    t = translator(language)
    return [section(t("This customer is not there any more, or not for you to see."))]


def _lines(t: Translator, told: Profile, currency: str) -> Iterator[tuple[str, str]]:
    worth = f"{format_decimal(told.value or 0, locale=t.language)} {currency}".strip()
    said = {
        "key": "" if told.key.startswith(NAMED) else cut_escaped(told.key, 200),
        "tier": cut_escaped(told.tier or "", 64),
        "value": "" if told.value is None else worth,
        "region": cut_escaped(told.region or "", 64),
        "zone": told.zone,
        "language": cut_escaped(told.language or "", 16),
        "renewal": told.renewal.isoformat() if told.renewal else "",
        "owner": person(told.owner) if told.owner else "",
        "channel": f"<#{told.channel}>" if told.channel else "",
        "crm_url": link(told.crm_url, t("Open")) if told.crm_url else "",
        "help_desk_url": link(told.help_desk_url, t("Open")) if told.help_desk_url else "",
    }
    named = labels(t)
    yield from ((named[name], value) for name, value in said.items() if value)
