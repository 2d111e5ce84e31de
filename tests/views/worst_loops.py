"""The worst that the list of customers to be told is given."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.loop_list import LoopRow
from tests.views.worst import IDS, MOMENT, TEXTS, values
from views.loop_list import ROWS, Listed, Looked

Arguments = list[dict[str, Any]]


def _lists(language: str) -> Arguments:
    pages = ((MOMENT.isoformat(), IDS["customer_issue"]),) * 20
    looked = Looked(language, "all", "shop", IDS["customer_issue"], IDS["report"], pages)
    rows = values(LoopRow, "row", language)
    tens = [tuple(rows[at : at + ROWS]) for at in range(0, len(rows), ROWS)]
    return [
        {"looked": one, "listed": each, "language": language}
        for text, ten in zip(TEXTS * len(tens), tens, strict=False)
        for one, each in (
            (looked, Listed(ten, 12_345, MOMENT, True, _products(text), text[:140], "EUR")),
            (replace(looked, pages=()), Listed((), 0, None, False, _products(text)[:1])),
        )
    ]


def _products(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"p{number}", f"{number} {text}"[:200]) for number in range(120))


def _customers(language: str) -> Arguments:
    found = [(f"{number:026}", (text or "a")[:140]) for number, text in enumerate(TEXTS * 12)]
    return [{"found": found, "language": language}]


LOOPS: Mapping[str, Callable[[str], Arguments]] = {
    "views.loop_list.list_view": _lists,
    "views.loop_list.customer_options": _customers,
}
