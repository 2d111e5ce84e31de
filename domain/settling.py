"""Settling a customer issue: what somebody may want to do with it, why not, and the tags of feedback."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from domain.customer_issue import State

TAG_LIMIT = 50
TAGS = 10  # on one customer issue


class Why(StrEnum):
    """Why Bugle does not do with a customer issue what somebody pressed."""

    NOT_YOURS = "not_yours"  # guests, and people of other companies
    SETTLED = "settled"
    OPEN = "open"
    NO_BUG = "no_bug"  # the report it should hang on was closed as not a bug


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, with who settled it (`by`; None: Bugle itself, by a rule) and how (`state`)."""

    why: Why
    by: str | None = None
    state: State | None = None


def tidy_tag(typed: str) -> str:
    """Return a tag as it is kept: small letters, no stray marks, within the limit; empty where none is left.

    So that "#Dark  Mode" and "dark mode" count as one.
    """
    shown = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in typed.casefold())
    return " ".join(unicodedata.normalize("NFC", shown).replace("#", " ").split())[:TAG_LIMIT].strip()


def tidy_tags(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags as they are kept, each once, in their order."""
    return tuple(dict.fromkeys(tag for each in typed if (tag := tidy_tag(each))))[:TAGS]
