"""How well and how fast likely duplicates are found.

Run by `python -m benchmarks.duplicates`, and by `make bench`. How well: on 2,321 reports of a public bug
tracker whose duplicates are known, where they are present; each is asked against all others. How fast: from a
text to its likely duplicates among many whose words are as frequent as in real texts.
"""

import csv
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import accumulate, islice
from math import log
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from uuid import uuid4

from sqlalchemy import text

from benchmarks.saying import say
from domain.happened import Happened
from domain.likeness import Terms, terms_of
from domain.report import Draft, Impact, Workaround
from domain.terms import terms
from storage import reports, similar
from storage.database import Database
from tests.databases import PostgresServer, SqliteFiles
from workflows.duplicates import remember

LABELLED = Path(__file__).parents[2] / "shared" / "data" / "duplicates" / "openoffice.tsv"
SIZES = (10_000, 100_000)
QUESTIONS = 300
RECALL, FALSE_HITS = 0.62, 0.15
P50, P99, ADDING = 20.0, 100.0, 0.5  # milliseconds
LOADED_AT_ONCE = 1_000  # documents in a transaction, for nobody waits here


def main() -> int:
    """Measure and print everything."""
    return 0 if all(figures()) else 1


def figures() -> list[bool]:
    """Measure and print everything; return which promises were kept."""
    kept = [*recall()]
    texts = Texts()
    for name, opened in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with opened() as database:
            kept += speed(name, database, texts)
    return kept


@contextmanager
def sqlite() -> Iterator[Database]:
    """Yield a fresh SQLite database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteFiles(Path(folder)).fresh() as url,
        closing(Database(url)) as database,
    ):
        yield database


@contextmanager
def postgresql() -> Iterator[Database]:
    """Yield a fresh database of a PostgreSQL server of its own."""
    server = PostgresServer()
    try:
        with server.fresh() as url, closing(Database(url)) as database:
            yield database
    finally:
        server.stop()


def recall() -> Iterator[bool]:
    """Ask each labelled report against all others."""
    if not LABELLED.exists():
        sys.stdout.write("----  recall of duplicates: not measured, the labelled reports are not here\n")
        return
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    group = {row["report_id"]: row["group_id"] for row in rows}
    found = told = false = 0
    with sqlite() as database:
        load(database, {row["report_id"]: terms_of(row["description"] or "", row["title"]) for row in rows})
        for row in rows:
            asked = terms_of(f"{row['title']}\n{row['description'] or ''}")
            with database.reading() as tx:
                alike = similar.search(tx, "shop", asked, similar.CANDIDATES).alike
            others = [one for one in alike if one.issue != row["report_id"]]
            mine = [one for one in others[:5] if group[one.issue or ""] == row["group_id"]]
            strangers = [one for one in others if group[one.issue or ""] != row["group_id"]]
            found += bool(mine)
            told += any(one.likeness >= 1 for one in mine)
            false += any(one.likeness >= 1 for one in strangers)
    number = len(rows)
    yield say(
        "duplicates, one of the group among the first five",
        f"{found / number:.3f} of {number}",
        f"at least {RECALL}",
        found >= RECALL * number,
    )
    yield say(
        "duplicates, shown something without having one",
        f"{false / number:.3f}, and shown a true one {told / number:.3f}",
        f"at most {FALSE_HITS}",
        false <= FALSE_HITS * number,
    )


def speed(name: str, database: Database, texts: "Texts") -> Iterator[bool]:
    """Time questions and additions at each size, in one database that grows."""
    for start, size in zip((0, *SIZES), SIZES, strict=False):
        load(database, {f"{number}": terms_of(texts.make()) for number in range(start, size)})
        asked = [texts.make() for _ in range(QUESTIONS)]
        p50, p99 = percentiles([ask(database, each) for each in asked])
        yield say(
            f"likely duplicates, {name}, among {size:,}",
            f"{p50:.1f} ms p50, {p99:.1f} ms p99",
            f"under {P50:.0f} and {P99:.0f} ms",
            p50 < P50 and p99 < P99,
        )
        p50, p99 = percentiles([add(database, each) for each in asked])
        yield say(
            f"what it adds to a filing, {name}, among {size:,}",
            f"{p50:.2f} ms p50, {p99:.2f} ms p99",
            f"p50 under {ADDING} ms",
            p50 < ADDING,
        )


def load(database: Database, said: Mapping[str, Terms]) -> None:
    """Bring many documents into the index, as a database that has long been in use has them."""
    for some in batched(said.items(), LOADED_AT_ONCE):
        with database.transaction() as tx:
            if not database.is_sqlite:  # which ends transactions that make a replica's others wait
                tx.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            similar.keep_issues(tx, "shop", dict(some))
            similar.settle(tx, LOADED_AT_ONCE)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as it does by itself sooner or later


def batched(items: Iterable[tuple[str, Terms]], size: int) -> Iterator[list[tuple[str, Terms]]]:
    """Yield the items in lists of this size, and a shorter last one."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def ask(database: Database, asked: str) -> float:
    """Return the milliseconds from a text to what is likely the same."""
    began = perf_counter()
    with database.reading() as tx:
        similar.search(tx, "shop", terms_of(asked), 10)
    return (perf_counter() - began) * 1_000


def add(database: Database, said: str) -> float:
    """Return the milliseconds that remembering a report, asked about just now, takes in its filing."""
    happened = Happened("Open the page", "It works", said)
    draft = Draft(
        nonce=uuid4().hex,
        reporter="U0REP",
        reporter_name="Rosa",
        product="shop",
        area=None,
        impact=Impact.BLOCKED,
        workaround=Workaround.NONE,
        happened=happened,
        language="en",
    )
    with database.transaction() as tx:
        now = datetime.now(UTC)
        report = reports.add(tx, draft, severity="high", reasons={}, customers=0, on_duty=None, now=now)
        assert report is not None
        began = perf_counter()
        remember(tx, report)
        return (perf_counter() - began) * 1_000


def percentiles(milliseconds: list[float]) -> tuple[float, float]:
    """Return the 50th and the 99th percentile without the first ten, which warm up."""
    cuts = quantiles(milliseconds[10:], n=100)
    return cuts[49], cuts[98]


class Texts:
    """Makes texts of 15 to 400 words, half of them longer than 75, the same ones in each run."""

    def __init__(self) -> None:
        self._random = Random(5)  # noqa: S311 - the same texts each time is what is wanted
        self._words = list(_vocabulary(100_000))
        # Mandelbrot's form of Zipf's law.
        self._cumulated = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(self._words))))

    def make(self) -> str:
        """Return the next text."""
        length = max(15, min(400, int(self._random.lognormvariate(log(75), 0.6))))
        return " ".join(self._random.choices(self._words, cum_weights=self._cumulated, k=length))


def _vocabulary(number: int) -> Iterator[str]:
    """Yield so many different words that are terms as they are."""
    syllables = [first + second for first in "bcdfglmnprt" for second in "aou"]
    made = (
        first + second + third + "k" for first in syllables for second in syllables for third in syllables
    )
    longer = (word + first for word in made for first in ("ab", "um", "ock"))
    return islice((word for word in longer if terms(word) == [word]), number)


if __name__ == "__main__":
    sys.exit(main())
