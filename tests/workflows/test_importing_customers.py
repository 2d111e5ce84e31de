"""Files of customers taken over into the directory and written out of it, on SQLite and PostgreSQL."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.config import Admins, Config
from domain.customer import Profile, folded
from domain.customer_cells import tidy
from domain.customer_columns import read_header
from domain.customer_config import CustomerRules
from domain.customer_faults import Why
from domain.customer_lines import BadLine, LineReader
from domain.customer_tally import Done, Tally
from gateways.customer_files import open_file
from gateways.jira import Jira
from gateways.slack import Slack
from storage import audit, customers
from storage.audit import About, Deed
from storage.database import Database
from workflows import exporting_customers, importing_customers
from workflows.context import Context

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RULES = CustomerRules(tiers=("enterprise",), currency="EUR")


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    """Yield a context whose gateways reach nobody."""
    slack = Slack(bot_token="xoxb-none", api_url="http://127.0.0.1:9/")
    with closing(Jira(url="http://127.0.0.1:9", pat="none")) as jira:
        yield Context(Config(Admins("C0ADMINS"), (), customers=RULES), database, slack, jira, lambda: NOW)


class Taken:
    """What came of taking a file over."""

    def __init__(self, ctx: Context, path: Path, *, dry: bool = False) -> None:
        self.refused: list[BadLine] = []
        file = open_file(path)
        reader = LineReader(read_header(file.header, {}), RULES)
        self.tally: Tally = importing_customers.take_over(
            ctx, file, reader, dry=dry, refused=self.refused.append, progress=lambda *_: None
        )

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines ended how."""
        return {done.value: count for done, count in self.tally.done.items()}

    @property
    def reasons(self) -> list[tuple[int, Why]]:
        """Return which lines are bad, and why."""
        return [(line.number, line.problems[0].why) for line in self.refused]


def taken(ctx: Context, path: Path, text: str, *, dry: bool = False) -> Taken:
    """Take a file with this text over."""
    path.write_text(text, encoding="utf-8")
    return Taken(ctx, path, dry=dry)


def everybody(ctx: Context) -> list[Profile]:
    """Return the whole directory."""
    with ctx.database.reading() as tx:
        return customers.page(tx, "")


FILE = """Account ID,Account Name,Tier,ARR,Segment
A1,Acme,enterprise,"€ 240.000,00",retail
A2,Ohm,gold,lots,
A3,Lumen,,,bank
A1,Acme again,,,
,Solo,,,
"""


@pytest.mark.parametrize("dry", [True, False])
def test_good_lines_are_taken_over_and_bad_ones_named(ctx: Context, tmp_path: Path, dry: bool) -> None:
    """A dry run says the very same and keeps nothing; done again, nothing changes."""
    first = taken(ctx, tmp_path / "c.csv", FILE, dry=dry)
    assert first.counts == {"added": 3}
    assert first.reasons == [(3, Why.NO_AMOUNT), (5, Why.REPEATED)]
    assert first.refused[1].problems[0].other == 2
    if dry:
        assert everybody(ctx) == []
        return
    acme, lumen, solo = everybody(ctx)
    assert (acme.key, acme.tier, acme.value, acme.fields) == (
        "A1",
        "enterprise",
        240_000,
        {"Segment": "retail"},
    )
    assert (lumen.name, solo.key) == ("Lumen", "named:solo")
    assert taken(ctx, tmp_path / "c.csv", FILE).counts == {"unchanged": 3}
    with ctx.database.reading() as tx:
        assert [each.deed for each in audit.of(tx, About.CUSTOMER, acme.id)] == [Deed.ADDED]


