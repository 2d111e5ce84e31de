"""One line of a customers' file, read: what it says of which customer, or all that is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from domain import customer_cells as cells
from domain.customer import NAME_LIMIT, NAMED, Profile, folded
from domain.customer_amounts import amount
from domain.customer_columns import Columns, header_for_free
from domain.customer_config import CustomerRules
from domain.customer_dates import Order, day
from domain.customer_faults import BadCell, Why
from domain.customer_headers import Field
from domain.formulas import as_meant, defused

_NOTHING = {"", "-", "–", "—", "n/a", "#n/a", "null"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line: why, in which column (None: the whole line), and the text it is about.

    `other` is the number of an earlier line, where it is about that.
    """

    why: Why
    column: str | None = None
    text: str = ""
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says of a customer.

    `key` or `name` says of which; `values` are by our fields' names, None where the cell is empty: nobody
    says it any more. `free` are free fields, in the same way. An owner may still be an e-mail address.
    """

    number: int
    key: str | None
    name: str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    free: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not taken over, and all that is wrong with it."""

    number: int
    problems: tuple[Problem, ...]


class LineReader:
    """Reads lines of a file with these columns, by the team's rules; *order* tells which dates are meant."""

    def __init__(self, columns: Columns, rules: CustomerRules, order: Order | None = None) -> None:
        self._columns = columns
        readers = readers_for(rules, order)
        # The same tiers, owners and dates come thousands of times.
        self._readers = [
            (name, place, columns.header[place], lru_cache(2048)(readers[name]))
            for name, place in columns.fields.items()
            if name not in (Field.KEY, Field.NAME)
        ]

    def read(self, number: int, row: Sequence[str]) -> Line | BadLine | None:
        """Return what a line says, or all that is wrong with it; None for an empty line."""
        row = [cell if cell.isalnum() and cell.isascii() else as_meant(cell) for cell in row]
        if not any(row):
            return None
        width = len(self._columns.header)
        if len(row) < width or any(row[width:]):
            return BadLine(number, (Problem(Why.CELLS, None, f"{len(row)}/{width}"),))
        problems: list[Problem] = []
        key = self._read(Field.KEY, row, cells.key, problems)
        name = self._read(Field.NAME, row, customer_name, problems)
        values: dict[str, Any] = {}
        for field_name, place, header, read in self._readers:
            try:
                values[field_name.value] = None if row[place].casefold() in _NOTHING else read(row[place])
            except BadCell as bad:
                problems.append(Problem(bad.why, header, bad.text))
        free = {name: row[place] or None for name, place in self._columns.free.items()}
        problems += [
            Problem(Why.TOO_LONG, name_of, value)
            for name_of, value in free.items()
            if value and len(value) > cells.FREE_VALUE_LIMIT
        ]
        if not (key or name or problems):
            problems.append(Problem(Why.NO_NAME))
        return BadLine(number, tuple(problems)) if problems else Line(number, key, name, values, free)

    def _read(
        self, what: Field, row: Sequence[str], read: Callable[[str], str], problems: list[Problem]
    ) -> str | None:
        place = self._columns.fields.get(what)
        if place is None or not row[place]:
            return None
        try:
            return read(row[place])
        except BadCell as bad:
            problems.append(Problem(bad.why, self._columns.header[place], bad.text))
            return None


def readers_for(rules: CustomerRules, order: Order | None = None) -> dict[Field, Callable[[str], Any]]:
    """Return what reads each field but key and name; all raise BadCell."""
    tiers = {tier.casefold(): tier for tier in rules.tiers}
    return {
        Field.TIER: lambda text: tiers.get(text.casefold()) or cells.short(text),
        Field.VALUE: lambda text: amount(text, rules.currency),
        Field.REGION: cells.short,
        Field.ZONE: cells.zone,
        Field.LANGUAGE: cells.language,
        Field.RENEWAL: lambda text: day(text, order),
        Field.OWNER: cells.person,
        Field.CHANNEL: cells.channel,
        Field.CRM_URL: cells.url,
        Field.HELP_DESK_URL: cells.url,
    }


def customer_name(text: str) -> str:
    """Return a customer's name; BadCell where nothing of it could be searched, or it is too long."""
    if not folded(text):
        raise BadCell(Why.NO_NAME, text)
    return cells.short(text, NAME_LIMIT)


def cells_of(profile: Profile, free: Sequence[str]) -> list[str]:
    """Return the cells of a customer, as `header_of` has the columns; read again they say the same."""
    known = {name: getattr(profile, name) for name in tuple(Field)}
    known[Field.KEY] = None if profile.key.startswith(NAMED) else profile.key
    told = [*known.values(), *(profile.fields.get(name) for name in free)]
    return ["" if value is None else defused(str(value)) for value in told]


def header_of(free: Sequence[str]) -> list[str]:
    """Return the header of a file with all our fields, and these free ones."""
    return [*tuple(Field), *(defused(header_for_free(name)) for name in free)]
