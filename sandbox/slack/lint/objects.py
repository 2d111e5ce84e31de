"""Text objects, options, confirmation dialogs: what blocks and elements are made of."""

from typing import Any

from sandbox.slack.lint.checks import (
    Check,
    Complaints,
    array,
    boolean,
    complain,
    one_of,
    shape,
    string,
    typed,
)

TYPE = string(100)
ID = string(255)


def plain(most: int, least: int = 1) -> Check:
    """Return a check for a plain_text object of *least* to *most* characters."""
    return typed({"plain_text": _plain_shape(most, least)})


def text(most: int) -> Check:
    """Return a check for a plain_text or mrkdwn object of 1 to *most* characters."""
    return typed({"plain_text": _plain_shape(most, 1), "mrkdwn": _mrkdwn_shape(most)})


def _plain_shape(most: int, least: int) -> Check:
    return shape({"type": TYPE, "text": string(most, least), "emoji": boolean}, ("text",))


def _mrkdwn_shape(most: int) -> Check:
    return shape({"type": TYPE, "text": string(most, 1), "verbatim": boolean}, ("text",))


def option(words: Check) -> Check:
    """Return a check for an option whose text passes *words*."""
    return shape({"text": words, "value": string(150, 1), "description": plain(75)}, ("text", "value"))


PLAIN_OPTION = option(plain(75))
RICH_OPTION = shape({"text": text(75), "value": string(150, 1), "description": text(75)}, ("text", "value"))
OVERFLOW_OPTION = shape(
    {"text": plain(75), "value": string(150, 1), "description": plain(75), "url": string(3000)},
    ("text", "value"),
)
OPTIONS = array(PLAIN_OPTION, 1, 100)
GROUPS = array(shape({"label": plain(75), "options": OPTIONS}, ("label", "options")), 1, 100)

CONFIRM = shape(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": one_of("primary", "danger"),
    },
    ("text",),
)
DISPATCH = shape({"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})


def listed_once(value: Any, at: str, found: Complaints) -> None:
    """Check that a select lists options or groups, not both, and that what it starts with is among them."""
    given = [name for name in ("options", "option_groups") if value.get(name) is not None]
    if len(given) != 1:
        complain(found, "must provide either options or option_groups", at)
        return
    _starts_within(value, at, found)


def starts_within(value: Any, at: str, found: Complaints) -> None:
    """Check that the option an element starts with is among its options."""
    _starts_within(value, at, found)


def _starts_within(value: Any, at: str, found: Complaints) -> None:
    listed = [*_list(value.get("options"))]
    for group in _list(value.get("option_groups")):
        listed += _list(group.get("options")) if isinstance(group, dict) else []
    for name in ("initial_option", "initial_options"):
        given = value.get(name)
        for one in given if isinstance(given, list) else [given] if given else []:
            if not any(_same(one, other) for other in listed):
                complain(found, f"{name} must match one of the options", f"{at}/{name}")


def _same(one: Any, other: Any) -> bool:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    words = [
        part.get("text") if isinstance(part, dict) else None for part in (one.get("text"), other.get("text"))
    ]
    return one.get("value") == other.get("value") and words[0] == words[1]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
