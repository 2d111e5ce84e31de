"""Importing 200,000 customers, and searching them as somebody types, on both databases, beside a floor.

The floor of the import reads the same file with csv and inserts its cells as they are, many rows at once;
that of the search is one LIKE over the table.
"""

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

import psutil
from sqlalchemy import insert, select
from sqlalchemy import text as sql

from benchmarks.saying import say
from domain.config import Admins, Config
from domain.customer_columns import read_header
from domain.customer_config import CustomerRules
from domain.customer_lines import LineReader
from domain.customer_tally import Done
from gateways.customer_files import open_file
from gateways.jira import Jira
from gateways.slack import Slack
from storage import customers, tables
from storage.database import Database
from tests.databases import PostgresServer, SqliteFiles
from workflows import importing_customers
from workflows.context import Context

LINES, FEW = 200_000, 20_000
SECONDS, GROWTH, ANSWER = 30.0, 15.0, 50.0  # MB that ten times the lines may add; milliseconds at p99
_SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in "aeiou"]
Fresh = Callable[[], AbstractContextManager[str]]
_HEADER = "Account ID;Account Name;Tier;ARR;Region;Time Zone;Language;Renewal Date;CSM;CRM URL;Segment"


def figures() -> list[bool]:
    """Print what is measured on each database; return whether each promise was kept."""
    kept: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        many, few = (_written(Path(folder), lines) for lines in (LINES, FEW))
        kept += _measured("SQLite", many, few, SqliteFiles(Path(folder)).fresh)
        server = PostgresServer()
        try:
            kept += _measured("PostgreSQL", many, few, server.fresh)
        finally:
            server.stop()
    return kept


def _measured(name: str, many: Path, few: Path, fresh: Fresh) -> Iterator[bool]:
    with fresh() as url:
        _, small = _imported(few, url)
    with fresh() as url:
        least = _floor(many, url)
    with fresh() as url:
        yield from _compared(name, url, _imported(many, url), small, least)


def _compared(
    name: str, url: str, imported: tuple[float, float], small: float, least: float
) -> Iterator[bool]:
    took, large = imported
    said = f"{took:.1f} s, floor {least:.1f} s: {took / least:.1f}x"
    yield say(f"import of {LINES:,} customers, {name}", said, f"under {SECONDS:.0f} s", took < SECONDS)
    said = f"{large:.0f} MB at most, {small:.0f} MB with {FEW:,}"
    limit = f"at most {GROWTH:.0f} MB more"
    yield say(f"memory of the import, {name}", said, limit, large - small <= GROWTH)
    with closing(Database(url)) as database:
        ours = _times(database, _ask)
        plain = _times(database, _ask_plainly)
    p50, p99 = statistics.median(ours), statistics.quantiles(ours, n=100)[98]
    floor_p99 = statistics.quantiles(plain, n=100)[98]
    said = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, floor's p99 {floor_p99:.1f} ms"
    yield say(f"search of {LINES:,} customers, {name}", said, f"p99 under {ANSWER:.0f} ms", p99 < ANSWER)


def _imported(file: Path, url: str) -> tuple[float, float]:
    """Import a file in a process of its own; return how many seconds it took, and its peak memory in MB."""
    run = [sys.executable, "-m", "benchmarks.customers", str(file), url]
    said = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603
    return float(said[0]), float(said[1])


def _import(file: Path, url: str) -> None:
    peak = 0
    this = psutil.Process()
    config = Config(Admins("C0ADMINS"), (), customers=CustomerRules(currency="EUR"))
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")  # noqa: S106 - of nobody
    jira = Jira(url="http://127.0.0.1:9", pat="none")

    def look(*_: object) -> None:
        nonlocal peak
        peak = max(peak, this.memory_info().rss)

    with closing(jira), closing(Database(url)) as database:
        ctx = Context(config, database, slack, jira, lambda: datetime.now(UTC))
        begun = time.monotonic()
        found = open_file(file)
        reader = LineReader(read_header(found.header, {}), config.customers)
        tally = importing_customers.take_over(
            ctx, found, reader, dry=False, refused=lambda _: None, progress=look
        )
        assert tally.lines == tally.done[Done.ADDED], tally
        sys.stdout.write(f"{time.monotonic() - begun} {peak / 2**20}\n")


def _floor(file: Path, url: str) -> float:
    begun = time.monotonic()
    with closing(Database(url)) as database, file.open(newline="", encoding="utf-8") as out:
        rows = csv.reader(out, delimiter=";")
        next(rows)
        while some := list(islice(rows, importing_customers.BATCH)):
            new = [
                {
                    "id": row[0],
                    "key": row[0],
                    "name": row[1],
                    "folded": row[1],
                    "tier": row[2],
                    "region": row[4],
                }
                for row in some
            ]
            with database.transaction() as tx:
                tx.execute(insert(tables.customers), new)
    return time.monotonic() - begun


def _times(database: Database, ask: Callable[[Database, str], object]) -> list[float]:
    """Return how many milliseconds each answer took, as somebody types a name, or the middle of one."""
    with database.reading() as tx:
        names = [each.name for each in customers.matching(tx, "", 40)]
    typed = [name[:length].lower() for name in names[:20] for length in range(1, 9)]
    typed += [name.split()[1][:length] for name in names[20:] for length in range(2, 6)]
    typed += ["nobody at all", "台積電", "élan", "100%", "n_r"] * 4
    for text in typed[:10]:
        ask(database, text)
    took = []
    for text in typed:
        begun = time.perf_counter()
        ask(database, text)
        took.append((time.perf_counter() - begun) * 1000)
    return took


def _ask(database: Database, text: str) -> None:
    with database.reading() as tx:
        customers.matching(tx, text)


def _ask_plainly(database: Database, text: str) -> None:
    name = tables.customers.c.name
    with database.reading() as tx:
        tx.execute(
            select(tables.customers.c.id, name).where(name.ilike(sql(":held"))).limit(100),
            {"held": f"%{text}%"},
        ).all()


def _written(folder: Path, lines: int) -> Path:
    """Write a file of customers as a CRM would."""
    chance = Random(1)  # noqa: S311 - not for secrets

    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()

    path = folder / f"{lines}.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write(f"{_HEADER}\n")
        for number in range(lines):
            tier, region = (
                chance.choice(("enterprise", "business", "starter")),
                chance.choice(("EMEA", "APAC")),
            )
            worth, owner = f"€ {chance.randint(1000, 900_000):,}", f"U0{chance.randint(100, 400)}AB"
            renewal = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            segment = chance.choice(("retail", "bank"))
            out.write(
                f"A{number:07};{word()} {word()} {number};{tier};{worth};{region};Europe/Madrid;es;{renewal};"
                f"{owner};https://crm.example/{number};{segment}\n"
            )
    return path


if __name__ == "__main__":
    _import(Path(sys.argv[1]), sys.argv[2])
