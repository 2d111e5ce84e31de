"""The worst that views about customers and what they told us are given."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.customer import Customer, Profile
from domain.customer_config import CustomerRules
from domain.settling import tidy_tag
from tests.views.worst import TEXTS
from views.customer_directory import about_customer, gone

Arguments = list[dict[str, Any]]


def _tags(language: str) -> Arguments:
    tags = [(tag, 12_345) for text in TEXTS if (tag := tidy_tag(text))]
    return [
        {"found": found, "typed_text": text, "language": language}
        for found in ((), tags * 12)
        for text in TEXTS
        if found or tidy_tag(text)
    ]


def _profiles() -> list[Profile]:
    """Return customers of whom all there can be is known, and one of whom nothing is but the name."""
    every = {
        "tier": "t" * 64,
        "value": 10**15,
        "region": "<" * 64,
        "zone": "America/Argentina/ComodRivadavia",
        "language": "zh_Hant_TW",
        "renewal": date(2200, 12, 31),
        "owner": "U0ELSA",
        "channel": "C0LUMEN",
        "crm_url": f"https://crm.example/{'x' * 980}",
        "help_desk_url": f"https://desk.example/{'x' * 979}",
    }
    few, many = 2, 60
    return [
        Profile(
            "k" * 200,
            text[:140],
            "1",
            **every,
            fields={f"{at}{text}"[:75]: text[:500] for at in range(count)},
        )
        for text in TEXTS
        for count in (few, many)
    ] + [Profile("named:x", "x", "1")]


def _free(text: str, count: int) -> dict[str, str]:
    return {f"{at}{text}"[:75]: text[:500] for at in range(count)}


def _about(language: str) -> Arguments:
    told = {"bugs": 12_345, "waiting": 1, "currency": "EUR", "may_edit": True, "language": language}
    return [{"told": each, **told} for each in _profiles()]


def _directory(language: str) -> Arguments:
    shown = [about_customer(**each) for each in _about(language)]
    return [{"language": language, "about": each, "customer": "1"} for each in (*shown, [], gone(language))]


def _forms(language: str) -> Arguments:
    rules = (CustomerRules(tiers=("t" * 64, *map(str, range(99))), currency="EUR"), CustomerRules())
    return [
        {"rules": each, "language": language, "known": known}
        for each in rules
        for known in (*_profiles(), None)
    ]


def _merges(language: str) -> Arguments:
    who = [Customer("1", text[:140]) for text in TEXTS]
    return [
        {"leaving": each, "staying": each, "moves": moves, "language": language}
        for each in who
        for moves in ((0, 1), (12_345, 12_345))
    ]


CUSTOMERS: Mapping[str, Callable[[str], Arguments]] = {
    "views.customer_settling.tag_options": _tags,
    "views.customer_directory.about_customer": _about,
    "views.customer_directory.directory": _directory,
    "views.customer_edit.customer_form": _forms,
    "views.customer_merge.confirm_form": _merges,
}
