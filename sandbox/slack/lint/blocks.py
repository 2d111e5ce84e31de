"""The kinds of blocks, with Slack's limits, and which of them each surface takes."""

from typing import Any

from sandbox.slack.lint.checks import (
    Check,
    Complaints,
    anything,
    array,
    boolean,
    both,
    complain,
    integer,
    one_of,
    shape,
    string,
    typed,
)
from sandbox.slack.lint.elements import (
    BUTTON,
    CHOICES,
    FEEDBACK,
    FILE_INPUT,
    IMAGE,
    INPUTS,
    MENUS,
    OVERFLOW,
)
from sandbox.slack.lint.objects import ID, TYPE, plain, text
from sandbox.slack.lint.rich_text import RICH_TEXT

_BASE: dict[str, Check] = {"type": TYPE, "block_id": ID}
_CLICKED = {"button": BUTTON, "overflow": OVERFLOW, "workflow_button": anything, **MENUS, **CHOICES}


def _has_text(value: Any, at: str, found: Complaints) -> None:
    if value.get("text") is None and value.get("fields") is None:
        complain(found, "must provide text or fields", at)


def _has_image(value: Any, at: str, found: Complaints) -> None:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        complain(found, "must provide either image_url or slack_file", at)


_CELL = typed(
    {
        "raw_text": shape({"type": TYPE, "text": string(12_000, 1)}, ("text",)),
        "raw_number": shape({"type": TYPE, "text": string(200, 1), "value": anything}, ("text", "value")),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = shape({"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_SECTION = both(
    shape(
        {
            **_BASE, "text": text(3000), "fields": array(text(2000), 1, 10), "expand": boolean,
            "accessory": typed({**_CLICKED, "image": IMAGE}),
        }
    ),
    _has_text,
)  # fmt: skip
_INPUT = {
    **_BASE, "label": plain(2000), "hint": plain(2000), "optional": boolean, "dispatch_action": boolean,
}  # fmt: skip
_WRITTEN = {**MENUS, **CHOICES, **INPUTS}

_ACTIONS = {**_CLICKED, "rich_text_input": INPUTS["rich_text_input"]}
_CONTEXT = {"image": IMAGE, "plain_text": text(2000), "mrkdwn": text(2000)}

COMMON: dict[str, Check] = {
    "actions": shape(
        {**_BASE, "elements": array(typed(_ACTIONS), 1, 25)},
        ("elements",),
    ),
    "context": shape(
        {**_BASE, "elements": array(typed(_CONTEXT), 1, 10)},
        ("elements",),
    ),
    "divider": shape(_BASE),
    "header": shape({**_BASE, "text": plain(150)}, ("text",)),
    "image": both(
        shape(
            {
                **_BASE, "image_url": string(3000), "slack_file": anything, "alt_text": string(2000),
                "title": plain(2000),
            },
            ("alt_text",),
        ),
        _has_image,
    ),
    "rich_text": RICH_TEXT,
    "section": _SECTION,
    "video": shape(
        {
            **_BASE, "alt_text": string(2000), "title": plain(200), "title_url": string(3000),
            "video_url": string(3000), "thumbnail_url": string(3000), "description": plain(200),
            "author_name": string(50), "provider_name": string(100), "provider_icon_url": string(3000),
        },
        ("alt_text", "title", "thumbnail_url", "video_url"),
    ),
}  # fmt: skip
# Blocks that Slack is still rolling out, workspace by workspace: some refuse them as unsupported.
NEW: dict[str, Check] = {
    "data_table": shape(
        {
            **_BASE, "caption": string(255), "page_size": integer(1, 100), "rows": anything,
            "row_header_column_index": integer(0, 100),
        },
        ("caption", "rows"),
    ),
    "data_visualization": anything, "alert": anything, "card": anything, "carousel": anything,
    "container": anything, "plan": anything, "task_card": anything,
}  # fmt: skip
_MESSAGE_ONLY: dict[str, Check] = {
    "context_actions": shape(
        {**_BASE, "elements": array(typed({"feedback_buttons": FEEDBACK, "icon_button": anything}), 1, 5)},
        ("elements",),
    ),
    "file": shape({**_BASE, "external_id": ID, "source": string(100)}, ("external_id", "source")),
    "markdown": shape({**_BASE, "text": string(12_000, 1)}, ("text",)),
    "table": shape(
        {
            **_BASE, "rows": array(array(_CELL, 1, 20), 1, 100),
            "column_settings": array(_COLUMN, 0, 20),
        },
        ("rows",),
    ),
}  # fmt: skip
_INPUT_BLOCK = shape({**_INPUT, "element": typed(_WRITTEN)}, ("label", "element"))
_FILE_INPUT_BLOCK = shape(
    {**_INPUT, "element": typed({**_WRITTEN, "file_input": FILE_INPUT})}, ("label", "element")
)

SURFACES: dict[str, dict[str, Check]] = {
    "message": {**COMMON, **_MESSAGE_ONLY, "input": _INPUT_BLOCK},
    "modal": {**COMMON, "input": _FILE_INPUT_BLOCK},
    "home": {**COMMON, "input": _INPUT_BLOCK},
}
