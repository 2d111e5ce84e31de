"""The button that opens the bug form, for one person alone, with what is known of the bug already."""

import json
from typing import Any

from domain.message import Message
from views.blocks import actions, button, section
from views.text import cut, translator

REPORT = "report_offer"
_ROW = "report_offers"
_VALUE_LIMIT = 2000
_URL_LIMIT = 500  # of a message's own address, which is a tenth of it: a longer one is left out


def offer(text: str, source_url: str, files: tuple[str, ...], language: str) -> Message:
    """Return the offer to report a message as a bug; the button itself carries what the form begins with."""
    t = translator(language)
    said = t("Report this as a bug?")
    row = actions(_ROW, [button(t("Report a bug"), REPORT, _value(text, source_url, files), primary=True)])
    return Message(text=said, blocks=(section(said), row))


def read_offer(value: str) -> dict[str, Any]:
    """Return what a pressed button carries, as `Opening` takes it."""
    kept = json.loads(value)
    return {"text": kept["text"], "source_url": kept["source_url"], "files": tuple(kept["files"])}


def _value(text: str, source_url: str, files: tuple[str, ...]) -> str:
    """Return the button's value; of a text too long for it there is the beginning, and the message."""
    limit, url = len(text), source_url if len(source_url) <= _URL_LIMIT else None
    while True:
        told = {"text": cut(text, limit), "source_url": url, "files": files[:20]}
        value = json.dumps(told, ensure_ascii=False)
        if len(value) <= _VALUE_LIMIT:
            return value
        limit -= max(1, (len(value) - _VALUE_LIMIT) // 2)
