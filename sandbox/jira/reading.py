"""What a value sent for a field means, read as strictly as Jira reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.jira import adf, custom, seed
from sandbox.jira.errors import wrong_field
from sandbox.jira.fields import Field, Kind
from sandbox.jira.model import Component, Project, Version
from sandbox.jira.state import Jira

TEXT_LIMIT = 32_767
LINE_LIMIT = 255
NOT_ON_SCREEN = "It is not on the appropriate screen, or unknown."


@dataclass(frozen=True)
class Reader:
    """Reads values sent for fields of issues in *project*, by the REST *version* they were sent to."""

    jira: Jira
    project: Project
    version: int

    def read(self, field: Field, value: Any) -> Any:
        """Return what *value* means for *field*, as Issue.values keeps it; JiraError where nothing."""
        return _READ[field.kind](self, field, value)


def read_text(field: str, value: Any, version: int) -> str | None:
    """Return the text *value* holds: a string in v2, a document in v3; JiraError where it is neither."""
    if value is None:
        return None
    if version == 3:
        if not adf.is_document(value):
            said = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
            raise wrong_field(field, said)
        value = adf.to_text(value)
    if not isinstance(value, str):
        raise wrong_field(field, "Operation value must be a string")
    if len(value) > TEXT_LIMIT:
        raise wrong_field(
            field, f"The entered text is too long. It exceeds the allowed limit of {TEXT_LIMIT:,} characters."
        )
    return value


def _member(field: Field, sent: Any, known: list[Component] | list[Version], noun: str) -> str:
    """Return the id of the component or version that *sent* names by id or name."""
    if not isinstance(sent, dict) or not ({"id", "name"} & set(sent)):
        raise wrong_field(field.id, f"expected 'id' or 'name' property for {noun}")
    by = "id" if "id" in sent else "name"
    found = next((one for one in known if getattr(one, by) == str(sent[by])), None)
    if found is None:
        raise wrong_field(field.id, f"{noun} {by} '{sent[by]}' is not valid")
    return found.id


def _labels(_: Reader, field: Field, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise wrong_field(field.id, "data was not an array")
    for label in value:
        if not isinstance(label, str):
            raise wrong_field(field.id, "string expected at index 0")
        if not label or any(character.isspace() for character in label):
            raise wrong_field(field.id, f"The label '{label}' contains spaces which is invalid.")
        if len(label) > LINE_LIMIT:
            raise wrong_field(field.id, f"The label '{label}' exceeds the maximum length of {LINE_LIMIT}.")
    return sorted(set(value))


def _option(_: Reader, field: Field, value: Any) -> str | None:
    return custom.read_option(field, value, field.options)


def _options(_: Reader, field: Field, value: Any) -> list[str]:
    return custom.read_many(field, value, lambda one: custom.read_option(field, one, field.options))


def _cascade(_: Reader, field: Field, value: Any) -> list[str] | None:
    return custom.read_cascade(field, value)


def _short(_: Reader, field: Field, value: Any) -> str | None:
    return custom.read_line(field, value)


def _url(_: Reader, field: Field, value: Any) -> str | None:
    return custom.read_url(field, value)


def _moment(_: Reader, field: Field, value: Any) -> str | None:
    return custom.read_moment(field, value)


def _users(reader: Reader, field: Field, value: Any) -> list[str]:
    return custom.read_many(field, value, lambda one: _user(reader, field, one))


def _number(_: Reader, field: Field, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong_field(field.id, "Operation value must be a number")
    return float(value)


def _date(_: Reader, field: Field, value: Any) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise wrong_field(field.id, "Error parsing date string: use the format yyyy-MM-dd") from error


def _line(_: Reader, field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise wrong_field(field.id, "Operation value must be a string")
    if not value.strip():
        raise wrong_field(field.id, "You must specify a summary of the issue.")
    if "\n" in value or "\r" in value:
        raise wrong_field(field.id, "The summary is invalid because it contains newline characters.")
    if len(value) > LINE_LIMIT:
        raise wrong_field(field.id, f"Summary can't exceed {LINE_LIMIT} characters.")
    return value.strip()


def _text(reader: Reader, field: Field, value: Any) -> str | None:
    return read_text(field.id, value, reader.version)


def _priority(_: Reader, field: Field, value: Any) -> str:
    if not isinstance(value, dict) or not ({"id", "name"} & set(value)):
        raise wrong_field(field.id, "Specify a valid 'id' or 'name' for Priority")
    by = "id" if "id" in value else "name"
    if not isinstance(value[by], str):
        raise wrong_field(field.id, f"Specify the Priority ({by}) in the string format")
    found = next((one for one in seed.PRIORITIES if getattr(one, by) == value[by]), None)
    if found is None:
        said = "The priority selected is invalid."
        raise wrong_field(field.id, said if by == "id" else f"Priority name '{value[by]}' is not valid")
    return found.id


def _components(reader: Reader, field: Field, value: Any) -> list[str]:
    return _members(field, value, reader.project.components, "Component")


def _versions(reader: Reader, field: Field, value: Any) -> list[str]:
    return _members(field, value, reader.project.versions, "Version")


def _members(field: Field, value: Any, known: list[Component] | list[Version], noun: str) -> list[str]:
    if not isinstance(value, list):
        raise wrong_field(field.id, "data was not an array")
    found: list[str] = []
    for sent in value:
        one = _member(field, sent, known, noun)
        if one not in found:
            found.append(one)
    return found


def _user(reader: Reader, field: Field, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise wrong_field(field.id, "data was not an object")
    cloud = reader.jira.cloud
    names = ("accountId", "id") if cloud else ("name", "key")
    given = next((name for name in names if name in value), None)
    if given is None:
        raise wrong_field(field.id, f"Specify the user by '{names[0]}'.")
    if value[given] in (None, "-1", ""):
        return None
    for account in reader.jira.accounts.values():
        if account.active and value[given] in ((account.id,) if cloud else (account.name, account.key)):
            if field.id == "assignee" and not reader.jira.allowed(account, reader.project, "ASSIGNABLE_USER"):
                raise wrong_field(field.id, f"User '{account.name}' cannot be assigned issues.")
            return account.id
    if field.id == "reporter":
        raise wrong_field(field.id, "The reporter specified is not a user.")
    raise wrong_field(field.id, f"User '{value[given]}' does not exist.")


def _not_settable(_: Reader, field: Field, __: Any) -> Any:
    raise wrong_field(field.id, f"Field '{field.id}' cannot be set. {NOT_ON_SCREEN}")


_READ: dict[Kind, Callable[[Reader, Field, Any], Any]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.PRIORITY: _priority,
    Kind.COMPONENTS: _components,
    Kind.VERSIONS: _versions,
    Kind.LABELS: _labels,
    Kind.USER: _user,
    Kind.OPTION: _option,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.SHORT: _short,
    Kind.URL: _url,
    Kind.MOMENT: _moment,
    Kind.USERS: _users,
    Kind.OPTIONS: _options,
    Kind.CASCADE: _cascade,
    Kind.OTHER: _not_settable,
}
