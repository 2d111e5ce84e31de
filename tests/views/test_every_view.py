"""Each view of the bot, in each language, at its worst, is one that Slack and Jira take."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import views
from domain.config import LANGUAGES
from domain.message import Message
from sandbox.slack.lint import lint_blocks, lint_options, lint_view, text_length
from sandbox.slack.lint.whole import view_is_too_large
from tests.views.worst import PINGS, calls
from tests.views.worst_of import SPECIAL
from views.blocks import Block
from views.opening import Opening
from views.passing_form import Passing
from views.rotation_form.ids import Opened
from views.text import Translator

JIRA_LIMIT = 32_767
TEXT_LIMIT = 4000
BLOCKS_TEXT_LIMIT = 13_200
SHOWN = (Message, Block, str, list[Block], list[str], tuple[Block, ...], Iterator[Block])
FOR_JIRA = ("views.issue_text", "views.comment_text", "views.conversation.said_in_slack")
PLAIN = {  # texts that are shown as they are, in inputs and at fields: they ping nobody
    "views.report_form.building.prefill",
    "views.report_form.retelling.told",
    "views.thread_text.not_moved",
    "views.customer_reply.customer_reply",
}


def rendering() -> dict[str, Callable[..., Any]]:
    """Return each public function of views/ that renders in a language, by its full name."""
    found = {}
    for module in pkgutil.walk_packages(views.__path__, "views."):
        for name, function in vars(importlib.import_module(module.name)).items():
            if (
                inspect.isfunction(function)
                and function.__module__ == module.name
                and not name.startswith("_")
            ):
                hints = typing.get_type_hints(function)
                returned = hints.pop("return", None)
                reads = "language" in hints or {Translator, Opening, Opened, Passing} & {*hints.values()}
                if reads and returned in SHOWN:
                    found[f"{module.name}.{name}"] = function
    return found


VIEWS = rendering()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_at_its_worst_is_taken(name: str, language: str) -> None:
    """Whatever text it is given, in each language, a view keeps to all limits and pings nobody."""
    given = SPECIAL[name](language) if name in SPECIAL else list(calls(VIEWS[name], language))
    assert given
    for arguments in given:
        assert against(name, VIEWS[name](**arguments)) == []


def test_views_of_every_kind_are_found() -> None:
    """The search for views finds messages, forms, blocks, sentences and texts for Jira."""
    assert {
        "views.report_card.report_card",
        "views.report_form.building.report_form",
        "views.notices.failed",
    } <= set(VIEWS)
    assert {"views.issue_text.issue_description", "views.draft_notices.draft_buttons"} <= set(VIEWS)
    assert set(SPECIAL) <= set(VIEWS)


def against(name: str, shown: Any) -> list[str]:
    """Return what Slack, or Jira, would say against what a view returned, and whom it would ping."""
    if isinstance(shown, str):
        return _against_text(name, shown)
    if isinstance(shown, Message):
        return _against_message(name, shown)
    if isinstance(shown, dict):
        return _against_block(shown)
    return [said for each in shown for said in against(name, each)]


def _against_text(name: str, text: str) -> list[str]:
    if name.startswith(FOR_JIRA):
        return [] if len(text) <= JIRA_LIMIT else [f"{len(text)} characters"]
    too_long = [] if len(text) <= TEXT_LIMIT else [f"{len(text)} characters"]
    return too_long if name in PLAIN else [*too_long, *_pings(text)]


def _against_message(name: str, message: Message) -> list[str]:
    blocks = list(message.blocks)
    shown = text_length(blocks)
    return [
        *lint_blocks(blocks, "blocks", "message", most=50),
        *_against_text(name, message.text),
        *([] if message.text.strip() else ["no text for notifications"]),
        *([f"{shown} characters in all blocks"] if shown > BLOCKS_TEXT_LIMIT else []),
        *_pings_in(blocks),
    ]


def _against_block(block: Block) -> list[str]:
    if "type" not in block:
        return lint_options({"options": [block]})
    if block["type"] in ("modal", "home"):
        too_large = ["larger than 250 KB"] if view_is_too_large(block) else []
        return [*lint_view(block), *too_large, *_pings_in(block["blocks"])]
    if block["type"] in ("button", "overflow") or block["type"].endswith("_select"):
        block = {"type": "actions", "elements": [block]}
    surface = "modal" if block["type"] == "input" else "message"
    return [*lint_blocks([block], "blocks", surface, most=50), *_pings_in([block])]


def _pings_in(value: Any) -> list[str]:
    """Return the pings in the formatted texts of blocks; plain text pings nobody."""
    if isinstance(value, dict):
        own = _pings(value["text"]) if value.get("type") in ("mrkdwn", "markdown") else []
        return [*own, *(said for each in value.values() for said in _pings_in(each))]
    return [said for each in value for said in _pings_in(each)] if isinstance(value, list) else []


def _pings(text: str) -> list[str]:
    return [f"pings {ping}" for ping in PINGS if ping.startswith("<!") and ping in text]
