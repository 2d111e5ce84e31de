"""Small checks that are put together into the shape of a block: each adds its complaints to a list."""

from collections.abc import Callable, Mapping
from typing import Any

Complaints = list[str]
Check = Callable[[Any, str, Complaints], None]
Shape = Mapping[str, Check]


def complain(complaints: Complaints, sentence: str, at: str) -> None:
    """Add a complaint in Slack's form."""
    complaints.append(f"{sentence} [json-pointer:{at}]")


def string(most: int, least: int = 0) -> Check:
    """Return a check for text of *least* to *most* characters."""

    def check(value: Any, at: str, found: Complaints) -> None:
        if not isinstance(value, str):
            complain(found, f"must provide a string; got {_kind(value)}", at)
        elif len(value) > most:
            complain(found, f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            complain(found, f"must be more than {least - 1} characters", at)

    return check


def boolean(value: Any, at: str, found: Complaints) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        complain(found, f"must be a valid boolean; got {_kind(value)}", at)


def integer(least: int, most: int) -> Check:
    """Return a check for a whole number from *least* to *most*."""

    def check(value: Any, at: str, found: Complaints) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            complain(found, f"must be a valid integer; got {_kind(value)}", at)
        elif not least <= value <= most:
            complain(found, f"must be between {least} and {most}", at)

    return check


def one_of(*values: str) -> Check:
    """Return a check for one of the given words."""

    def check(value: Any, at: str, found: Complaints) -> None:
        if value not in values:
            complain(found, f"must be a valid enum value; allowed: {', '.join(values)}", at)

    return check


def matching(test: Callable[[str], bool], what: str) -> Check:
    """Return a check for text that passes *test*; *what* says what it must be."""

    def check(value: Any, at: str, found: Complaints) -> None:
        if not isinstance(value, str) or not test(value):
            complain(found, f"must be {what}", at)

    return check


def array(item: Check, least: int, most: int) -> Check:
    """Return a check for a list of *least* to *most* items."""

    def check(value: Any, at: str, found: Complaints) -> None:
        if not isinstance(value, list):
            complain(found, f"must provide an array; got {_kind(value)}", at)
            return
        if len(value) > most:
            complain(found, f"no more than {most} items allowed", at)
        if len(value) < least:
            complain(found, f"no less than {least} item{'s' if least > 1 else ''} required", at)
        for index, one in enumerate(value):
            item(one, f"{at}/{index}", found)

    return check


def shape(fields: Shape, required: tuple[str, ...] = ()) -> Check:
    """Return a check for an object with these fields and no others."""

    def check(value: Any, at: str, found: Complaints) -> None:
        if not isinstance(value, dict):
            complain(found, f"must provide an object; got {_kind(value)}", at)
            return
        for name in required:
            if value.get(name) is None:
                complain(found, f"missing required field: {name}", at)
        for name, one in value.items():
            if name not in fields:
                complain(found, f"invalid additional property: {name}", at)
            elif one is not None:
                fields[name](one, f"{at}/{name}", found)

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """Return a check for an object whose `type` says which of *kinds* it must be."""

    def check(value: Any, at: str, found: Complaints) -> None:
        if not isinstance(value, dict):
            complain(found, f"must provide an object; got {_kind(value)}", at)
        elif value.get("type") not in kinds:
            complain(found, f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            kinds[value["type"]](value, at, found)

    return check


def both(*checks: Check) -> Check:
    """Return a check that makes all *checks*."""

    def check(value: Any, at: str, found: Complaints) -> None:
        for one in checks:
            one(value, at, found)

    return check


def anything(_value: Any, _at: str, _found: Complaints) -> None:
    """Check nothing."""


def _kind(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
