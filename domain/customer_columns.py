"""The columns of a customers' file: what each holds, by its header in any language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.customer import folded
from domain.customer_headers import HEADERS, Field
from domain.formulas import as_meant

FREE_LIMIT = 75  # characters of the name of a free field
FREE = "field:"  # before a header, whatever follows is a free field's name


IGNORE = "ignore"  # what --map says of a column that is not wanted
AS_FREE = "free"  # and of one that is to be a free field


class HeaderError(ValueError):
    """A header that cannot be used; the message says why, `column` which column is meant."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file hold, by their places from 0: our fields, free fields, nothing wanted.

    `header` is as it stands in the file.
    """

    header: tuple[str, ...]
    fields: Mapping[Field, int]
    free: Mapping[str, int]
    ignored: tuple[int, ...]

    @property
    def key(self) -> int | None:
        """The place of the column that tells one customer from another, if there is one."""
        return self.fields.get(Field.KEY)


def read_header(header: Sequence[str], told: Mapping[str, str]) -> Columns:
    """Return what each column holds: as *told*, by column, else as its header says, else a free field.

    Of several that say the same, the one that says it best holds it; the others are free fields. A column
    without a header is ignored. HeaderError where no column tells who the customer is.
    """
    names = [as_meant(each) for each in header]
    places = _told_places(names, told)
    best: dict[Field, tuple[int, int]] = {}
    for place, name in enumerate(names):
        if place not in places and (said := _said_by(name)) is not None:
            field, rank = said
            if field not in places.values():
                best[field] = min(best.get(field, (rank, place)), (rank, place))
    fields = {place: field for field, (_, place) in best.items()} | {
        place: Field(what) for place, what in places.items() if what not in (IGNORE, AS_FREE)
    }
    if not {Field.KEY, Field.NAME} & set(fields.values()):
        raise HeaderError("name", "no column holds the customer's name or key")
    free, ignored = _rest(names, [place for place in range(len(names)) if place not in fields], places)
    return Columns(tuple(header), {field: place for place, field in fields.items()}, free, ignored)


def header_for_free(name: str) -> str:
    """Return a header that is read as the free field of this name."""
    return f"{FREE}{name}" if _said_by(name) or name.startswith(FREE) else name


def known_in(header: Sequence[str]) -> int:
    """Return how many of these headers are of one of our fields."""
    return sum(_said_by(each) is not None for each in header)


def _told_places(names: list[str], told: Mapping[str, str]) -> dict[int, str]:
    places: dict[int, str] = {}
    for column, what in told.items():
        wanted = " ".join(column.split()).casefold()
        found = [place for place, name in enumerate(names) if name.casefold() == wanted]
        if not found:
            raise HeaderError(column, "is no column of this file")
        if what not in {*Field, IGNORE, AS_FREE}:
            raise HeaderError(column, f"cannot be {what!r}, which is no field of a customer")
        if what in tuple(Field) and (len(found) > 1 or what in places.values()):
            raise HeaderError(column, f"is not the only column that is to be {what!r}")
        places |= dict.fromkeys(found, what)
    return places


def _said_by(header: str) -> tuple[Field, int] | None:
    """Return which field a header means, and how well it says so: 0 is best."""
    if header.startswith(FREE):
        return None
    return _MEANINGS.get(_plain(header))


def _plain(header: str) -> str:
    bare = re.sub(r"[(\[（【].*?[)\]）】]", " ", header)
    return " ".join(re.sub(r"[_\W]+", " ", folded(bare)).split())


def _meanings() -> Iterator[tuple[str, tuple[Field, int]]]:
    for field, headers in HEADERS.items():
        for rank, header in enumerate(headers.split("|")):
            yield header, (field, rank)


_MEANINGS = dict(_meanings())


def _rest(
    names: list[str], places: list[int], told: Mapping[int, str]
) -> tuple[dict[str, int], tuple[int, ...]]:
    free: dict[str, int] = {}
    ignored = []
    for place in places:
        name = names[place].removeprefix(FREE).strip()[:FREE_LIMIT].strip()
        if not name or told.get(place) == IGNORE:
            ignored.append(place)
        elif name in free:
            raise HeaderError(names[place], "comes twice")
        else:
            free[name] = place
    return free, tuple(ignored)
