"""The one typed field of a report: steps to reproduce, expected result, actual result.

People type over the headings, paste from e-mails, number and embolden them, in any of our languages. Reading
is lenient about form and strict about content: all three parts, filled, and only one of each.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The three things an engineer needs in order to reproduce a bug."""

    STEPS = "steps"
    EXPECTED = "expected"
    ACTUAL = "actual"


class Fault(StrEnum):
    """Why a part cannot be read."""

    MISSING = "missing"
    EMPTY = "empty"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened, in the reporter's words."""

    steps: str
    expected: str
    actual: str

    def part(self, part: Part) -> str:
        """Return what was said under one heading."""
        return {Part.STEPS: self.steps, Part.EXPECTED: self.expected, Part.ACTUAL: self.actual}[part]


@dataclass
class Unreadable(ValueError):
    """The text cannot be read as one problem; `faults` names what is wrong with which part."""

    faults: tuple[tuple[Part, Fault], ...]


# The field's prefilled headings in every language, and what people write in their place.
HEADINGS = {
    Part.STEPS: (
        "steps to reproduce",
        "steps",
        "how to reproduce",
        "pasos para reproducir",
        "pasos para reproducirlo",
        "pasos",
        "cómo reproducirlo",
        "como reproducirlo",
        "重現步驟",
        "操作步驟",
        "步驟",
    ),
    Part.EXPECTED: (
        "expected result",
        "expected results",
        "expected behavior",
        "expected behaviour",
        "expected",
        "resultado esperado",
        "comportamiento esperado",
        "esperado",
        "預期結果",
        "預期行為",
        "預期",
    ),
    Part.ACTUAL: (
        "actual result",
        "actual results",
        "actual behavior",
        "actual behaviour",
        "actual",
        "resultado real",
        "resultado obtenido",
        "comportamiento real",
        "resultado actual",
        "實際結果",
        "實際行為",
        "實際情況",
        "實際",
    ),
}

_PART_OF = {heading: part for part, headings in HEADINGS.items() for heading in headings}

_NAMES = "|".join(sorted((re.escape(heading) for heading in _PART_OF), key=len, reverse=True))

# A heading stands at the start of a line: maybe quoted, numbered or bold, then a colon or the line's end.
_HEADING = re.compile(
    rf"""
    ^[ \t>]*                        # indented, or quoted in an e-mail
    (?:\#+[ \t]*)?                  # Markdown
    [*_]{{0,2}}                      # bold
    (?:\(?\d{{1,2}}[.)、:][ \t]*)?   # numbered
    [*_]{{0,2}}
    (?P<name>{_NAMES})
    [*_]{{0,2}}[ \t]*
    (?:[:：][*_]{{0,2}}|(?=\n|$))    # a colon, or alone on its line
    [ \t]*
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)


def read(text: str) -> Happened:
    """Return the three parts of what was typed; Unreadable when one is missing, empty or there twice."""
    text = text.replace("\r\n", "\n").replace("\u00a0", " ")
    headings = list(_HEADING.finditer(text))
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    found: dict[Part, list[str]] = {part: [] for part in Part}
    for heading, end in zip(headings, ends, strict=False):
        found[_PART_OF[heading["name"].lower()]].append(_tidy(text[heading.end() : end]))
    faults = tuple((part, fault) for part in Part if (fault := _fault(found[part])))
    if faults:
        raise Unreadable(faults)
    return Happened(*(found[part][0] for part in Part))


def _fault(bodies: list[str]) -> Fault | None:
    if not bodies:
        return Fault.MISSING
    if len(bodies) > 1:
        return Fault.TWICE
    return None if re.search(r"\w", bodies[0]) else Fault.EMPTY


def _tidy(body: str) -> str:
    lines = [re.sub(r"^[ \t]*>[ \t]?", "", line).rstrip() for line in body.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
