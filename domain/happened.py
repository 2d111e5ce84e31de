"""The one typed field of a report: steps to reproduce, expected result, actual result.

People type over the headings, paste from e-mails, number and embolden them, in any of our languages. Reading
is lenient about form and strict about content: all three parts, filled, and only one of each.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache


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
        *("steps to reproduce", "steps to reproduce it", "steps to reproduce the bug"),
        *("steps to reproduce the issue", "steps to reproduce the problem", "steps to reproduce the error"),
        *("steps", "steps taken", "repro", "repro steps", "reproduction", "reproduction steps"),
        *("how to reproduce", "how to reproduce it", "to reproduce", "what i did", "what did you do"),
        *("pasos para reproducir", "pasos para reproducirlo", "pasos para reproducir el error"),
        *("pasos para reproducir el problema", "pasos para reproducir el fallo", "pasos de reproducción"),
        *("pasos", "pasos a seguir", "pasos realizados", "reproducción", "qué hice"),
        *("cómo reproducir", "cómo reproducirlo", "cómo se reproduce"),
        *("重現步驟", "重現方式", "重現方法", "復現步驟", "再現步驟", "操作步驟", "步驟"),
        *("重现步骤", "重现方式", "重现方法", "复现步骤", "再现步骤", "操作步骤", "步骤"),
    ),
    Part.EXPECTED: (
        *("expected result", "expected results", "expected behavior", "expected behaviour"),
        *("expected outcome", "expected output", "expected", "expectation", "what i expected"),
        *("what should happen", "what was expected", "what did you expect", "what did you expect to happen"),
        *("resultado esperado", "resultados esperados", "comportamiento esperado", "esperado", "lo esperado"),
        *("qué esperaba", "qué esperabas", "qué debería pasar", "lo que debería pasar"),
        *("預期結果", "預期行為", "預期情況", "預期", "期望結果", "期望行為", "期望", "應有結果"),
        *("预期结果", "预期行为", "预期情况", "预期", "期望结果", "期望行为", "应有结果"),
    ),
    Part.ACTUAL: (
        *("actual result", "actual results", "actual behavior", "actual behaviour"),
        *("actual outcome", "actual output", "actual", "observed", "observed result", "observed results"),
        *("observed behavior", "observed behaviour", "what actually happened", "what actually happens"),
        *("resultado real", "resultados reales", "resultado obtenido", "resultados obtenidos"),
        *("resultado actual", "resultado observado", "comportamiento real", "comportamiento actual"),
        *("comportamiento observado", "lo obtenido", "qué pasa en realidad", "lo que pasa en realidad"),
        *("實際結果", "實際行為", "實際情況", "實際狀況", "實際", "目前結果"),
        *("实际结果", "实际行为", "实际情况", "实际状况", "实际", "目前结果"),
    ),
}

HEADING_ROOM = 200
"""How many characters of a line a heading may take, with all that stands before it."""

_CIRCLED = range(0x2460, 0x2474)  # ① to ⑳


@cache
def _simple(character: str) -> str:
    """Return a character as headings are compared: lower case, half width, no accent, nothing invisible."""
    if ord(character) in _CIRCLED:
        return f"{ord(character) - 0x245F}."
    apart = unicodedata.normalize("NFKD", character)
    shown = "".join(each for each in apart if unicodedata.category(each) not in ("Cf", "Mn"))
    return shown.casefold()


_PART_OF = {
    "".join(map(_simple, heading)): part for part, headings in HEADINGS.items() for heading in headings
}

_NAMES = "|".join(sorted(map(re.escape, _PART_OF), key=len, reverse=True))
_NUMBER = r"\(?(?:\d{1,2}|[一二三])[.):、,]\s*"

# Possessive, where a failed heading would else be tried again in every way.
_HEADING = re.compile(
    rf"""
    (?: [\s>|¿] | \#+ | [-–—=]{{2,}} | [-–—*+•·▪●](?=\s) | {_NUMBER} )*+  # quoted, listed, numbered
    (?: (?P<mark>[*_~`]{{1,3}}) | [【\[「『〔《] )?+                          # bold, or in brackets
    (?: {_NUMBER} )?+
    (?P<name>{_NAMES})
    \s*+ (?: \([^()]{{0,60}}\)\s* )?+                                      # (what should happen)
    (?: (?(mark)(?P=mark)|[】\]」』〕》]) )?+
    (?:
        \s*:+ (?(mark)(?:(?P=mark))?) \s*       # a colon
      | [-–—=~*_\#|\s.。;?]*+ $                  # alone on its line, maybe with a line of dashes
      | \s*[-–—]+>?\s+                          # a dash
      | (?<=[*_~`\]])\s+ | (?<=[】」』〕》])\s*    # set off by its marks
    )
    """,
    re.VERBOSE,
)

_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,2}[.)、]\s*$", re.MULTILINE)
_QUOTE = re.compile(r"^(?:[ \t]*>)+[ \t]?", re.MULTILINE)
_RULED_OFF = re.compile(r"\A(?:\s*[-=_*~–—]{3,}[ \t]*(?:\n|\Z))+|(?:(?:\n|\A)[ \t]*[-=_*~–—]{3,}\s*)+\Z")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85\v\f]")


@dataclass
class _Section:
    """What stands from one heading to the next; without a part, what stands before the first."""

    part: Part | None
    is_quoted: bool
    lines: list[str]

    def body(self) -> str:
        text = "\n".join(self.lines)
        if self.is_quoted:
            text = _QUOTE.sub("", text)
        text = "\n".join(line.rstrip() for line in text.split("\n"))
        text = _RULED_OFF.sub("", text)
        return re.sub(r"\n{3,}", "\n\n", text).strip()


@lru_cache(maxsize=256)  # what is filed was read while it was typed
def read(text: str) -> Happened:
    """Return the three parts of what was typed; Unreadable when one is missing, empty or there twice.

    What stands before the first heading is kept at the end of the actual result. A part that is there both
    empty and filled counts once: an e-mail pasted below our headings brings its own.
    """
    before, *sections = _sections(_LINE_END.sub("\n", text).replace("\u00a0", " "))
    found: dict[Part, list[str]] = {part: [] for part in Part}
    for section in sections:
        if section.part is not None:
            found[section.part].append(section.body())
    filled = {part: [body for body in bodies if _says_something(body)] for part, bodies in found.items()}
    faults = tuple((part, fault) for part in Part if (fault := _fault(found[part], filled[part])))
    if faults:
        raise Unreadable(faults)
    intro = before.body()
    if _says_something(intro):
        filled[Part.ACTUAL][0] += f"\n\n{intro}"
    return Happened(*(filled[part][0] for part in Part))


def _sections(text: str) -> list[_Section]:
    sections = [_Section(None, is_quoted=False, lines=[])]
    for line in text.split("\n"):
        letters, places = _simplified(line)
        heading = _HEADING.match(letters)
        if heading is None:
            sections[-1].lines.append(line)
        else:
            is_quoted = ">" in letters[: heading.start("name")]
            rest = line[places[heading.end()] :]
            sections.append(_Section(_PART_OF[heading["name"]], is_quoted, [rest]))
    return sections


def _simplified(line: str) -> tuple[str, list[int]]:
    """Return the beginning of a line, simplified, and where each character of it stands in the line."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(line[:HEADING_ROOM]):
        for letter in _simple(character):
            letters.append(letter)
            places.append(place)
    if len(line) > HEADING_ROOM:
        letters.append("…")  # so that nothing seems to stand alone on its line
    return "".join(letters), [*places, min(len(line), HEADING_ROOM), len(line)]


def _fault(bodies: list[str], filled: list[str]) -> Fault | None:
    if not bodies:
        return Fault.MISSING
    if not filled:
        return Fault.EMPTY
    return Fault.TWICE if len(filled) > 1 else None


def _says_something(body: str) -> bool:
    return re.search(r"\w", _LIST_NUMBER.sub("", body)) is not None
