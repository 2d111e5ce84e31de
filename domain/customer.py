"""Customers: the accounts that bugs happen to, and how their names are compared and searched."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from hashlib import sha256

NAME_LIMIT = 140
_FOLDED_LIMIT = 1000  # one mark may stand for many, such as ﷺ
NAMED = "named:"  # begins the key of a customer of whom only the name is known
ERASED = "█████"  # what an erased customer is called, in every language


@dataclass(frozen=True, slots=True)
class Customer:
    """An account; `id` is ours and stays."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the directory knows of a customer; what is None or empty nobody said.

    `id` is ours and stays; it is empty until the customer is kept. `key` is what others know it by, such as
    the number of its account in a CRM, unique; one of whom reps only said the name has `NAMED` and the folded
    name. `value` is a year's, in whole units of the currency of bugle.toml. `zone` is an IANA zone, `owner`
    the Slack id of its rep, `channel` that of the channel shared with it by Slack Connect. `fields` are free
    ones, by name.
    """

    key: str
    name: str
    id: str = ""
    tier: str | None = None
    value: int | None = None
    region: str | None = None
    zone: str | None = None
    language: str | None = None
    renewal: date | None = None
    owner: str | None = None
    channel: str | None = None
    crm_url: str | None = None
    help_desk_url: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def customer(self) -> Customer:
        """Return who this is, by name."""
        return Customer(self.id, self.name)

    @property
    def fingerprint(self) -> str:
        """Return what tells this from what anybody changes it to."""
        told = (getattr(self, each.name) for each in fields(self) if each.name != "fields")
        return sha256(repr([*told, sorted(self.fields.items())]).encode()).hexdigest()[:16]


def tidy_name(name: str) -> str:
    """Return a customer's name without stray spaces and control marks, within the limit."""
    if name.isascii() and name.isprintable():
        return " ".join(name.split())[:NAME_LIMIT].strip()
    shown = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in name)
    return " ".join(shown.split())[:NAME_LIMIT].strip()


@lru_cache(2048)  # a filing and a line of an import ask for the same name again and again
def folded(name: str) -> str:
    """Return a name as it is searched: small letters without accents, words parted by one space."""
    return plain_letters(tidy_name(name))[:_FOLDED_LIMIT].strip()


def plain_letters(text: str) -> str:
    """Return any text in the letters in which names are searched."""
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def key_of_name(name: str) -> str:
    """Return the key of a customer of whom only the name is known."""
    return f"{NAMED}{folded(name)}"[:255]
