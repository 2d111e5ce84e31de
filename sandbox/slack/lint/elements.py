"""Interactive elements: buttons, menus, pickers and inputs, with Slack's limits."""

import re
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
    matching,
    one_of,
    shape,
    string,
)
from sandbox.slack.lint.objects import (
    CONFIRM,
    DISPATCH,
    GROUPS,
    ID,
    OPTIONS,
    OVERFLOW_OPTION,
    PLAIN_OPTION,
    RICH_OPTION,
    TYPE,
    listed_once,
    plain,
    starts_within,
)
from sandbox.slack.lint.rich_text import RICH_TEXT

_DATE = matching(lambda text: bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)), "a date (YYYY-MM-DD)")
_TIME = matching(lambda text: bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text)), "a time (HH:mm)")
_COMMON = {"type": TYPE, "action_id": ID, "focus_on_load": boolean}
_MENU = {**_COMMON, "placeholder": plain(150), "confirm": CONFIRM}
_MANY = {**_MENU, "max_selected_items": integer(1, 1000)}
_TEXT = {**_COMMON, "placeholder": plain(150), "dispatch_action_config": DISPATCH}
_QUERY = integer(0, 100)
_IDS = array(ID, 0, 1000)
_FILTER = shape(
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)
_HERE = {"default_to_current_conversation": boolean, "filter": _FILTER}


def _lengths(value: Any, at: str, found: Complaints) -> None:
    """Check that the lengths of a text input do not contradict each other."""
    low, high, start = value.get("min_length"), value.get("max_length"), value.get("initial_value")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        complain(found, "min_length must not be more than max_length", at)
    if isinstance(high, int) and isinstance(start, str) and len(start) > high:
        complain(found, f"must be less than {high + 1} characters", f"{at}/initial_value")


BUTTON = shape(
    {
        "type": TYPE, "action_id": ID, "text": plain(75), "url": string(3000), "value": string(2000),
        "style": one_of("primary", "danger"), "confirm": CONFIRM, "accessibility_label": string(75),
    },
    ("text",),
)  # fmt: skip
_LISTED = {"options": OPTIONS, "option_groups": GROUPS}
MENUS: dict[str, Check] = {
    "static_select": both(shape({**_MENU, **_LISTED, "initial_option": PLAIN_OPTION}), listed_once),
    "multi_static_select": both(
        shape({**_MANY, **_LISTED, "initial_options": array(PLAIN_OPTION, 1, 100)}), listed_once
    ),
    "external_select": shape({**_MENU, "initial_option": PLAIN_OPTION, "min_query_length": _QUERY}),
    "multi_external_select": shape(
        {**_MANY, "initial_options": array(PLAIN_OPTION, 1, 100), "min_query_length": _QUERY}
    ),
    "users_select": shape({**_MENU, "initial_user": ID}),
    "multi_users_select": shape({**_MANY, "initial_users": _IDS}),
    "conversations_select": shape(
        {**_MENU, **_HERE, "initial_conversation": ID, "response_url_enabled": boolean}
    ),
    "multi_conversations_select": shape({**_MANY, **_HERE, "initial_conversations": _IDS}),
    "channels_select": shape({**_MENU, "initial_channel": ID, "response_url_enabled": boolean}),
    "multi_channels_select": shape({**_MANY, "initial_channels": _IDS}),
}
CHOICES: dict[str, Check] = {
    "checkboxes": both(
        shape(
            {
                **_COMMON, "options": array(RICH_OPTION, 1, 10), "confirm": CONFIRM,
                "initial_options": array(RICH_OPTION, 1, 10),
            },
            ("options",),
        ),
        starts_within,
    ),
    "radio_buttons": both(
        shape(
            {
                **_COMMON, "options": array(RICH_OPTION, 1, 10), "initial_option": RICH_OPTION,
                "confirm": CONFIRM,
            },
            ("options",),
        ),
        starts_within,
    ),
    "datepicker": shape({**_MENU, "initial_date": _DATE}),
    "timepicker": shape({**_MENU, "initial_time": _TIME, "timezone": string(100)}),
    "datetimepicker": shape({**_COMMON, "initial_date_time": integer(1, 9_999_999_999), "confirm": CONFIRM}),
}  # fmt: skip
OVERFLOW = shape(
    {"type": TYPE, "action_id": ID, "options": array(OVERFLOW_OPTION, 1, 5), "confirm": CONFIRM},
    ("options",),
)
INPUTS: dict[str, Check] = {
    "plain_text_input": both(
        shape(
            {
                **_TEXT, "initial_value": string(3000), "multiline": boolean,
                "min_length": integer(0, 3000), "max_length": integer(1, 3000),
            }
        ),
        _lengths,
    ),
    "number_input": shape(
        {
            **_TEXT, "is_decimal_allowed": boolean, "initial_value": string(100),
            "min_value": string(100), "max_value": string(100),
        },
        ("is_decimal_allowed",),
    ),
    "url_text_input": shape({**_TEXT, "initial_value": string(3000)}),
    "email_text_input": shape({**_TEXT, "initial_value": string(3000)}),
    "rich_text_input": shape(
        {
            **_TEXT, "initial_value": RICH_TEXT, "min_lines": integer(1, 100), "max_lines": integer(1, 100),
        }
    ),
}  # fmt: skip
FILE_INPUT = shape(
    {"type": TYPE, "action_id": ID, "filetypes": array(string(100, 1), 1, 100), "max_files": integer(1, 10)}
)
IMAGE = both(
    shape(
        {"type": TYPE, "image_url": string(3000), "slack_file": anything, "alt_text": string(2000)},
        ("alt_text",),
    )
)
FEEDBACK = shape(
    {"type": TYPE, "action_id": ID, "positive_button": anything, "negative_button": anything},
    ("positive_button", "negative_button"),
)
