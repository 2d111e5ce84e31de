"""Customers: the accounts that bugs happen to, and how their names are compared and searched."""

import unicodedata
from dataclasses import dataclass

NAME_LIMIT = 140


@dataclass(frozen=True, slots=True)
class Customer:
    """An account; `id` is ours and stays."""

    id: str
    name: str


def tidy_name(name: str) -> str:
    """Return a customer's name without stray spaces and control marks, within the limit."""
    shown = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in name)
    return " ".join(shown.split())[:NAME_LIMIT].strip()


def folded(name: str) -> str:
    """Return a name as it is searched: small letters without accents, words parted by one space."""
    apart = unicodedata.normalize("NFKD", tidy_name(name).casefold())
    plain = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return " ".join(unicodedata.normalize("NFC", plain).split())
