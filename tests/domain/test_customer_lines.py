"""Files of customers: what their columns hold, and what each line says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.customer_cells import tidy
from domain.customer_columns import Columns, HeaderError, header_for_free, read_header
from domain.customer_config import CustomerRules
from domain.customer_faults import Why
from domain.customer_headers import HEADERS, Field
from domain.customer_lines import BadLine, Line, LineReader
from domain.formulas import defused

RULES = CustomerRules(tiers=("Enterprise", "Starter"), currency="EUR")


def columns(*header: str, **told: str) -> Columns:
    """Return what the columns of a header hold."""
    return read_header(header, told)


@pytest.mark.parametrize(
    "header",
    [
        ("Account ID", "Account Name", "ARR (EUR)", "CSM", "Renewal Date", "Region", "Time Zone"),
        (
            "ID de cliente",
            "Nombre",
            "Valor anual",
            "Responsable",
            "Fecha de renovación",
            "Región",
            "Zona horaria",
        ),
        ("客戶編號", "客戶名稱", "年度價值", "負責人", "續約日", "地區", "時區"),
        ("key", "name", "value", "owner", "renewal", "region", "zone"),
        ("ACCOUNT_ID", "account-name", "Arr:", "account.owner", "renewal_date", "sales region", "TZ"),
    ],
)
def test_columns_are_found_by_their_headers(header: tuple[str, ...]) -> None:
    """In three languages, as CRMs write them, in any order."""
    wanted = [Field.KEY, Field.NAME, Field.VALUE, Field.OWNER, Field.RENEWAL, Field.REGION, Field.ZONE]
    assert columns(*header).fields == {field: place for place, field in enumerate(wanted)}
    turned = columns(*reversed(header)).fields
    assert turned == {field: len(header) - 1 - place for place, field in enumerate(wanted)}


def test_every_header_means_one_field() -> None:
    """No name of a column stands for two fields."""
    every = [header for headers in HEADERS.values() for header in headers.split("|")]
    assert len(every) == len(set(every))


def test_what_is_not_known_is_a_free_field() -> None:
    """The better header wins, the other is free; one can be told otherwise; nameless columns are ignored."""
    found = columns(
        "Name", "Account Owner", "Owner Email", "Segment", "", "Notes", "field:Tier", Notes="ignore"
    )
    assert found.fields == {Field.NAME: 0, Field.OWNER: 2}
    assert found.free == {"Account Owner": 1, "Segment": 3, "Tier": 6}
    assert found.ignored == (4, 5)
    assert columns("Name", "Foo", foo="key").fields == {Field.NAME: 0, Field.KEY: 1}
    assert columns("Name", "Tier", Tier="free").free == {"Tier": 1}


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (("Tier", "Region"), {}),
        (("Name", "Seg", "Seg"), {}),
        (("Name",), {"Foo": "tier"}),
        (("Name", "Foo"), {"Foo": "colour"}),
        (("Name", "A", "B"), {"A": "tier", "B": "tier"}),
    ],
)
def test_a_header_that_does_not_tell_is_refused(header: tuple[str, ...], told: dict[str, str]) -> None:
    """Without a name or key, with two alike, or told what is not there."""
    with pytest.raises(HeaderError):
        read_header(header, told)


def test_a_line_says_what_its_cells_say() -> None:
    """Values are what they mean, an empty cell that nobody says it any more; tiers as in bugle.toml."""
    reader = LineReader(columns("Key", "Name", "Tier", "ARR", "Renewal", "Owner", "Segment", "Zone"), RULES)
    assert reader.read(
        2, ["A1", " Acme  Ltd ", "enterprise", "1.2M", "2026-09-30", "", "retail", "-"]
    ) == Line(
        2,
        "A1",
        "Acme Ltd",
        {"tier": "Enterprise", "value": 1_200_000, "renewal": date(2026, 9, 30), "owner": None, "zone": None},
        {"Segment": "retail"},
    )
    assert reader.read(3, [" "] * 8) is None


def test_a_bad_line_says_all_that_is_wrong() -> None:
    """Not just the first of its faults."""
    reader = LineReader(columns("Key", "Name", "ARR", "Zone"), RULES)
    bad = reader.read(9, ["A1", "Acme", "a lot", "Mars"])
    assert isinstance(bad, BadLine)
    assert [(each.why, each.column) for each in bad.problems] == [
        (Why.NO_AMOUNT, "ARR"),
        (Why.NO_ZONE, "Zone"),
    ]
    short = reader.read(10, ["A1", "Acme"])
    assert isinstance(short, BadLine)
    assert short.problems[0].why is Why.CELLS


@given(st.text(alphabet="'=+-@\t＝ab ", max_size=8))
def test_no_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    """What is written begins with nothing a spreadsheet runs, and is read as it was."""
    meant = " ".join(text.split())
    written = defused(meant)
    assert not written.startswith(("=", "+", "-", "@", "\t", "＝"))
    reader = LineReader(columns("Name", "Note"), RULES)
    line = reader.read(1, ["x", written])
    assert isinstance(line, Line)
    assert (line.free["Note"] or "") == meant


@given(st.text(max_size=20))
def test_a_free_field_keeps_its_name(name: str) -> None:
    """Whatever a free field is called, its column is read as that field."""
    name = tidy(name)
    if name:
        assert columns("Name", header_for_free(name)).free == {name: 1}


@given(st.lists(st.text(max_size=12), max_size=6), st.lists(st.text(max_size=12), max_size=8))
def test_any_cells_are_a_line_or_a_named_bad_one(header: list[str], row: list[str]) -> None:
    """Whatever stands in a file, each line is read, empty, or bad for a reason."""
    others = [f"x{number} {each}" for number, each in enumerate(header)]
    reader = LineReader(columns("Name", "Key", "ARR", "Renewal", "CRM", "Zone", *others), RULES)
    read = reader.read(7, row)
    assert read is None or read.number == 7
    assert not isinstance(read, BadLine) or read.problems
