"""The form of a customer, new or known, and the reading of what comes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain import customer_cells as cells
from domain.customer import NAME_LIMIT, NAMED, Profile
from domain.customer_config import CustomerRules
from domain.customer_editing import Refusal
from domain.customer_faults import BadCell
from domain.customer_headers import Field
from domain.customer_lines import customer_name, readers_for
from views.blocks import Block, field, modal, option, plain, select, typed
from views.customer_faults import fault
from views.customer_words import labels
from views.report_form.state import State
from views.text import Translator, translator

FORM = "customer_edit"
ZONE = "customer_edit_zone"
_FREE = "fields"
FREE_LINES = 40


@dataclass(frozen=True, slots=True)
class Edited:
    """A submitted form: what is told, or the errors on its fields; `before` is what it was filled with."""

    told: Profile | None
    errors: Mapping[str, str]
    before: str
    language: str


def customer_form(rules: CustomerRules, language: str, known: Profile | None = None) -> Block:
    """Return the form, filled with what is known."""
    t = translator(language)
    told = known or Profile("", "")
    key = "" if told.key.startswith(NAMED) else told.key
    blocks = [
        _typed(t, "name", told.name, most=NAME_LIMIT, optional=False),
        _typed(t, "key", key, hint=t("What your CRM knows it by. Left out, it goes by its name.")),
        _tier(t, rules, told.tier),
        _typed(t, "value", "" if told.value is None else str(told.value), hint=_value_hint(t, rules)),
        _typed(t, "region", told.region, most=cells.TEXT_LIMIT),
        _zone(t, told.zone),
        _typed(t, "language", told.language, hint=t("A code such as es or zh_Hant.")),
        _picked(
            t, "renewal", "datepicker", "initial_date", told.renewal.isoformat() if told.renewal else None
        ),
        _picked(t, "owner", "users_select", "initial_user", told.owner),
        _picked(t, "channel", "conversations_select", "initial_conversation", told.channel),
        _typed(t, "crm_url", told.crm_url, most=cells.URL_LIMIT),
        _typed(t, "help_desk_url", told.help_desk_url, most=cells.URL_LIMIT),
        *_free(t, told.fields),
    ]
    title = t("Edit customer") if known else t("New customer")
    kept: dict[str, Any] = {
        "language": language,
        "customer": told.id,
        "before": told.fingerprint if known else "",
    }
    kept["free"] = _fits(told.fields)
    return modal(FORM, title, blocks, submit=t("Save"), close=t("Cancel"), kept=json.dumps(kept))


def read_customer_form(view: Mapping[str, Any], rules: CustomerRules, known: Profile | None) -> Edited:
    """Return what a form says; what it does not show stays as it is *known*."""
    kept, values = json.loads(view["private_metadata"]), State(view["state"]["values"])
    t = translator(kept["language"])
    errors: dict[str, str] = {}
    readers = {Field.NAME: customer_name, Field.KEY: cells.key, **readers_for(rules)}
    told: dict[str, Any] = {}
    for name, read in readers.items():
        text = cells.tidy(_given(values, name))
        try:
            told[name.value] = read(text) if text or name is Field.NAME else None
        except BadCell as bad:
            errors[ZONE if name is Field.ZONE else name.value] = fault(t, bad.why)
    told["fields"] = dict(known.fields) if known else {}
    if kept["free"]:
        try:
            told["fields"] = _read_free(values.text(_FREE, _FREE))
        except _BadLineError:
            errors[_FREE] = t("Write each on a line of its own, as in: Seats: 120")
    if errors:
        return Edited(None, errors, kept["before"], kept["language"])
    made = Profile(**{**told, "key": told["key"] or "", "id": kept["customer"]})
    return Edited(made, {}, kept["before"], kept["language"])


def customer_of_form(view: Mapping[str, Any]) -> str:
    """Return the id of the customer a form is about; "" of a new one."""
    return str(json.loads(view["private_metadata"])["customer"])


def language_of_form(view: Mapping[str, Any]) -> str:
    """Return the language of a form's reader."""
    return str(json.loads(view["private_metadata"])["language"])


