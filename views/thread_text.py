"""The quiet lines in a card's thread: what somebody did with a report, one sentence each."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.message import Message
from views.text import Translator, person, translator

Values = Mapping[str, Any]


def thread_line(name: str, values: Values, language: str) -> Message:
    """Return a line by its name; `values` are what it was decided with, as JSON keeps them."""
    return Message(LINES[name](translator(language), values))


def _taken(t: Translator, values: Values) -> str:
    return t("{person} took it.").format(person=person(values["by"]))


LINES: Mapping[str, Callable[[Translator, Values], str]] = {
    "taken": _taken,
}
