"""What a project's create screen asks for.

Parsed from both shapes of create metadata: one issue type's fields by page (Cloud, Data Center from 8.4), and
the older nested one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of answer a field takes."""

    LINE = "line"
    TEXT = "text"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    URL = "url"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a field accepts: Jira's id, and the name people know."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a create screen; `allowed` is empty where anything goes."""

    id: str
    name: str
    required: bool
    kind: Kind
    allowed: tuple[Choice, ...] = ()

    def value(self, *answers: str) -> Any:
        """Return the JSON Jira wants: *answers* are ids of choices, or one text, number or date.

        ValueError for fields of the kind OTHER, which nobody can fill from here.
        """
        match self.kind:
            case Kind.ONE_OF:
                return {"id": answers[0]}
            case Kind.SOME_OF:
                return [{"id": answer} for answer in answers]
            case Kind.NUMBER:
                return float(answers[0])
            case Kind.OTHER:
                raise ValueError(f"The field {self.name} cannot be filled from here")
            case _:
                return answers[0]


@dataclass(frozen=True, slots=True)
class CreateScreen:
    """What Jira asks when an issue of this type is made in this project, and what the account may set."""

    project: str
    issue_type: str
    issue_type_id: str
    fields: tuple[Field, ...]

    def field(self, field_id: str) -> Field | None:
        """Return the field with this id, or None: such as reporter where the account may not set one."""
        return next((field for field in self.fields if field.id == field_id), None)

    def has(self, field_id: str) -> bool:
        """Tell whether the field can be set."""
        return self.field(field_id) is not None

    @property
    def components(self) -> tuple[Choice, ...]:
        """Return the project's components; none where the screen does not have them."""
        return self._choices("components")

    @property
    def priorities(self) -> tuple[Choice, ...]:
        """Return the priorities, highest first as Jira orders them."""
        return self._choices("priority")

    @property
    def versions(self) -> tuple[Choice, ...]:
        """Return the versions a bug can affect."""
        return self._choices("versions")

    @property
    def asked(self) -> tuple[Field, ...]:
        """Return the custom fields that must be filled: required, and without a default."""
        return tuple(field for field in self.fields if field.required and field.id.startswith("customfield_"))

    def _choices(self, field_id: str) -> tuple[Choice, ...]:
        field = self.field(field_id)
        return field.allowed if field else ()


def fields_from(raws: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Parse the fields of create metadata; a field with a default value is not required of us."""
    return tuple(
        Field(
            id=raw.get("fieldId") or raw["key"],
            name=raw["name"],
            required=bool(raw.get("required")) and not raw.get("hasDefaultValue"),
            kind=_kind(raw.get("schema") or {}, chosen="allowedValues" in raw),
            allowed=tuple(_choice(value) for value in raw.get("allowedValues") or ()),
        )
        for raw in raws
    )


_TYPES = {
    "number": Kind.NUMBER,
    "date": Kind.DATE,
    "datetime": Kind.MOMENT,
    "string": Kind.LINE,
}
_CUSTOM = {"textarea": Kind.TEXT, "url": Kind.URL, "cascadingselect": Kind.OTHER}
_SYSTEM = {"description": Kind.TEXT, "environment": Kind.TEXT}


def _kind(schema: Mapping[str, Any], *, chosen: bool) -> Kind:
    """Return the sort of a field from its JSON schema; *chosen* says that it accepts only some values."""
    custom = str(schema.get("custom", "")).rpartition(":")[2]
    known = _CUSTOM.get(custom) or _SYSTEM.get(schema.get("system", ""))
    if known:
        return known
    if chosen:
        return Kind.SOME_OF if schema.get("type") == "array" else Kind.ONE_OF
    return _TYPES.get(schema.get("type", ""), Kind.OTHER)


def _choice(raw: Mapping[str, Any]) -> Choice:
    """Parse an allowed value: options are named by `value`, components and the like by `name`."""
    return Choice(id=str(raw["id"]), name=raw.get("name") or raw.get("value") or "")
