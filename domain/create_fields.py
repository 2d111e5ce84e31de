"""What a Jira project asks of a new issue, and how what people answer is said to Jira.

Jira's create metadata is parsed in `gateways/jira/fields.py`; the form asks for the fields, storage keeps
both, and `Field.value` gives the JSON that an issue is made with.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of answer a field takes."""

    LINE = "line"
    TEXT = "text"
    ONE_OF = "one_of"
    RADIO = "radio"  # one of few
    SOME_OF = "some_of"
    CHECKS = "checks"  # some of few
    CASCADE = "cascade"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    URL = "url"
    LABELS = "labels"
    USER = "user"
    USERS = "users"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a field accepts: Jira's id, the name people know, and the choices it opens in a cascade."""

    id: str
    name: str
    inner: tuple["Choice", ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a create screen; `allowed` is empty where anything goes."""

    id: str
    name: str
    required: bool
    kind: Kind
    allowed: tuple[Choice, ...] = ()

    def value(self, *answers: str) -> Any:
        """Return the JSON Jira wants of these answers, as `value_of` does."""
        return value_of(self.kind, answers, self.name)

    def choice(self, choice_id: str) -> Choice | None:
        """Return the choice with this id, of the outer ones; None when it is gone."""
        return next((each for each in self.allowed if each.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a field: ids of choices, Slack user ids, or one text, number, date, moment.

    A cascade has the outer choice and, where one was made, the inner one. A moment is ISO with its zone.
    """

    kind: Kind
    given: tuple[str, ...]

    @property
    def names_people(self) -> bool:
        """Tell whether the answer names people, whom only the gateway can say to Jira."""
        return self.kind in (Kind.USER, Kind.USERS)


def value_of(kind: Kind, given: tuple[str, ...], name: str = "") -> Any:
    """Return the JSON Jira wants for a field of this kind.

    ValueError for people, whom only the gateway can name, and for what nobody can fill from here.
    """
    if kind in (Kind.OTHER, Kind.USER, Kind.USERS):
        raise ValueError(f"The field {name} cannot be filled from here")
    return _SAID.get(kind, _as_it_is)(given)


Given = tuple[str, ...]


def _as_it_is(given: Given) -> Any:
    return given[0]


def _one(given: Given) -> Any:
    return {"id": given[0]}


def _some(given: Given) -> Any:
    return [{"id": answer} for answer in given]


def _cascade(given: Given) -> Any:
    return {"id": given[0], **({"child": {"id": given[1]}} if given[1:] else {})}


def _moment(given: Given) -> Any:
    at = datetime.fromisoformat(given[0]).astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.000+0000"


_SAID: dict[Kind, Callable[[Given], Any]] = {
    Kind.ONE_OF: _one,
    Kind.RADIO: _one,
    Kind.SOME_OF: _some,
    Kind.CHECKS: _some,
    Kind.CASCADE: _cascade,
    Kind.NUMBER: lambda given: float(given[0]),
    Kind.LABELS: list,
    Kind.MOMENT: _moment,
}


def field_to_json(field: Field) -> dict[str, Any]:
    """Return a field as storage keeps it."""
    return {
        "id": field.id,
        "name": field.name,
        "required": field.required,
        "kind": field.kind,
        "allowed": [_choice_to_json(each) for each in field.allowed],
    }


def field_from_json(kept: Mapping[str, Any]) -> Field:
    """Return a field that storage kept."""
    allowed = tuple(_choice_from_json(each) for each in kept["allowed"])
    return Field(kept["id"], kept["name"], kept["required"], Kind(kept["kind"]), allowed)


def answers_to_json(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return answers by field id as storage keeps them."""
    return {field: {"kind": each.kind, "given": list(each.given)} for field, each in answers.items()}


def answers_from_json(kept: Mapping[str, Any] | None) -> dict[str, Answer]:
    """Return answers that storage kept."""
    return {field: Answer(Kind(each["kind"]), tuple(each["given"])) for field, each in (kept or {}).items()}


def _choice_to_json(choice: Choice) -> list[Any]:
    inner = [_choice_to_json(each) for each in choice.inner]
    return [choice.id, choice.name, *([inner] if inner else [])]


def _choice_from_json(kept: list[Any]) -> Choice:
    inner = tuple(_choice_from_json(each) for each in kept[2]) if kept[2:] else ()
    return Choice(kept[0], kept[1], inner)
