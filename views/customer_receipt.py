"""The direct message to who passed on what a customer said: where it went, and what became of it."""

from collections.abc import Sequence

from domain.message import Message
from views.blocks import section
from views.customer_card import Shown, name, quote, spoken, state
from views.text import translator

SHOWN = 300  # characters of what the customer said


def customer_receipt(shown: Shown, channels: Sequence[str], language: str) -> Message:
    """Return the receipt; `channels` are ids of those that show it by now."""
    t = translator(language)
    if channels:
        places = t.listing([f"<#{each}>" for each in channels[:5]])
        said = t("Passed on to {channels}. You will read here what becomes of it.").format(channels=places)
    else:
        said = t("It is kept, and on its way to those who decide. You will read here what becomes of it.")
    told = state(t, shown)
    text = f"{said}\n{told}" if shown.issue.is_open else told
    said_by_them = quote(t, shown.issue, SHOWN)
    return Message(
        text=spoken(t, shown), blocks=(section(f"*{name(t, shown)}*\n{said_by_them}"), section(text))
    )
