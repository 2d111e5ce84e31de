"""Whether an engineer could act on what was typed: what is too vague, said twice, or two problems in one.

Only what is plainly so is remarked on: a short report that says what to do and what happens is a good one.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from domain.happened import Happened, Part
from domain.several import names_another, tells_of_several
from domain.vague import are_vague_steps, is_vague, says_nothing


class Lack(StrEnum):
    """What is wrong with a part."""

    VAGUE = "vague"
    SAME_AS_ACTUAL = "same_as_actual"
    SEVERAL_PROBLEMS = "several_problems"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one part that its reporter could say better."""

    part: Part
    kind: Lack


@lru_cache(maxsize=256)  # asked while it is typed, when it is filed, and after
def remarks(happened: Happened) -> tuple[Remark, ...]:
    """Return what could be better, at most one remark for each part; none for a report to act on."""
    lacks = {
        Part.STEPS: _lack_of_steps(happened),
        Part.EXPECTED: _lack_of_expected(happened),
        Part.ACTUAL: _lack_of_actual(happened),
    }
    return tuple(Remark(part, lack) for part, lack in lacks.items() if lack)


def _lack_of_steps(happened: Happened) -> Lack | None:
    if are_vague_steps(happened.steps):
        return Lack.VAGUE
    if _is_same(happened.steps, happened.actual):
        return Lack.SAME_AS_ACTUAL
    return Lack.SEVERAL_PROBLEMS if names_another(happened.steps) else None


def _lack_of_expected(happened: Happened) -> Lack | None:
    if says_nothing(happened.expected):
        return Lack.VAGUE
    return Lack.SAME_AS_ACTUAL if _is_same(happened.expected, happened.actual) else None


def _lack_of_actual(happened: Happened) -> Lack | None:
    if is_vague(happened.actual):
        return Lack.VAGUE
    return Lack.SEVERAL_PROBLEMS if tells_of_several(happened.actual) else None


def _is_same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
