"""Custom fields of every sort that Jira's own types have: what they accept, and how they are shown.

Values are kept as ids and text: a list for fields of several, [outer] or [outer, inner] for cascades.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sandbox.jira.errors import wrong_field
from sandbox.jira.fields import Field, Kind
from sandbox.jira.model import Named
from sandbox.jira.shapes import Shape, Shapes

LINE_LIMIT = 255


def read_line(field: Field, value: Any) -> str | None:
    """Return a text of one line; JiraError where it is none."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise wrong_field(field.id, "Operation value must be a string")
    if len(value) > LINE_LIMIT:
        said = f"The entered text is too long. It exceeds the allowed limit of {LINE_LIMIT} characters."
        raise wrong_field(field.id, said)
    return value


def read_url(field: Field, value: Any) -> str | None:
    """Return an address; JiraError where it is none."""
    given = read_line(field, value)
    if given and (urlsplit(given).scheme not in ("http", "https") or not urlsplit(given).hostname):
        raise wrong_field(field.id, "Not a valid URL")
    return given


def read_moment(field: Field, value: Any) -> str | None:
    """Return a time such as 2026-11-23T10:15:00.000+0100 as ISO in UTC; JiraError where it is none."""
    if value is None:
        return None
    try:
        at = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%f%z")
    except (TypeError, ValueError) as error:
        raise wrong_field(
            field.id, "Error parsing time: use the format yyyy-MM-dd'T'HH:mm:ss.SSSZ"
        ) from error
    return at.astimezone(UTC).isoformat()


def read_option(field: Field, value: Any, known: tuple[Named, ...]) -> str | None:
    """Return the id of the option that is named by id or value; JiraError where there is none."""
    if value is None:
        return None
    if not isinstance(value, dict) or not ({"id", "value"} & set(value)):
        raise wrong_field(field.id, f"Specify a valid 'id' or 'name' for {field.name}")
    by, attribute = ("id", "id") if "id" in value else ("value", "name")
    found = next((one for one in known if getattr(one, attribute) == value[by]), None)
    if found is None:
        raise wrong_field(field.id, f"Option {by} '{value[by]}' is not valid")
    return found.id


def read_cascade(field: Field, value: Any) -> list[str] | None:
    """Return the ids of an outer option and, where it is given, of one below it."""
    outer = read_option(field, value, field.options)
    if outer is None:
        return None
    inner = read_option(field, value.get("child"), field.inner.get(outer, ()))
    return [outer, *([inner] if inner else [])]


def read_many(field: Field, value: Any, read: Callable[[Any], str | None]) -> list[str]:
    """Return a list of what *read* reads; JiraError where it is no list."""
    if not isinstance(value, list):
        raise wrong_field(field.id, "data was not an array")
    found = [one for one in map(read, value) if one]
    return list(dict.fromkeys(found))


def shown(shapes: Shapes, field: Field, held: Any) -> Any:
    """Return what a custom field holds as Jira shows it; null where it holds nothing."""
    if held in (None, []):
        return None
    shape = _SHOWN.get(field.kind)
    return held if shape is None else shape(shapes, field, held)


def allowed(shapes: Shapes, field: Field) -> list[Shape]:
    """Return the options of a field, those below an option with it."""
    return [
        {
            **(shapes.option(one) or {}),
            **(
                {"children": [shapes.option(each) for each in field.inner[one.id]]}
                if one.id in field.inner
                else {}
            ),
        }
        for one in field.options
    ]


def words(field: Field, held: Any) -> str:
    """Return what a field of several, or a cascade, holds as the changelog shows it."""
    known = {
        one.id: one.name for one in (*field.options, *(each for one in field.inner.values() for each in one))
    }
    return ", ".join(known.get(one, one) for one in held)


def _cascade(shapes: Shapes, field: Field, held: list[str]) -> Shape:
    outer = shapes.option(_among(field.options, held[0])) or {}
    below = field.inner.get(held[0], ())
    return outer | ({"child": shapes.option(_among(below, held[1]))} if held[1:] else {})


def _among(known: tuple[Named, ...], id_: str) -> Named | None:
    return next((one for one in known if one.id == id_), None)


_SHOWN: dict[Kind, Callable[[Shapes, Field, Any], Any]] = {
    Kind.MOMENT: lambda shapes, _, held: shapes.time(datetime.fromisoformat(held)),
    Kind.USERS: lambda shapes, _, held: [shapes.user(one) for one in held],
    Kind.OPTION: lambda shapes, field, held: shapes.option(_among(field.options, held)),
    Kind.OPTIONS: lambda shapes, field, held: [shapes.option(_among(field.options, one)) for one in held],
    Kind.CASCADE: _cascade,
}
