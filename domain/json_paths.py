r"""Places in somebody else's JSON, written as dotted paths: `ticket.tags[0]`, `data.tags[].name`, `a\.b`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Step = str | int | None  # a key, a place in a list, or each of a list

_STEP = re.compile(r"(?:\A|(?<=.)\.)(?P<key>(?:[^.\[\]\\]|\\.)+)|\[(?P<place>[0-9]{0,4})\]", re.DOTALL)
LONGEST = 200  # characters of a path


class PathError(ValueError):
    """A path that cannot be read; it says what to write."""


@lru_cache(maxsize=512)
def parsed(path: str) -> tuple[Step, ...]:
    r"""Return the steps of a path; PathError where it cannot be read.

    Keys are parted by dots, a dot within a key is written `\.`; `[0]` is a place in a list, `[]` each of it.
    """
    steps: list[Step] = []
    at = 0
    while len(path) <= LONGEST and (found := _STEP.match(path, at)):
        steps.append(_step(found))
        at = found.end()
    if not steps or at < len(path):
        raise PathError("write a path such as ticket.description, tags[0] or tags[].name")
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    if found["key"] is not None:
        return re.sub(r"\\(.)", r"\1", found["key"], flags=re.DOTALL)
    return int(found["place"]) if found["place"] else None


def values_at(data: Any, path: str) -> list[Any]:
    """Return what is at a path of parsed JSON, several where it goes through each of a list; never null."""
    return [value for value in _walk(data, parsed(path)) if value is not None]


def _walk(data: Any, steps: tuple[Step, ...]) -> Iterator[Any]:
    if not steps:
        yield data
        return
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        if isinstance(data, dict) and step in data:
            yield from _walk(data[step], rest)
    elif isinstance(data, list):
        within = data if step is None else data[step : step + 1]
        for each in within:
            yield from _walk(each, rest)