def test_an_import_changes_what_its_columns_hold_alone(ctx: Context, tmp_path: Path) -> None:
    """What a file has no column for stays; an empty cell means that nobody says it any more."""
    path = tmp_path / "c.csv"
    taken(ctx, path, "Key,Name,Tier,Region,Segment,Seats\nA1,Acme,enterprise,EMEA,retail,5\n")
    assert taken(ctx, path, "Key,Tier,Segment\nA1,,bank\n").counts == {"changed": 1}
    (acme,) = everybody(ctx)
    assert (acme.name, acme.tier, acme.region) == ("Acme", None, "EMEA")
    assert acme.fields == {"Segment": "bank", "Seats": "5"}
    with ctx.database.reading() as tx:
        changed = audit.of(tx, About.CUSTOMER, acme.id)[-1]
    assert (changed.deed, changed.who) == (Deed.CHANGED, None)
    assert changed.details == {"by": "import", "fields": ["tier", "Segment"]}
    assert taken(ctx, path, "Key,Tier\nB7,\n").reasons == [(2, Why.NEW_WITHOUT_NAME)]


def test_who_was_only_named_gets_the_key_of_the_file(ctx: Context, tmp_path: Path) -> None:
    """A customer that reps named before the import is the one in the file, once, with its id."""
    with ctx.database.transaction() as tx:
        (acme,) = customers.keep(tx, ["ACME"])
    text = "Key,Name\nA1,Acme\nA2,Acme\n"
    assert taken(ctx, tmp_path / "c.csv", text, dry=True).counts == {"changed": 1, "added": 1}
    assert taken(ctx, tmp_path / "c.csv", text).counts == {"changed": 1, "added": 1}
    with ctx.database.reading() as tx:
        found = customers.with_key(tx, "A1")
    assert found is not None
    assert (found.id, found.name) == (acme.id, "Acme")
    assert taken(ctx, tmp_path / "c.csv", "Name,Tier\nacmé,enterprise\n").reasons == [(2, Why.SEVERAL)]


def test_files_without_keys_go_by_names(ctx: Context, tmp_path: Path) -> None:
    """Case and accents do not matter; the same name twice in a file is said."""
    path = tmp_path / "c.csv"
    assert taken(ctx, path, "Nombre;Región\nAcmé;EMEA\nacme;APAC\n").reasons == [(3, Why.REPEATED)]
    assert taken(ctx, path, "客戶名稱,地區\nACME,APAC\n").counts == {"changed": 1}
    assert [(each.name, each.region) for each in everybody(ctx)] == [("ACME", "APAC")]


def test_addresses_need_slack(ctx: Context, tmp_path: Path) -> None:
    """Tiers that bugle.toml does not name are counted, and taken over all the same."""
    told = taken(ctx, tmp_path / "c.csv", "Name,Tier\nA,Gold\nB,Gold\nC,ENTERPRISE\n")
    assert told.tally.other_tiers == {"Gold": 2}
    assert told.tally.done[Done.ADDED] == 3


_words = st.text(alphabet=st.characters(codec="utf-8"), max_size=12).map(tidy)
_profiles = st.builds(
    Profile,
    key=st.just(""),
    name=_words.filter(lambda name: bool(folded(name)) and not name.startswith("'")),
    tier=st.none() | _words.filter(lambda text: text.casefold() not in ("", "-", "–", "—", "null")),
    value=st.none() | st.integers(0, 10**15),
    renewal=st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    zone=st.sampled_from([None, "Europe/Madrid"]),
    fields=st.dictionaries(_words.filter(bool), _words.filter(bool), max_size=3),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_profiles, min_size=1, max_size=4))
def test_what_is_exported_changes_nothing_when_it_comes_back(
    ctx: Context, tmp_path: Path, profiles: list[Profile]
) -> None:
    """Whatever names, fields and marks a directory holds, and no spreadsheet would run a cell of it."""
    with ctx.database.transaction() as tx:
        for number, each in enumerate(profiles):
            customers.keep_profile(tx, replace(each, key=f"K{number}"), NOW)
    path = tmp_path / "out.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        rows = list(exporting_customers.rows(ctx))
        csv.writer(out).writerows(rows)
    assert not any(
        cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for row in rows for cell in row
    )
    before = everybody(ctx)
    again = Taken(ctx, path)
    assert (again.counts, again.reasons) == ({"unchanged": len(before)}, [])
    assert everybody(ctx) == before
