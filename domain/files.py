"""Files that people add to a report: what they are called in Jira, and why one may not get there."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from domain.effects import Never

LONGEST_NAME = 120
_UNSAFE = re.compile(r'[/\\:*?"<>|]')
_EDGES = " ."


class Loss(StrEnum):
    """Why a file could not reach an issue, as its owner is told."""

    UNSEEN = "unseen"
    ELSEWHERE = "elsewhere"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


@dataclass
class Lost(Never):
    """A file cannot be taken to its issue; its owner can do something about it, admins cannot.

    UNSEEN: deleted, or in a conversation Bugle is not in; ELSEWHERE: Slack holds only a link to it. `name` is
    what it is called, where that is known; `limit` how many bytes Jira takes, where it is too large.
    """

    loss: Loss = Loss.UNSEEN
    name: str | None = None
    limit: int | None = None


def safe_name(name: str, otherwise: str) -> str:
    """Return a file's name as any system takes it; *otherwise* where nothing of it is left.

    Separators of paths, control and formatting characters (such as those that turn the reading direction and
    so hide an ending) and dots at the edges go; the ending stays where the rest is cut.
    """
    visible = "".join(each for each in name if unicodedata.category(each)[0] != "C")
    plain = " ".join(_UNSAFE.sub("_", visible).split()).strip(_EDGES)
    if not plain.strip("_"):
        return otherwise
    stem, ending = _parted(plain)
    return f"{stem[: LONGEST_NAME - len(ending)].rstrip(_EDGES)}{ending}"


def free_name(name: str, taken: Collection[str]) -> str:
    """Return *name*, or with the lowest number behind its stem that makes it one not yet taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = _numbered(name, number)
    return free


def is_variant(name: str, of: str) -> bool:
    """Tell whether `free_name` may have made *name* out of *of*."""
    stem, ending = _parted(of)
    number = re.fullmatch(rf"{re.escape(stem)} \((\d+)\){re.escape(ending)}", name)
    return name == of or (number is not None and int(number[1]) > 1)


def _numbered(name: str, number: int) -> str:
    stem, ending = _parted(name)
    return f"{stem} ({number}){ending}"


def _parted(name: str) -> tuple[str, str]:
    ending = PurePosixPath(name).suffix
    return (name[: -len(ending)], ending) if 0 < len(ending) <= 12 else (name, "")
