"""Steps of a Jira workflow, and which one to take: by where it leads, never by what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# What a resolution is commonly called, best first, in the languages that our Jira sites speak.
RESOLUTIONS_OF_DUPLICATES = ("duplicate", "duplicado", "重複")
RESOLUTIONS_OF_NO_BUG = (
    "not a bug",
    "invalid",
    "won't do",
    "won't fix",
    "rejected",
    "declined",
    "no es un error",
    "no se hará",
    "不是錯誤",
    "不予處理",
)


class Category(StrEnum):
    """The key of a status's category, the same in every Jira."""

    NEW = "new"
    INDETERMINATE = "indeterminate"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Resolution:
    """How an issue can be said to have ended."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """A transition that an issue can take now; `to` is the category (by key) of the status it leads to.

    `asks` are the names of what its screen requires without a value of its own, apart from the resolution;
    `resolutions` are those its screen offers, `needs_resolution` says that one must be given.
    """

    id: str
    name: str
    to: str
    asks: tuple[str, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    needs_resolution: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A step to take, with the resolution to give; or, where `asks` is not empty, what bars every step."""

    step: Step
    resolution: Resolution | None = None
    asks: tuple[str, ...] = ()


def way_to(steps: Sequence[Step], categories: Sequence[Category], wanted: Sequence[str] = ()) -> Way | None:
    """Return the best step to the first of these categories that any leads to; None when none does.

    *wanted* are names of resolutions, best first; a step that offers one goes before others, and one that
    asks for nothing goes before all that do.
    """
    for category in categories:
        ways = [_way(step, wanted) for step in steps if step.to == category]
        if ways:
            return min(ways, key=lambda way: (bool(way.asks), way.resolution is None))
    return None


def _way(step: Step, wanted: Sequence[str]) -> Way:
    by_name = {each.name.casefold(): each for each in step.resolutions}
    fitting = next((by_name[name] for name in wanted if name in by_name), None)
    unanswered = step.needs_resolution and fitting is None
    return Way(step, fitting, (*step.asks, *(("Resolution",) if unanswered else ())))
