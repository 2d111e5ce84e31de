"""What can be wrong with what people and other programs write about a customer."""

from enum import StrEnum


class Why(StrEnum):
    """Why something cannot be what it is to be."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    RESERVED = "reserved"  # a key in the form of those that Bugle makes
    NO_AMOUNT = "no_amount"
    UNCLEAR_AMOUNT = "unclear_amount"  # 1.234M: one million and some, or more than a thousand?
    OTHER_CURRENCY = "other_currency"
    NO_DATE = "no_date"
    UNCLEAR_DATE = "unclear_date"  # 03/04/2026: April or March?
    NO_ZONE = "no_zone"
    NO_LANGUAGE = "no_language"
    NO_URL = "no_url"
    NO_PERSON = "no_person"  # neither a Slack id nor an e-mail address
    UNKNOWN_PERSON = "unknown_person"  # an address that nobody in Slack has
    NO_CHANNEL = "no_channel"
    # Of whole lines:
    CELLS = "cells"  # not as many cells as the header has
    QUOTES = "quotes"  # a quotation mark that is not closed, or stands where none may
    TOO_LARGE = "too_large"
    REPEATED = "repeated"  # an earlier line has the same customer
    SEVERAL = "several"  # several customers have this name
    NEW_WITHOUT_NAME = "new_without_name"


class BadCell(ValueError):
    """Something that cannot be what it is to be: `why`, and the `text` it is about."""

    def __init__(self, why: Why, text: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.text = text
