"""What is wrong with a set-up, said in one line: where, what, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding with its one fix."""

    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where} {self.what}: {self.fix}"


class SetupError(Exception):
    """Bugle cannot start as it is set up; `problems` says all that is wrong, not just the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
