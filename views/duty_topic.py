"""Our part of a channel's topic: plain text, in which Slack links and formats nothing."""

from collections.abc import Mapping

from domain.config import LANGUAGES
from domain.duty_surfaces import Line, Told
from domain.topic import in_part
from views.text import Translator, escape, translator


def topic_labels() -> tuple[str, ...]:
    """Return how our part may begin, in each language: by that it is found again in a topic."""
    return tuple(_said(translator(language)).partition("{people}")[0].strip() for language in LANGUAGES)


def topic_parts(told: Told, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return our part, at its fullest first; *names* are what the people are called, by their ids."""
    t = translator(told.language)
    people = [_name(t, line, names) for line in told.lines]
    short = _said(t).format(people=", ".join(dict.fromkeys(people)))
    if len(people) == 1:
        return (short,)
    each = [f"{who} ({_plain(line.name)})" for who, line in zip(people, told.lines, strict=True)]
    return _said(t).format(people=", ".join(each)), short


def _said(t: Translator) -> str:
    return t("On duty: {people}")


def _name(t: Translator, line: Line, names: Mapping[str, str]) -> str:
    return t("nobody") if line.person is None else _plain(names[line.person])


def _plain(name: str) -> str:
    return escape(in_part(name))