def refused(why: Refusal, language: str) -> dict[str, str]:
    """Return the error on the field that it is about."""
    t = translator(language)
    return {
        Refusal.NOT_ALLOWED: {"name": t("bugle.toml names who may change customers. Ask one of them.")},
        Refusal.GONE: {"name": t("This customer is not there any more, or not for you to see.")},
        Refusal.CHANGED: {"name": t("Somebody has changed it meanwhile. Close this form and look again.")},
        Refusal.KEY_TAKEN: {"key": t("Another customer has this key, or had it and was merged.")},
        Refusal.NAME_TAKEN: {"name": t("There is a customer of this name. Edit that one, or give a key.")},
        Refusal.SAME: {"name": t("These two are one customer already.")},
    }[why]


class _BadLineError(ValueError):
    """A line of other fields that is no name and value."""


def _given(values: State, name: Field) -> str:
    match name:
        case Field.RENEWAL:
            return values.date(name, name) or ""
        case Field.OWNER:
            return values.user(name, name) or ""
        case Field.CHANNEL:
            return values.conversation(name, name) or ""
        case Field.ZONE:
            return values.option(ZONE, ZONE) or ""
        case Field.TIER:
            return values.option(name, name) or values.text(name, name)
    return values.text(name, name)


def _read_free(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        name, mark, value = (cells.tidy(part) for part in line.partition(":"))
        too_long = len(name) > 75 or len(value) > cells.FREE_VALUE_LIMIT
        if not (name and mark and value) or name in found or too_long:
            raise _BadLineError(line)
        found[name] = value
    return found


def _fits(free: Mapping[str, str]) -> bool:
    """Tell whether other fields can be typed into one box and read back as they are."""
    lines = [f"{name}: {value}" for name, value in free.items()]
    return len("\n".join(lines)) <= 3000 and not any(":" in name for name in free)


def _free(t: Translator, free: Mapping[str, str]) -> list[Block]:
    if not _fits(free):
        return []
    box = typed(_FREE, multiline=True)
    if free:
        box["initial_value"] = "\n".join(f"{name}: {value}" for name, value in free.items())
    hint = t("Each on a line of its own, as in: Seats: 120")
    return [field(_FREE, labels(t)[_FREE], box, hint=hint, optional=True)]


def _typed(
    t: Translator, name: str, value: str | None, *, hint: str = "", most: int = 200, optional: bool = True
) -> Block:
    box = typed(name, most=most)
    if value:
        box["initial_value"] = value[:most]
    return field(name, labels(t)[name], box, hint=hint, optional=optional)


def _tier(t: Translator, rules: CustomerRules, tier: str | None) -> Block:
    if not rules.tiers:
        return _typed(t, "tier", tier, most=cells.TEXT_LIMIT)
    names = list(dict.fromkeys([*rules.tiers, *([tier] if tier else [])]))[:100]
    choice = select("tier", t("Choose a tier"), [option(each, each) for each in names], tier)
    return field("tier", labels(t)["tier"], choice, optional=True)


def _value_hint(t: Translator, rules: CustomerRules) -> str:
    if not rules.currency:
        return t("An amount such as 240000 or 1.2M.")
    return t("In {currency}, such as 240000 or 1.2M.").format(currency=rules.currency)


def _zone(t: Translator, zone: str | None) -> Block:
    choice: Block = {
        "type": "external_select",
        "action_id": ZONE,
        "placeholder": plain(t("Type a city")),
        "min_query_length": 0,
        **({"initial_option": option(zone, zone)} if zone else {}),
    }
    return field(ZONE, labels(t)["zone"], choice, optional=True)


def _picked(t: Translator, name: str, kind: str, initial: str, value: str | None) -> Block:
    element: Block = {"type": kind, "action_id": name, **({initial: value} if value else {})}
    return field(name, labels(t)[name], element, optional=True)
