"""How soon the form's searched menus answer, with 10,000 areas and 200,000 customers, on both databases."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from benchmarks.saying import say
from domain.customer import folded
from storage import areas, customers, tables
from storage.database import Database
from tests.databases import PostgresServer, SqliteFiles

AREAS, CUSTOMERS = 10_000, 200_000
LIMIT = 100.0  # milliseconds for the first answer
_BATCH = 5_000
_SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in "aeiou"]


def figures() -> list[bool]:
    """Print what is measured on each database; return whether each promise was kept."""
    kept: list[bool] = []
    with tempfile.TemporaryDirectory() as folder, SqliteFiles(Path(folder)).fresh() as url:
        kept += _measured("SQLite", url)
    server = PostgresServer()
    try:
        with server.fresh() as url:
            kept += _measured("PostgreSQL", url)
    finally:
        server.stop()
    return kept


def _measured(name: str, url: str) -> Iterator[bool]:
    with closing(Database(url)) as database:
        known = _fill(database)
        typed = [
            "",
            known[7][:3].lower(),
            known[9].split()[1][:4].lower(),
            known[11].lower(),
            "nobody at all",
        ]

        def ask_customers(text: str) -> None:
            with database.reading() as tx:
                customers.matching(tx, text)
                customers.named(tx, text)

        def ask_areas(text: str) -> None:
            with database.reading() as tx:
                areas.matching(tx, "SHOP", text)

        for what, ask in ((f"{CUSTOMERS:,} customers", ask_customers), (f"{AREAS:,} areas", ask_areas)):
            first, later = _times(ask, typed)
            worst = max(later)
            said = f"first {first:.1f} ms, then p50 {statistics.median(later):.1f}, worst {worst:.1f} ms"
            yield say(f"menu of {what}, {name}", said, f"under {LIMIT:.0f} ms", max(first, worst) < LIMIT)


def _times(ask: Callable[[str], None], typed: list[str]) -> tuple[float, list[float]]:
    took = []
    for text in [*typed, *(typed * 10)]:
        begun = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - begun) * 1000)
    return took[0], took[1:]


def _fill(database: Database) -> list[str]:
    """Add the areas and customers; return the customers' names."""
    chance = Random(1)  # noqa: S311 - not for secrets

    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()

    known = [f"{word()} {word()} {number}" for number in range(CUSTOMERS)]
    rows = [
        {"id": f"C{number:025}", "key": f"named:{number}", "name": name, "folded": folded(name)}
        for number, name in enumerate(known)
    ]
    for start in range(0, len(rows), _BATCH):
        with database.transaction() as tx:
            tx.execute(tables.customers.insert(), rows[start : start + _BATCH])
    with database.transaction() as tx:
        areas.replace(tx, "SHOP", {str(number): f"{word()} {number}" for number in range(AREAS)})
    return known
