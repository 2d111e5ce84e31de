"""Reading TOML strictly: each value is asked for by name, and what nobody asked for is a problem.

All problems of a file are gathered, so that people mend it once; while some are found, values are stand-ins
that are never used.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from bot.problems import Problem, SetupError

_MISSING = object()


class Table:
    """A TOML table being read; `path` is its place in the file, as in `products[0]`."""

    def __init__(self, data: dict[str, Any], file: str, path: str, problems: list[Problem]) -> None:
        self._data = data
        self._file = file
        self._path = path
        self._problems = problems
        self._asked: dict[str, None] = {}
        self._inner: list[Table] = []

    def problem(self, key: str, what: str, fix: str) -> None:
        """Note what is wrong at a key of this table."""
        self._problems.append(Problem(f"{self._file}: {self._at(key)}", what, fix))

    def nearest(self, word: str, known: Collection[str], otherwise: str) -> str:
        """Return the fix for a word that is not known: the nearest one that is."""
        close = get_close_matches(word, list(known), n=1, cutoff=0.5)
        return f"did you mean {close[0]}?" if close else otherwise

    def text(
        self, key: str, pattern: re.Pattern[str] | None = None, fix: str = "", *, default: str | None = None
    ) -> str:
        """Return a string that is not blank; needed unless it has a default."""
        given = self._get(key, str, "a text in quotes", default)
        if given is None or given == default:
            return default or ""
        value = str(given)
        if not value.strip():
            self.problem(key, "is empty", fix or "fill it in, or leave the line out")
        elif pattern and not pattern.fullmatch(value):
            self.problem(key, f"is {value!r}", fix)
        return value.strip()

    def choice(self, key: str, known: Sequence[str], default: str) -> str:
        """Return one of the known words."""
        value = str(self._get(key, str, "a text in quotes", default))
        return value if self._is_known(key, value, known) else default

    def choices(self, key: str, known: Sequence[str], default: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of known words, maybe empty; *default* where the key is not there."""
        values = self._list(key) if key in self._data else list(default)
        self._asked[key] = None
        return tuple(value for value in values if self._is_known(key, value, known))

    def texts(
        self,
        key: str,
        pattern: re.Pattern[str],
        fix: str,
        *,
        needed: bool = False,
        default: tuple[str, ...] = (),
    ) -> tuple[str, ...]:
        """Return a list of strings of this form; its default where it is left out."""
        values = self._list(key, default)
        for value in values:
            if not pattern.fullmatch(value):
                self.problem(key, f"has {value!r}", fix)
        if needed and not values:
            self.problem(key, "is missing or empty", fix)
        return tuple(values)

    def has(self, key: str) -> bool:
        """Tell whether a key is there, without asking for its value."""
        return key in self._data

    def number(self, key: str, default: int) -> int:
        """Return a whole number."""
        value = self._get(key, int, "a whole number", default)
        return int(value)

    def flag(self, key: str) -> bool:
        """Return true or false; false where it is left out."""
        self._asked[key] = None
        value = self._data.get(key, False)
        if not isinstance(value, bool):
            self.problem(key, f"is {value!r}", "write true or false")
        return value is True

    def time_of_day(self, key: str, default: time) -> time:
        """Return a naive time of day, to the minute."""
        value = self._get(key, time, "a time, such as 09:00:00", default)
        return value.replace(second=0, microsecond=0) if isinstance(value, time) else default

    def local_time(self, key: str) -> datetime | None:
        """Return a naive date and time; None, with the problem noted, when it is not there."""
        value = self._get(key, datetime, "a date and time, such as 2026-01-05T10:00:00", None)
        return value if isinstance(value, datetime) else None

    def dates(self, key: str) -> tuple[date, ...]:
        """Return a list of dates without a time, maybe empty."""
        self._asked[key] = None
        values = self._data.get(key, [])
        is_list = isinstance(values, list)
        if not is_list or not all(
            isinstance(each, date) and not isinstance(each, datetime) for each in values
        ):
            self.problem(key, f"is {values!r}", "write a list of dates, such as [2026-12-24, 2026-12-31]")
            return ()
        return tuple(values)

    def names(self, key: str, pattern: re.Pattern[str], fix: str) -> dict[str, str]:
        """Return a table of strings whose keys have this form; empty when it is not there."""
        self._asked[key] = None
        data = self._data.get(key, {})
        if not isinstance(data, dict):
            self.problem(key, "is not a table", f"write it as [{key}]")
            return {}
        for name, value in data.items():
            if not pattern.fullmatch(name):
                self.problem(f"{key}.{name}", "is not a name that can stand here", fix)
            if not isinstance(value, str) or not value:
                self.problem(f"{key}.{name}", "is not a text in quotes", "fill it in")
        return {str(name): str(value) for name, value in data.items()}

    def anything(self, key: str) -> dict[str, Any]:
        """Return a table whose content is not ours to check; empty when it is not there."""
        value = self._get(key, dict, f"a table, [{self._at(key)}]", {})
        return dict(value)

    def table(self, key: str) -> "Table":
        """Return a table that must be there."""
        data = self._get(key, dict, f"a table, [{self._at(key)}]", None)
        return self._enter(data if isinstance(data, dict) else {}, key, missing=not isinstance(data, dict))

    def table_if_there(self, key: str) -> "Table | None":
        """Return a table, or None where it is left out."""
        if key in self._data:
            return self.table(key)
        self._asked[key] = None
        return None

    def tables(self, key: str, *, needed: bool = False) -> "list[Table]":
        """Return a list of tables."""
        self._asked[key] = None
        data = self._data.get(key, [])
        if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
            self.problem(key, "is not a list of tables", f"write each as [[{key}]]")
            return []
        if needed and not data:
            self.problem(key, "is missing", f"add a [[{key}]]; bugle.example.toml shows one")
        return [self._enter(each, f"{key}[{number}]") for number, each in enumerate(data)]

    def refuse_unknown(self) -> None:
        """Note every key of this table and of those inside that nobody asked for."""
        for key in (key for key in self._data if key not in self._asked):
            known = ", ".join(self._asked)
            self.problem(key, "is not known", self.nearest(key, self._asked, f"known here: {known}"))
        for inner in self._inner:
            inner.refuse_unknown()

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _enter(self, data: dict[str, Any], key: str, *, missing: bool = False) -> "Table":
        # The parts of a table that is not there are not problems of their own.
        problems = [] if missing else self._problems
        inner = Table(data, self._file, self._at(key), problems)
        self._inner.append(inner)
        return inner

    def _get(self, key: str, kind: type, form: str, default: Any) -> Any:
        """Return the value of a key; its default, None where it has none, when it is missing or wrong."""
        self._asked[key] = None
        value = self._data.get(key, _MISSING)
        if value is _MISSING:
            if default is None:
                self.problem(key, "is missing", f"add it: {form}")
            return default
        if not isinstance(value, kind) or isinstance(value, bool):
            self.problem(key, f"is {value!r}", f"write {form}")
            return default
        return value

    def _list(self, key: str, default: Sequence[str] = ()) -> list[str]:
        self._asked[key] = None
        values = self._data.get(key, list(default))
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.problem(key, f"is {values!r}", 'write a list of texts, such as ["one", "two"]')
            return []
        return values

    def _is_known(self, key: str, value: str, known: Sequence[str]) -> bool:
        if value in known:
            return True
        self.problem(key, f"is {value!r}", self.nearest(value, known, f"choose from {', '.join(known)}"))
        return False


@contextmanager
def read_table(data: dict[str, Any], file: str) -> Iterator[Table]:
    """Yield the top table of a file; at the end raise SetupError when any problem was noted."""
    problems: list[Problem] = []
    top = Table(data, file, "", problems)
    yield top
    top.refuse_unknown()
    if problems:
        raise SetupError(problems)
