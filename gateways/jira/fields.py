"""What a project's create screen asks for.

Parsed from both shapes of create metadata: one issue type's fields by page (Cloud, Data Center from 8.4), and
the older nested one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.create_fields import Choice, Field, Kind


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
    "user": Kind.USER,
}
_CUSTOM = {"textarea": Kind.TEXT, "url": Kind.URL, "cascadingselect": Kind.CASCADE}
_SYSTEM = {"description": Kind.TEXT, "environment": Kind.TEXT}
_LISTED = {"radiobuttons": Kind.RADIO, "multicheckboxes": Kind.CHECKS}
_ITEMS = {"string": Kind.LABELS, "user": Kind.USERS}


def _kind(schema: Mapping[str, Any], *, chosen: bool) -> Kind:
    """Return the sort of a field from its JSON schema; *chosen* says that it accepts only some values."""
    custom = str(schema.get("custom", "")).rpartition(":")[2]
    known = _CUSTOM.get(custom) or _SYSTEM.get(schema.get("system", ""))
    if known:
        return known
    is_list = schema.get("type") == "array"
    if chosen:
        return _LISTED.get(custom, Kind.SOME_OF if is_list else Kind.ONE_OF)
    if is_list:
        return _ITEMS.get(schema.get("items", ""), Kind.OTHER)
    return _TYPES.get(schema.get("type", ""), Kind.OTHER)


def _choice(raw: Mapping[str, Any]) -> Choice:
    """Parse an allowed value: options are named by `value`, components and the like by `name`."""
    inner = tuple(_choice(each) for each in raw.get("children") or ())
    return Choice(str(raw["id"]), raw.get("name") or raw.get("value") or "", inner)
