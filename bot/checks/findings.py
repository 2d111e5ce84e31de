"""What `bugle check` finds: a thing that is fine, a thing worth knowing, or a problem with its fix."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.problems import Problem
from domain.effects import Outcome, Wait


@dataclass(frozen=True, slots=True)
class Fine:
    """A thing that was checked and is as it must be."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"ok {self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Note:
    """A thing that is no fault, but has a consequence or was not checked."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"note {self.where}: {self.what}"


Finding: TypeAlias = Fine | Note | Problem


def not_checked(where: str, outcome: Outcome) -> Finding:
    """Return the finding for a call that told nothing about what it was to check.

    A scope that is missing has its own finding already.
    """
    if "missing_scope" in outcome.reason:
        return Note(where, f"is not checked ({outcome.reason})")
    soon = f"in {outcome.seconds:g} s" if isinstance(outcome, Wait) else "when that is mended"
    return Problem(where, f"could not be checked ({outcome.reason})", f"run `bugle check` again {soon}")
