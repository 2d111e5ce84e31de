"""What comes of changing a customer in Slack."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a change of a customer was not made."""

    NOT_ALLOWED = "not_allowed"
    GONE = "gone"  # erased, or never there
    CHANGED = "changed"  # somebody else has changed it since the form was opened
    KEY_TAKEN = "key_taken"
    NAME_TAKEN = "name_taken"  # by another, and there is no key to tell them apart
    SAME = "same"  # two that are one already
