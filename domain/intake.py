"""What comes in from a help desk, read: which of our fields say what, and what could not be understood.

Nobody is there to be asked. What is needed and missing refuses the whole; all else that makes no sense is
left out, and who sent it is told.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from domain.config import Product
from domain.customer import folded, tidy_name
from domain.customer_config import HelpDesk, Source
from domain.help_desks import HELLOS, SHAPES, WANTED, Field, Paths, Shape, filled, paths_in
from domain.intake_values import HUNDRED, address, domain_of, effort, language, satisfaction
from domain.json_paths import values_at
from domain.plain_text import cut, one_line, plain

T = TypeVar("T")

QUOTE_LIMIT = 3_000  # characters; the help desk has the rest
ID_LIMIT = 150
_SHORT = 255
_TAGS = 20
_TAG = 50


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was refused or left out: where in its JSON, `$` for all of it, and a sentence."""

    path: str
    why: str


class Refused(Exception):
    """What came in cannot be kept; `reasons` say all that is wrong."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(f"{each.path} {each.why}" for each in reasons))
        self.reasons = reasons


class Hello(Exception):
    """What came in only asks whether somebody is there."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a customer told a help desk, in our terms. `id` is the sender's, `domain` that of an e-mail.

    `customer_key` and `customer` are as the sender names the customer; who that is, the directory says.
    """

    id: str
    quote: str
    product: str
    customer_key: str | None = None
    customer: str | None = None
    domain: str | None = None
    author: str | None = None
    area: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    effort: int | None = None
    satisfaction: int | None = None
    help_desk_url: str | None = None
    left_out: tuple[Reason, ...] = field(default=())


def read(payload: Any, source: Source, products: Sequence[Product]) -> Incoming:
    """Return what parsed JSON from a source says; Refused, or Hello where it says nothing yet."""
    hello = HELLOS.get(source.kind)
    if hello is not None and hello[1] in values_at(payload, hello[0]):
        raise Hello
    if not isinstance(payload, dict):
        raise Refused(Reason("$", "is not a JSON object"))
    shape = next((each for each in SHAPES[source.kind] if each.fits(payload)), None)
    own = {Field(name): (path,) for name, path in source.paths.items()}
    if shape is None and not {Field.ID, Field.QUOTE} <= own.keys():
        raise Refused(_not_known(payload, source.kind))
    return _Reading(payload, source, shape, {**(shape.paths if shape else {}), **own}).incoming(products)


def _not_known(payload: Any, kind: HelpDesk) -> Reason:
    mark = SHAPES[kind][0].mark
    said = [str(each)[:80] for each in values_at(payload, mark)]
    what = f"is {said[0]!r}, in which no customer says anything" if said else "is missing"
    return Reason(mark, f"{what}: {WANTED[kind]}")


class _Reading:
    """One message being read; what is left out is gathered."""

    def __init__(self, payload: Any, source: Source, shape: Shape | None, paths: Paths) -> None:
        self._payload, self._source, self._shape, self._paths = payload, source, shape, paths
        self._left_out: list[Reason] = []

    def incoming(self, products: Sequence[Product]) -> Incoming:
        """Return what it says; Refused where it lacks what is needed."""
        id_, quote = self._id(), self._quote()
        if isinstance(id_, Reason) or isinstance(quote, Reason):
            raise Refused(*(each for each in (id_, quote) if isinstance(each, Reason)))
        tags = self._tags()
        email = self._text(Field.EMAIL)
        return Incoming(
            id=id_,
            quote=quote,
            product=self._product(tags, products),
            customer_key=self._short(Field.CUSTOMER_KEY),
            customer=tidy_name(self._text(Field.CUSTOMER) or "") or None,
            domain=domain_of(email),
            author=self._short(Field.AUTHOR) or cut(email or "", _SHORT) or None,
            area=self._short(Field.AREA),
            tags=tags,
            language=self._understood(Field.LANGUAGE, language) or self._source.language,
            effort=self._understood(Field.EFFORT, effort),
            satisfaction=self._understood(Field.SATISFACTION, self._score),
            help_desk_url=self._understood(Field.HELP_DESK_URL, address),
            left_out=tuple(self._left_out),
        )

    def _id(self) -> str | Reason:
        path, found = self._first(Field.ID)
        text = one_line(str(found)) if found is not None else ""
        if not text:
            return Reason(path, "is missing: without an id of yours it could come twice")
        return text if len(text) <= ID_LIMIT else Reason(path, f"is longer than {ID_LIMIT} characters")

    def _quote(self) -> str | Reason:
        """Return what the customer said, its subject before it where that says more."""
        path, found = self._first(Field.QUOTE)
        said = plain(str(found)) if found is not None else ""
        subject = self._text(Field.SUBJECT) or ""
        if subject and folded(subject)[:60] not in folded(said[:200]):
            said = f"{subject}\n{said}".strip()
        return cut(said, QUOTE_LIMIT) or Reason(path, "is missing or empty: it is what the customer said")

    def _product(self, tags: Sequence[str], products: Sequence[Product]) -> str:
        """Return the product that is named, by the field or else a tag; the source's where none is."""
        known = {folded(name): each.key for each in products for name in (each.name, each.key)}
        named = self._text(Field.PRODUCT)
        if named and folded(named) not in known:
            self._leave_out(Field.PRODUCT, "names no product of ours")
        candidates = (known.get(folded(each)) for each in (named or "", *tags))
        return next((key for key in candidates if key), self._source.product)

    def _tags(self) -> tuple[str, ...]:
        """Return the tags: of a list, or of one text, parted by commas or, as Zendesk's are, by spaces."""
        for path in self._paths.get(Field.TAGS, ()):
            found = [each for each in values_at(self._payload, path) if not isinstance(each, dict | list)]
            if len(found) == 1 and isinstance(found[0], str):
                found = re.split(r"\s*,\s*" if "," in found[0] else r"\s+", found[0][:2_000])
            tags = (cut(one_line(str(each)), _TAG) for each in found)
            if kept := tuple(dict.fromkeys(filter(None, tags))):
                return kept[:_TAGS]
        return ()

    def _score(self, told: Any) -> int | None:
        shape = self._shape
        scale = self._source.scale or (shape.scale if shape else HUNDRED)
        return satisfaction(told, scale, faces=shape is not None and shape.faces)

    def _short(self, name: Field) -> str | None:
        return cut(self._text(name) or "", _SHORT) or None

    def _text(self, name: Field) -> str | None:
        _, found = self._first(name)
        return (one_line(str(found)) or None) if found is not None else None

    def _understood(self, name: Field, read_value: Callable[[Any], T | None]) -> T | None:
        path, found = self._first(name)
        value = None if found is None else read_value(found)
        if found is not None and value is None:
            self._left_out.append(Reason(path, f"is no {name} that can be understood"))
        return value

    def _leave_out(self, name: Field, why: str) -> None:
        path, _ = self._first(name)
        self._left_out.append(Reason(path, why))

    def _first(self, name: Field) -> tuple[str, Any]:
        """Return the first of a field's places that holds something, and what is there."""
        paths = self._paths.get(name, ())
        for path in paths:
            found = self._filled(path) if "{" in path else _scalar(values_at(self._payload, path))
            if found is not None:
                return path, found
        return (paths[0] if paths else str(name)), None

    def _filled(self, text: str) -> str | None:
        """Return a text with what is at the paths in its braces; None where something is not there."""
        found = {path: _scalar(values_at(self._payload, path)) for path in paths_in(text)}
        return None if None in found.values() else filled(text, found)


def _scalar(values: list[Any]) -> Any:
    """Return the first value that is a text that says something, or a number."""
    for value in values:
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
    return None
